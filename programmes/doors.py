"""Where the signed-in home leads those who take part in collaboratives."""

from collections.abc import Iterable

from django.urls import reverse_lazy

from portal.access import Access
from portal.doorway import Door, opens
from portal.models import User
from programmes.models import Enrolment
from programmes.models.collaborative import BUDDY_ROLES

GROUP = "Improvement"
COLLABORATIVES = Door("Collaboratives", reverse_lazy("programmes:collaborative_list"), GROUP)


@opens
def collaborative_doors(user: User, access: Access) -> Iterable[Door]:
    """One query for a trust's people, none for others."""
    if access.roles.intersection(BUDDY_ROLES) or (access.trust_ids and Enrolment.objects.of_trusts_of(user).exists()):
        yield COLLABORATIVES
