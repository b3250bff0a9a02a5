"""What waits for a member of a pool: saying again, in time, that they want to be found."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from portal import worklist
from portal.models import User
from talent.models import PoolMembership

# A member is told this long before consent ends, so that nobody drops out unawares.
TOLD_BEFORE = dt.timedelta(days=60)


@worklist.waits
def consents_ending(user: User, at: dt.datetime) -> Iterable[worklist.Entry]:
    today = timezone.localdate(at)
    ending = PoolMembership.objects.in_force(today).filter(person__user=user, expires_on__lte=today + TOLD_BEFORE)
    for membership in ending.select_related("pool"):
        yield worklist.Entry(
            title=f"Say whether you want to stay in {membership.pool.name}",
            url=reverse("talent:pool_join", args=[membership.pool.slug]),
            group="Your talent pools",
            detail="Your agreement to be found ends on this day.",
            due_on=membership.expires_on,
        )
