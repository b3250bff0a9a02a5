"""A campaign's reserve list: who stands on it in which order, until when, and how it ends."""

import datetime as dt
from collections.abc import Sequence

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from appointments.campaigning import AFTER_VERDICT, CampaignRefused, lock
from appointments.models import Campaign, CampaignPolicy, ReservePlace
from appointments.models.campaign import policy_on
from portal import outbox
from portal.models import User
from talent.models import Application, State
from talent.workflow import Actor, MoveRefused, move

REMIND_BEFORE = dt.timedelta(days=14)
REMIND = "appointments.remind_reserve"


@transaction.atomic
def list_reserves(
    campaign: Campaign, ranked: Sequence[Application], *, by: User, at: dt.datetime
) -> list[ReservePlace]:
    """Puts appointable applicants on the reserve list in this order, behind those who stand on it."""
    row = lock(campaign, by, *AFTER_VERDICT)
    today = timezone.localdate(at)
    policy = policy_on(CampaignPolicy.Kind.RESERVE, today)
    if policy is None:
        raise CampaignRefused("No rule on reserve lists is in force today. Add one to the campaign policies.")
    last = row.reserves.order_by("-rank").values_list("rank", flat=True).first() or 0
    expires_on = today + relativedelta(months=policy.months)
    places = []
    for rank, application in enumerate(ranked, start=last + 1):
        if application.intake_id != row.intake_id:
            raise CampaignRefused("This application belongs to another campaign.")
        move(application, "hold_reserve", by=by, actor=Actor.PANEL, at=at)
        places.append(
            ReservePlace.objects.create(
                campaign=row, application=application, rank=rank, listed_on=today, expires_on=expires_on
            )
        )
    return places


def remind_reserves(*, at: dt.datetime) -> int:
    """Enqueues one word to everybody whose place ends within two weeks; returns how many are due."""
    today = timezone.localdate(at)
    near = ReservePlace.objects.filter(
        expires_on__range=(today, today + REMIND_BEFORE), application__state=State.RESERVE
    )
    places = list(near.exclude(application__person__email="").values_list("pk", flat=True))
    for pk in places:
        outbox.enqueue(REMIND, {"place": pk}, at=at, key=f"reserve:{pk}")
    return len(places)


def lapse_reserves(*, at: dt.datetime) -> int:
    """Ends the places on reserve lists whose last day is past; returns how many."""
    late = ReservePlace.objects.filter(expires_on__lt=timezone.localdate(at), application__state=State.RESERVE)
    return sum(_lapsed(place, at) for place in late.select_related("application"))


def _lapsed(place: ReservePlace, at: dt.datetime) -> bool:
    reason = f"The reserve list ended on {place.expires_on:%-d %B %Y}"
    try:
        move(place.application, "lapse_reserve", by=None, actor=Actor.SYSTEM, at=at, reason=reason)
    except MoveRefused:  # recommended a moment ago
        return False
    return True
