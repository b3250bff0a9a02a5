"""What waits about placements: offers accepted and not placed, and reviews that are due."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.access import access_of
from portal.models import User
from portal.worklist import Entry, waits
from talent.models import Placement, PlacementReview
from talent.placing import waiting_for_a_placement

GROUP = "Placements"
NOTICE = dt.timedelta(days=14)


@waits
def accepted_offers(user: User, at: dt.datetime) -> Iterator[Entry]:
    if access_of(user).is_talent_staff and (number := waiting_for_a_placement(user).count()):
        yield Entry("Accepted offers without a placement", reverse("talent:placement_list"), GROUP, count=number)


@waits
def reviews_due(user: User, at: dt.datetime) -> Iterator[Entry]:
    """One query: for staff in their scope, for a host trust's people at their trust, for a mentor their own."""
    access = access_of(user)
    placements = Placement.objects.visible_to(user).filter(outcome="").exclude(application__person__user=user)
    if not access.is_talent_staff:
        placements = placements.filter(Q(host__in=access.trust_ids) | Q(mentor_as__in=access.membership_ids))
    due = PlacementReview.objects.filter(
        placement__in=placements, held_on=None, due_on__lte=timezone.localdate(at) + NOTICE
    )
    for review in due.select_related("placement__application__person", "placement__host")[:20]:
        title = f"Review the placement of {review.placement.application.person.full_name}"
        url = reverse("talent:placement_review", args=[review.pk])
        yield Entry(title, url, GROUP, detail=str(review.placement.host), due_on=review.due_on)
