"""What those who came thought of an event: given once, read in sums and without names."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from portal.models import User
from programmes.models import Booking, Evaluation, Event

# With fewer answers than this, what somebody wrote could tell who wrote it.
ENOUGH_FOR_WORDS = 5


class EvaluationRefused(Exception):
    """There is nothing to evaluate; `str()` is fit for the screen."""


@transaction.atomic
def evaluate(
    booking: Booking,
    *,
    overall: int,
    useful: int,
    confident: int,
    will_do: str = "",
    better: str = "",
    by: User,
    at: dt.datetime,
) -> Evaluation:
    """Once, by whoever came. Raises EvaluationRefused."""
    row = Booking.objects.select_related("event").get(pk=booking.pk)
    if row.user_id != by.pk:
        raise PermissionDenied
    if not row.came:
        raise EvaluationRefused("Only people who came can say what they thought of it.")
    marks = {"overall": overall, "useful": useful, "confident": confident}
    try:
        with transaction.atomic():
            return Evaluation.objects.create(
                booking=row, **marks, will_do=will_do.strip(), better=better.strip(), by=by, at=at
            )
    except IntegrityError as error:
        if "evaluation_marks_1_to_5" in str(error):
            raise EvaluationRefused("Marks go from 1 to 5.") from error
        raise EvaluationRefused("You have told us already. Thank you.") from error


@dataclass(frozen=True, slots=True)
class Marks:
    """One question's answers: how many gave each mark from 1 to 5."""

    question: str
    counts: tuple[int, int, int, int, int]

    @property
    def number(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        if not self.number:
            return None
        return round(sum(mark * count for mark, count in enumerate(self.counts, start=1)) / self.number, 1)


@dataclass(frozen=True, slots=True)
class Results:
    """What one or several events' evaluations say. Words are empty while they could tell who wrote them."""

    came: int
    answered: int
    marks: tuple[Marks, ...]
    will_do: tuple[str, ...]
    better: tuple[str, ...]

    @property
    def shows_words(self) -> bool:
        return self.answered >= ENOUGH_FOR_WORDS


def results_of(events: Iterable[Event]) -> Results:
    """Two queries."""
    ids = [event.pk for event in events]
    came = Booking.objects.filter(event__in=ids, came=True).count()
    rows = list(Evaluation.objects.filter(booking__event__in=ids))
    enough = len(rows) >= ENOUGH_FOR_WORDS
    return Results(
        came=came,
        answered=len(rows),
        marks=tuple(_marks(name, [getattr(row, name) for row in rows]) for name in Evaluation.MARKS),
        will_do=_words(row.will_do for row in rows if enough),
        better=_words(row.better for row in rows if enough),
    )


def _marks(name: str, given: list[int]) -> Marks:
    one, two, three, four, five = (given.count(mark) for mark in range(1, 6))
    return Marks(question_of(name), (one, two, three, four, five))


def question_of(name: str) -> str:
    """As the model words it: the form, and the table of results, ask the same."""
    return str(getattr(Evaluation._meta.get_field(name), "verbose_name", name))


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    """In the order of the alphabet: the order of arrival could tell who wrote."""
    return tuple(sorted({text for text in texts if text}))
