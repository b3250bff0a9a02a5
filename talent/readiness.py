"""Readiness holds for a year: who said "in 1 to 2 years" is asked again, told beforehand, and unsaid after that."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet
from django.utils import timezone

from portal import outbox
from talent.models import Person

MONTHS = 12
TOLD_BEFORE = dt.timedelta(days=30)


def ends_on(person: Person) -> dt.date | None:
    """The day from which what the person said of their readiness no longer counts."""
    return person.readiness_on + relativedelta(months=MONTHS) if person.readiness and person.readiness_on else None


def ending(day: dt.date) -> QuerySet[Person]:
    """Whose readiness ends within TOLD_BEFORE of `day`."""
    return _said_until(day + TOLD_BEFORE)


def remind(*, at: dt.datetime) -> int:
    """Enqueues one letter for each readiness that ends soon, once for each end; how many are due."""
    due = list(ending(timezone.localdate(at)).filter(mail_opt_out=False).exclude(email=""))
    for person in due:
        key = f"readiness-ends:{person.pk}:{ends_on(person):%Y%m%d}"
        outbox.enqueue("talent.tell_readiness_ends", {"person": person.pk}, at=at, key=key)
    return len(due)


def lapse(*, at: dt.datetime) -> int:
    """Unsays what was said longer than MONTHS ago; how many."""
    return _said_until(timezone.localdate(at)).update(readiness="", readiness_on=None)


def _said_until(day: dt.date) -> QuerySet[Person]:
    told = Person.objects.unmerged().exclude(readiness="")
    return told.filter(readiness_on__lte=day - relativedelta(months=MONTHS))
