"""Applications that are not sent: a kind reminder before the deadline, closing some days after it."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from portal import outbox
from talent.models import Application, State
from talent.models.application import closing_time
from talent.tasks import deadline_of, with_deadlines
from talent.workflow import Actor, MoveRefused, move

REMIND_BEFORE = dt.timedelta(days=3)
# The team may still give somebody more time in these days; a closed draft could not be sent again.
GRACE = dt.timedelta(days=7)


def _drafts() -> Iterable[Application]:
    return with_deadlines(Application.objects.filter(state=State.DRAFT)).select_related("person", "partner")


def remind(*, at: dt.datetime) -> int:
    """Enqueues one reminder for each draft whose deadline is near, unless the person wants none; returns how many."""
    due = [d for d in _drafts() if _wants_mail(d) and _is_near(d, at)]
    for draft in due:
        # Once for each deadline: an extension is worth a new reminder.
        key = f"remind:{draft.pk}:{deadline_of(draft):%Y%m%d}"
        outbox.enqueue("talent.remind_draft", {"application": draft.pk}, at=at, key=key)
    return len(due)


def _wants_mail(draft: Application) -> bool:
    return any(person.email and not person.mail_opt_out for person in draft.applicants)


def _is_near(draft: Application, at: dt.datetime) -> bool:
    return at < deadline_of(draft) <= at + REMIND_BEFORE


def lapse(*, at: dt.datetime) -> int:
    """Closes the drafts whose deadline passed longer ago than the grace; returns how many."""
    return sum(_lapsed(draft, at) for draft in _drafts() if at >= deadline_of(draft) + GRACE)


@transaction.atomic
def _lapsed(draft: Application, at: dt.datetime) -> bool:
    row = Application.objects.select_for_update(of=("self",)).select_related("intake").get(pk=draft.pk)
    if at < closing_time(row) + GRACE:  # given more time a moment ago
        return False
    try:
        move(draft, "lapse_draft", by=None, actor=Actor.SYSTEM, at=at, reason="Not sent by the deadline")
    except MoveRefused:  # withdrawn a moment ago
        return False
    return True
