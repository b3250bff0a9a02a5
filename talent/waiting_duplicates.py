"""What waits about duplicates: pairs for the team to compare, and a consent that stands at a merged record."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from portal.access import access_of
from portal.models import User
from portal.worklist import Entry, waits
from talent.models import DuplicatePair, Pool, PoolMembership


@waits
def pairs_to_compare(user: User, at: dt.datetime) -> Iterable[Entry]:
    if not access_of(user).is_talent_team:
        return
    number = DuplicatePair.objects.visible_to(user).waiting().count()
    if number:
        title = "Compare records that may be one person’s"
        yield Entry(title=title, url=reverse("talent:duplicate_list"), group="Talent pools", count=number)


@waits
def consents_left_behind(user: User, at: dt.datetime) -> Iterable[Entry]:
    """Whoever agreed under a record that was merged is asked again: consent is not carried over."""
    open_still = PoolMembership.objects.filter(left_at=None, expires_on__gt=timezone.localdate(at))
    behind = open_still.filter(person__merged_into__user=user).values("pool")
    for pool in Pool.objects.filter(pk__in=behind).exclude(memberships__in=open_still.filter(person__user=user)):
        yield Entry(
            title=f"Say whether you want to be found through {pool.name}",
            url=reverse("talent:pool_join", args=[pool.slug]),
            group="Your talent pools",
            detail="Two records of yours were put together; your agreement stood at the other one.",
        )
