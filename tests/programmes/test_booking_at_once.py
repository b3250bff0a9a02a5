"""Many people and the last places at one moment, on real connections: no place is given twice, nobody books twice."""

import datetime as dt

import pytest

from programmes.booking import book, cancel_booking
from programmes.convening import change_event
from programmes.models import Booking
from tests.appointments.test_concurrency import at_once, kinds
from tests.factories.events import EventFactory, facts, team
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

AT = dt.datetime(2018, 2, 1, 9, tzinfo=dt.UTC)
START = dt.datetime(2018, 3, 6, 10, tzinfo=dt.UTC)


def states() -> list[str]:
    return sorted(Booking.objects.values_list("state", flat=True))


def test_of_eight_who_want_three_places_three_have_one():
    event, people = EventFactory(capacity=3, starts_at=START), UserFactory.create_batch(8)

    results = at_once(*(lambda user=user: book(event, by=user, at=AT) for user in people))

    assert kinds(results) == ["Booking"] * 8
    assert states() == ["booked"] * 3 + ["waiting"] * 5


def test_a_double_click_books_once():
    event, user = EventFactory(capacity=3, starts_at=START), UserFactory()

    results = at_once(*[lambda: book(event, by=user, at=AT)] * 4)

    assert kinds(results) == ["Booking"] + ["BookingRefused"] * 3
    assert states() == ["booked"]


def test_two_who_give_up_their_places_let_two_others_in():
    event = EventFactory(capacity=2, starts_at=START)
    first, second, *_ = [book(event, by=UserFactory(), at=AT + dt.timedelta(minutes=minute)) for minute in range(5)]

    at_once(
        lambda: cancel_booking(first, by=first.user, at=AT),
        lambda: cancel_booking(second, by=second.user, at=AT),
    )

    assert list(Booking.objects.order_by("asked_at").values_list("state", flat=True)) == [
        "cancelled", "cancelled", "booked", "booked", "waiting",
    ]  # fmt: skip


def test_a_place_come_free_goes_to_who_waits_and_not_to_who_comes_along():
    event = EventFactory(capacity=1, starts_at=START)
    first = book(event, by=UserFactory(), at=AT)
    waits = book(event, by=UserFactory(), at=AT)
    late = UserFactory()

    at_once(
        lambda: cancel_booking(first, by=first.user, at=AT),
        lambda: book(event, by=late, at=AT + dt.timedelta(minutes=1)),
    )

    waits.refresh_from_db()
    assert (waits.state, Booking.objects.get(user=late).state) == ("booked", "waiting")


def test_more_places_and_new_bookings_never_give_more_than_there_are():
    by = team()
    event = EventFactory(capacity=1, starts_at=START, owner=by)
    people = UserFactory.create_batch(4)

    at_once(
        lambda: change_event(event, facts(capacity=3), by=by, at=AT),
        *(lambda user=user: book(event, by=user, at=AT) for user in people),
    )

    assert states() == ["booked"] * 3 + ["waiting"]
