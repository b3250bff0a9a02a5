"""Evaluations: by who came, once; read in sums, and in words only where nobody can be told by them."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from programmes.evaluating import EvaluationRefused, evaluate, results_of
from programmes.models import Evaluation
from tests.factories.events import BookingFactory, EventFactory
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db

AT = dt.datetime(2018, 3, 7, 9, tzinfo=dt.UTC)
MARKS = {"overall": 4, "useful": 5, "confident": 3}


def give(event, *, words: str = "", overall: int = 4) -> Evaluation:
    booking = BookingFactory(event=event, came=True)
    given = {**MARKS, "overall": overall, "will_do": words, "better": ""}
    return evaluate(booking, **given, by=booking.user, at=AT)


def test_who_came_says_once_what_they_thought():
    booking = BookingFactory(event=EventFactory(held=True), came=True)

    given = evaluate(booking, **MARKS, will_do=" Ask leavers ", by=booking.user, at=AT)

    assert (given.overall, given.useful, given.confident, given.will_do) == (4, 5, 3, "Ask leavers")
    with pytest.raises(EvaluationRefused, match=r"^You have told us already\. Thank you\.$"):
        evaluate(booking, **MARKS, by=booking.user, at=AT)
    with pytest.raises(PermissionDenied):
        evaluate(booking, **MARKS, by=UserFactory(), at=AT)


@pytest.mark.parametrize("came", [False, None])
def test_who_did_not_come_has_nothing_to_say(came):
    booking = BookingFactory(came=came)

    with pytest.raises(EvaluationRefused, match=r"^Only people who came"):
        evaluate(booking, **MARKS, by=booking.user, at=AT)


@pytest.mark.parametrize("mark", [0, 6])
def test_marks_go_from_1_to_5(mark):
    booking = BookingFactory(came=True)

    with pytest.raises(EvaluationRefused, match=r"^Marks go from 1 to 5\.$"):
        evaluate(booking, **{**MARKS, "overall": mark}, by=booking.user, at=AT)


def test_words_are_kept_back_until_five_have_answered():
    event = EventFactory(held=True)
    for words in ("Zebra", "Apple", "", "Mango"):
        give(event, words=words)

    before = results_of([event])
    give(event, overall=1)
    after = results_of([event])

    assert (before.answered, before.shows_words, before.will_do) == (4, False, ())
    assert (after.answered, after.shows_words, after.will_do) == (5, True, ("Apple", "Mango", "Zebra"))
    assert (after.marks[0].counts, after.marks[0].mean) == ((1, 0, 0, 4, 0), 3.4)


def test_results_count_who_came_and_know_nothing_of_other_events():
    event, other = EventFactory(held=True), EventFactory(held=True)
    give(event), give(other), BookingFactory(event=event, came=True), BookingFactory(event=event, came=False)

    found = results_of([event])

    assert (found.came, found.answered) == (2, 1)
    assert results_of([]).marks[0].mean is None
