"""Where the signed-in home leads those who take part in collaboratives and events."""

from collections.abc import Iterable

from django.urls import reverse_lazy

from portal.access import Access, may_use_cms
from portal.doorway import Door, opens
from portal.models import User
from programmes.event_access import may_plan_events
from programmes.models import Enrolment
from programmes.models.collaborative import BUDDY_ROLES

GROUP, EVENTS = "Improvement", "Events"
COLLABORATIVES = Door("Collaboratives", reverse_lazy("programmes:collaborative_list"), GROUP)


@opens
def collaborative_doors(user: User, access: Access) -> Iterable[Door]:
    """One query for a trust's people, none for others."""
    if access.roles.intersection(BUDDY_ROLES) or (access.trust_ids and Enrolment.objects.of_trusts_of(user).exists()):
        yield COLLABORATIVES


BOOKINGS = Door("Your bookings", reverse_lazy("programmes:booking_list"), EVENTS)
COMING = Door("Events and masterclasses", reverse_lazy("programmes:event_list"), EVENTS)
NETWORKS = Door("Learning networks", reverse_lazy("programmes:learning_list"), EVENTS)
RUN = Door("Events you run", reverse_lazy("programmes:event_team_list"), GROUP)


@opens
def event_doors(user: User, access: Access) -> Iterable[Door]:
    """Everybody with an account may book; no query."""
    yield COMING
    yield BOOKINGS
    if access.trust_ids or access.roles.intersection(BUDDY_ROLES):
        yield NETWORKS
    if may_plan_events(user):
        yield RUN


HUB = Door("Share on the Improvement Hub", reverse_lazy("programmes:submission_list"), GROUP)


@opens
def hub_doors(user: User, access: Access) -> Iterable[Door]:
    if access.trust_ids or may_use_cms(user):
        yield HUB
