"""A leader's way to a masterclass: booked, wait-listed, moved up, there, and home with a certificate."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from portal import outbox
from portal.models import Role
from programmes.booking import cancel_booking
from programmes.models import Booking, Event
from tests.factories.events import BookingFactory, EventFactory
from tests.factories.portal import PASSWORD, OrganisationFactory, member
from tests.journeys.browser import Walk
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_waiting_list_to_a_certificate(visitor: Visitor):
    runner = member(Role.TALENT_TEAM)
    leader = member(Role.TRUST_USER, organisation=OrganisationFactory(name="Riverside NHS Trust"))
    event = EventFactory(title="Careers that keep people", capacity=1, owner=runner, audience="trusts")
    taken = BookingFactory(event=event)
    walk = visitor()
    walk.signs_in(leader.email, PASSWORD)
    walk.sees("Your home")

    join_the_waiting_list(walk)
    cancel_booking(taken, by=taken.user, at=timezone.now())
    moves_up(walk, leader.email)
    # The day has come.
    Event.objects.filter(pk=event.pk).update(
        booking_closes_at=timezone.now() - dt.timedelta(hours=4),
        starts_at=timezone.now() - dt.timedelta(hours=3),
        ends_at=timezone.now() - dt.timedelta(minutes=5),
    )
    team = visitor()
    team.signs_in(runner.email, PASSWORD)
    record_who_came(team, str(leader))
    evaluate_and_take_the_certificate(walk)

    booking = Booking.objects.get(user=leader)
    assert (booking.came, booking.evaluation.overall) == (True, 5)


def test_a_place_is_booked_by_keyboard_and_without_scripts(visitor: Visitor):
    EventFactory(title="Careers that keep people", capacity=1)
    leader = member(Role.TRUST_USER)
    walk = visitor(keyboard=True, scripts=False)
    walk.signs_in(leader.email, PASSWORD)
    walk.sees("Your home")

    walk.goes_to("/events/")
    walk.sees("Events and masterclasses")
    walk.follows("Careers that keep people")
    walk.presses("Book a place")
    walk.presses("Book")
    walk.sees("Careers that keep people")
    walk.reads("You have a place")


def run_jobs() -> None:
    while outbox.run_next(at=timezone.now()):
        pass


def join_the_waiting_list(walk: Walk) -> None:
    walk.follows("Events and masterclasses")
    walk.sees("Events and masterclasses")
    walk.reads("Full: waiting list")
    walk.follows("Careers that keep people")
    walk.sees("Careers that keep people")
    walk.presses("Join the waiting list")
    walk.sees("Book a place")
    walk.presses("Book")
    walk.sees("Careers that keep people")
    walk.reads("You are number 1 on the waiting list.")


def moves_up(walk: Walk, email: str) -> None:
    """The mail carries the file for a calendar; the home page says until when they can say no."""
    run_jobs()
    sent = [message for message in mail.outbox if message.to == [email]]
    assert [message.subject for message in sent] == ["You have moved up and have a place: Careers that keep people"]
    (entry,) = Calendar.from_ical(sent[0].attachments[0][1]).walk("VEVENT")
    assert str(entry["SUMMARY"]) == "Careers that keep people"
    walk.goes_to("/home/")
    walk.sees("Your home")
    walk.follows("You have moved up from the waiting list: tell us if you cannot come")
    walk.sees("Careers that keep people")
    walk.reads("You have a place")
    with walk.page.expect_download() as download:
        walk.presses("Add to your calendar")
    assert download.value.suggested_filename.endswith(".ics")


def record_who_came(walk: Walk, name: str) -> None:
    walk.sees("Your home")
    walk.follows("Record who came")
    walk.sees("Record who came")
    walk.chooses(name)
    walk.presses("Save")
    walk.sees("Careers that keep people")
    walk.reads("Attendance is recorded.")


def evaluate_and_take_the_certificate(walk: Walk) -> None:
    walk.goes_to("/home/")
    walk.follows("Say what you thought of it")
    walk.sees("What did you think of it?")
    walk.chooses("5 – excellent", of="How good was it overall?")
    walk.chooses("4", of="How useful is it for your work?")
    walk.chooses("4", of="How confident are you to use what you learned?")
    walk.presses("Send")
    walk.reads("Thank you. The team reads your answers without your name.")
    path = walk.page.get_by_role("button", name="Certificate (PDF)").get_attribute("href")
    paper = walk.page.request.get(f"{walk.server}{path}")
    assert (paper.headers["content-type"], paper.body()[:5]) == ("application/pdf", b"%PDF-")
