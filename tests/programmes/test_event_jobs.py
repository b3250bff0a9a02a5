"""Mails about events: what they say, what they carry, what is overtaken; reminders once; needs forgotten in time."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from portal import outbox
from portal.models import Job
from programmes import event_round
from programmes.booking import book, cancel_booking
from programmes.convening import move_event, record_attendance
from programmes.models import Booking, Evaluation
from tests.factories.events import BookingFactory, EventFactory, team
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


def run_jobs(at: dt.datetime | None = None) -> list[tuple[str, str]]:
    """Runs what is due; (to, subject) of what was mailed."""
    mail.outbox.clear()
    while outbox.run_next(at=at or timezone.now()):
        pass
    return [(message.to[0], message.subject) for message in mail.outbox]


def methods() -> list[str]:
    """The method of the calendar file of each mail, empty where there is none."""
    return [str(Calendar.from_ical(m.attachments[0][1])["METHOD"]) if m.attachments else "" for m in mail.outbox]


def test_a_place_is_confirmed_with_a_file_and_how_to_join():
    event, ann = EventFactory(title="Why nurses stay", capacity=1), UserFactory(full_name="Ann Bell")
    book(event, by=ann, at=timezone.now())

    assert run_jobs() == [(ann.email, "You have a place: Why nurses stay")]
    assert methods() == ["PUBLISH"]
    body = str(mail.outbox[0].body)
    assert body.startswith("Dear Ann Bell,\n\nYou have a place at this event.\n\nWhy nurses stay\n")
    assert "\n\nJoin here: https://video.example.org/secret-room\n\nBring your figures.\n" in body


def test_who_waits_is_told_without_a_file_or_a_link_and_then_moves_up():
    event = EventFactory(title="Why nurses stay", capacity=1)
    first = book(event, by=UserFactory(), at=timezone.now())
    second = book(event, by=UserFactory(), at=timezone.now())

    sent = dict(run_jobs())
    assert sent[second.user.email] == "You are on the waiting list: Why nurses stay"
    waiting = next(message for message in mail.outbox if message.to == [second.user.email])
    assert ("secret-room" in str(waiting.body), waiting.attachments) == (False, [])
    cancel_booking(first, by=first.user, at=timezone.now())

    assert run_jobs() == [
        (first.user.email, "Your booking is cancelled: Why nurses stay"),
        (second.user.email, "You have moved up and have a place: Why nurses stay"),
    ]
    assert methods() == ["CANCEL", "PUBLISH"]
    assert "If you cannot come, tell us by " in str(mail.outbox[1].body)


def test_what_was_overtaken_is_not_sent():
    event = EventFactory()
    booking = book(event, by=UserFactory(), at=timezone.now())
    cancel_booking(booking, by=booking.user, at=timezone.now())

    assert [subject for _, subject in run_jobs()] == [f"Your booking is cancelled: {event}"]


def test_a_cancelled_event_is_told_once_with_its_reason():
    event = EventFactory(title="Why nurses stay", capacity=1)
    placed, waits = (book(event, by=UserFactory(), at=timezone.now()) for _ in range(2))
    move_event(event, "cancel", by=team(), at=timezone.now(), reason="The speaker is ill")

    assert run_jobs() == [(booking.user.email, "Cancelled: Why nurses stay") for booking in (placed, waits)]
    assert methods() == ["CANCEL", ""]
    assert ["\n\nThe reason: The speaker is ill\n" in str(message.body) for message in mail.outbox] == [True, True]


def test_reminders_go_to_who_has_a_place_in_the_next_days_once_a_time():
    now = timezone.now()
    soon = EventFactory(title="Soon", starts_at=now + dt.timedelta(days=2))
    for event, state in (
        (soon, "booked"),
        (soon, "waiting"),
        (EventFactory(starts_at=now + dt.timedelta(days=4)), "booked"),
        (EventFactory(past=True), "booked"),
        (EventFactory(starts_at=now + dt.timedelta(days=1), state="cancelled"), "booked"),
    ):
        BookingFactory(event=event, state=state)

    event_round.remind(at=now)
    event_round.remind(at=now + dt.timedelta(hours=1))

    assert [subject for _, subject in run_jobs()] == ["Soon: Soon"]
    soon.revision = 1
    soon.save()
    event_round.remind(at=now)
    assert [subject for _, subject in run_jobs()] == ["Soon: Soon"]


def test_who_came_is_asked_what_they_thought_unless_they_have_said():
    event = EventFactory(past=True)
    asked, answered, absent = BookingFactory.create_batch(3, event=event)
    record_attendance(event, came=[asked.pk, answered.pk], by=team(), at=timezone.now())
    Evaluation.objects.create(booking=answered, overall=5, useful=5, confident=5, by=answered.user, at=timezone.now())

    assert run_jobs() == [(asked.user.email, f"What did you think of it? {event}")]
    assert absent.user.email not in [message.to[0] for message in mail.outbox]


def test_what_people_asked_to_have_arranged_is_forgotten_a_month_later():
    now = timezone.now()
    old, new = (
        BookingFactory(needs="No nuts", event=EventFactory(starts_at=now - dt.timedelta(days=days)))
        for days in (31, 29)
    )

    assert event_round.forget_needs(at=now) == 1

    assert [Booking.objects.get(pk=row.pk).needs for row in (old, new)] == ["", "No nuts"]


def test_the_hourly_round_reminds():
    BookingFactory(event=EventFactory(title="Soon", starts_at=timezone.now() + dt.timedelta(days=1)))
    outbox.enqueue("programmes.hourly_round", {}, at=timezone.now())

    assert [subject for _, subject in run_jobs()] == ["Soon: Soon"]
    assert Job.objects.filter(done_at=None).count() == 0
