"""Bookings: places by turn, a queue that moves up by itself and tells people, and who may book what."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from portal.models import Job, Role
from programmes.booking import BookingRefused, book, book_everyone, cancel_booking, turn_of
from programmes.convening import change_event
from programmes.models import Booking, BookingEvent, Event
from tests.factories.events import BookingFactory, EventFactory, facts, team
from tests.factories.portal import MembershipFactory, OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db

AT = dt.datetime(2018, 2, 1, 9, tzinfo=dt.UTC)
START = dt.datetime(2018, 3, 6, 10, tzinfo=dt.UTC)


def event_of(places: int | None = 1, **given) -> Event:
    return EventFactory(capacity=places, starts_at=START, **given)


def told() -> list[tuple[int, str]]:
    jobs = Job.objects.filter(kind="programmes.tell_booking").order_by("pk")
    return [(job.payload["booking"], job.payload["what"]) for job in jobs]


def states(event: Event) -> list[str]:
    return list(event.bookings.order_by("asked_at", "pk").values_list("state", flat=True))


def test_the_first_has_a_place_and_the_second_waits():
    event, ann, ben = event_of(), UserFactory(), UserFactory()

    first = book(event, by=ann, at=AT, needs=" No nuts ")
    second = book(event, by=ben, at=AT)

    assert [(b.user, b.state, b.needs) for b in (first, second)] == [(ann, "booked", "No nuts"), (ben, "waiting", "")]
    assert told() == [(first.pk, "booked"), (second.pk, "queued")]
    assert list(BookingEvent.objects.values_list("kind", "by")) == [("booked", ann.pk), ("queued", ben.pk)]


def test_without_a_limit_everybody_has_a_place():
    event = event_of(None)

    for _ in range(3):
        book(event, by=UserFactory(), at=AT)

    assert states(event) == ["booked"] * 3


def test_nobody_books_twice_but_may_come_back_after_cancelling():
    event, ann = event_of(), UserFactory()
    first = book(event, by=ann, at=AT)

    with pytest.raises(BookingRefused, match=r"^You have booked this already\.$"):
        book(event, by=ann, at=AT)
    cancel_booking(first, by=ann, at=AT)
    book(event, by=ann, at=AT)

    assert sorted(states(event)) == ["booked", "cancelled"]


def test_the_database_holds_one_active_booking_a_person():
    booking = BookingFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        BookingFactory(event=booking.event, user=booking.user, state="waiting")


def test_who_asked_first_moves_up_when_somebody_cancels():
    event = event_of()
    ann, ben, cat = (book(event, by=UserFactory(), at=AT + dt.timedelta(minutes=n)) for n in range(3))

    cancel_booking(ann, by=ann.user, at=AT + dt.timedelta(hours=1))

    assert states(event) == ["cancelled", "booked", "waiting"]
    ben.refresh_from_db()
    assert ben.decline_by == AT + dt.timedelta(days=3, hours=1)
    assert told()[3:] == [(ann.pk, "cancelled"), (ben.pk, "moved_up")]
    assert list(BookingEvent.objects.filter(kind="moved_up").values_list("booking", "by")) == [(ben.pk, None)]
    assert turn_of(cat) == 1


def test_the_time_to_decline_ends_when_the_event_begins():
    event = event_of()
    ann, ben = book(event, by=UserFactory(), at=AT), book(event, by=UserFactory(), at=AT)

    cancel_booking(ann, by=ann.user, at=START - dt.timedelta(hours=4))

    ben.refresh_from_db()
    assert (ben.state, ben.decline_by) == ("booked", START)


def test_leaving_the_queue_moves_nobody():
    event = event_of()
    book(event, by=UserFactory(), at=AT)
    ben, cat = (book(event, by=UserFactory(), at=AT + dt.timedelta(minutes=n)) for n in (1, 2))

    cancel_booking(ben, by=ben.user, at=AT)

    assert states(event) == ["booked", "cancelled", "waiting"]
    assert turn_of(cat) == 1


def test_more_places_fill_from_the_queue_in_the_same_act():
    by = team()
    event = event_of(1, owner=by)
    for minute in range(4):
        book(event, by=UserFactory(), at=AT + dt.timedelta(minutes=minute))

    change_event(event, facts(capacity=3), by=by, at=AT)

    assert states(event) == ["booked", "booked", "booked", "waiting"]


def test_taking_the_limit_away_lets_everybody_in():
    by = team()
    event = event_of(1, owner=by)
    for minute in range(3):
        book(event, by=UserFactory(), at=AT + dt.timedelta(minutes=minute))

    change_event(event, facts(capacity=None), by=by, at=AT)

    assert states(event) == ["booked"] * 3


def test_the_queue_moves_on_while_booking_is_closed():
    event = event_of(state=Event.State.CLOSED)
    ann, ben = BookingFactory(event=event), BookingFactory(event=event, state="waiting")

    cancel_booking(ann, by=ann.user, at=AT)

    ben.refresh_from_db()
    assert ben.state == "booked"


@pytest.mark.parametrize(
    ("state", "at", "words"),
    [
        ("draft", AT, "Booking is closed."),
        ("closed", AT, "Booking is closed."),
        ("held", AT, "Booking is closed."),
        ("cancelled", AT, "This event is cancelled."),
        ("open", START, "Booking is closed."),
    ],
)
def test_no_booking_where_none_is_taken(state, at, words):
    event = event_of(state=state)

    with pytest.raises(BookingRefused) as refused:
        book(event, by=UserFactory(), at=at)

    assert (str(refused.value), states(event)) == (words, [])


def test_trust_events_are_for_people_who_act_for_a_trust():
    event, trust = event_of(3, audience="trusts"), OrganisationFactory()
    own = member(Role.TRUST_USER, organisation=trust)

    booking = book(event, by=own, at=AT, organisation=trust)

    assert booking.organisation == trust
    with pytest.raises(PermissionDenied):
        book(event, by=UserFactory(), at=AT)
    with pytest.raises(PermissionDenied):
        book(event, by=member(Role.REVIEWER), at=AT)


def test_nobody_comes_for_an_organisation_they_do_not_act_for():
    ended = MembershipFactory(ended_at=AT - dt.timedelta(days=1))

    for user, trust in ((UserFactory(), OrganisationFactory()), (ended.user, ended.organisation)):
        with pytest.raises(BookingRefused, match=r"^Choose an organisation that you act for\.$"):
            book(event_of(), by=user, at=AT, organisation=trust)


def test_the_team_takes_somebody_off_with_a_reason_and_nobody_else_does():
    event = event_of()
    booking = book(event, by=UserFactory(), at=AT)

    with pytest.raises(PermissionDenied):
        cancel_booking(booking, by=UserFactory(), at=AT, reason="I want it")
    with pytest.raises(BookingRefused, match=r"^Say why: the person reads it\.$"):
        cancel_booking(booking, by=team(), at=AT)
    cancel_booking(booking, by=team(), at=AT, reason="Booked twice under two names")

    assert states(event) == ["cancelled"]
    assert booking.events.last().reason == "Booked twice under two names"


def test_a_booking_stays_once_the_event_has_begun_and_is_cancelled_once():
    event = event_of()
    booking = book(event, by=UserFactory(), at=AT)

    with pytest.raises(BookingRefused, match=r"^The event has begun or is over"):
        cancel_booking(booking, by=booking.user, at=START)
    cancel_booking(booking, by=booking.user, at=AT)
    with pytest.raises(BookingRefused, match=r"^This booking is cancelled already\.$"):
        cancel_booking(booking, by=booking.user, at=AT)


def test_a_whole_group_is_booked_once_if_there_is_room():
    event, by = event_of(3), team()
    known = book(event, by=UserFactory(), at=AT)
    more = [UserFactory(), UserFactory()]

    made = book_everyone(event, [known.user, *more], by=by, at=AT)

    assert ([row.user for row in made], states(event)) == (more, ["booked"] * 3)
    with pytest.raises(BookingRefused, match=r"^There are not enough places: 1 people have none yet\.$"):
        book_everyone(event, [UserFactory()], by=by, at=AT)
    with pytest.raises(PermissionDenied):
        book_everyone(event, [UserFactory()], by=UserFactory(), at=AT)


def test_only_active_bookings_count_and_only_ones_own_are_seen():
    mine, other = BookingFactory(), BookingFactory()

    assert list(Booking.objects.of(mine.user)) == [mine]
    assert list(Booking.objects.run_by(mine.user)) == []
    assert list(Booking.objects.run_by(team()).order_by("pk")) == [mine, other]
