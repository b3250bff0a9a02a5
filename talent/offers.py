"""Offers that wait for an answer: a reminder in good time, closing once the day is past."""

import datetime as dt

from django.utils import timezone

from portal import outbox
from talent.models import Application, State
from talent.workflow import Actor, MoveRefused, move

REMIND_BEFORE = dt.timedelta(days=3)


def remind(*, at: dt.datetime) -> int:
    """Enqueues one reminder for each offer that must be answered within three days; returns how many are due."""
    today = timezone.localdate(at)
    near = Application.objects.filter(
        state=State.OFFERED, offer_expires_on__range=(today, today + REMIND_BEFORE), person__email__gt=""
    )
    keys = list(near.values_list("pk", "offer_expires_on"))
    for pk, expires_on in keys:
        outbox.enqueue("talent.remind_offer", {"application": pk}, at=at, key=f"offer:{pk}:{expires_on:%Y%m%d}")
    return len(keys)


def lapse(*, at: dt.datetime) -> int:
    """Closes the offers whose last day for an answer is past; returns how many."""
    late = Application.objects.filter(state=State.OFFERED, offer_expires_on__lt=timezone.localdate(at))
    return sum(_lapsed(application, at) for application in late)


def _lapsed(application: Application, at: dt.datetime) -> bool:
    reason = f"Not answered by {application.offer_expires_on:%-d %B %Y}"
    try:
        move(application, "lapse_offer", by=None, actor=Actor.SYSTEM, at=at, reason=reason)
    except MoveRefused:  # answered a moment ago
        return False
    return True
