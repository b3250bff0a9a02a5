"""What waits for a member of a pool: saying again, in time, that they want to be found."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from portal import worklist
from portal.access import access_of
from portal.models import User
from talent import readiness
from talent.models import CuratedPool, PoolCandidate, PoolMembership
from talent.pooling import TOLD_BEFORE

POOL_TOLD_BEFORE = dt.timedelta(days=30)


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


@worklist.waits
def readiness_ending(user: User, at: dt.datetime) -> Iterable[worklist.Entry]:
    for person in readiness.ending(timezone.localdate(at)).filter(user=user):
        yield worklist.Entry(
            title="Say whether you are still ready when you said",
            url=reverse("talent:profile_edit"),
            group="Your talent pools",
            detail=f"Your profile says “{person.get_readiness_display()}” until this day.",
            due_on=readiness.ends_on(person),
        )


@worklist.waits
def next_actions(user: User, at: dt.datetime) -> Iterable[worklist.Entry]:
    """What one said one would do next about somebody in a curated pool."""
    today = timezone.localdate(at)
    mine = PoolCandidate.objects.visible_to(user).shown_on(today).filter(owner=user, next_on__isnull=False)
    for candidate in mine.filter(pool__closed_at=None, pool__expires_on__gt=today).select_related("pool", "person"):
        yield worklist.Entry(
            title=f"{candidate.person}: {candidate.next_action}",
            url=reverse("talent:curated_person", args=[candidate.pk]),
            group="Talent pools",
            detail=candidate.pool.name,
            due_on=candidate.next_on,
        )


@worklist.waits
def pools_ending(user: User, at: dt.datetime) -> Iterable[worklist.Entry]:
    """A curated pool whose end is near waits for its owner."""
    today = timezone.localdate(at)
    ending = CuratedPool.objects.open_on(today).filter(owner=user, expires_on__lte=today + POOL_TOLD_BEFORE)
    for pool in ending if access_of(user).is_talent_staff else ():
        yield worklist.Entry(
            title=f"The pool {pool} ends",
            url=reverse("talent:curated_detail", args=[pool.pk]),
            group="Talent pools",
            due_on=pool.expires_on,
        )
