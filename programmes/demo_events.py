"""Events for the demonstration: masterclasses of 2017/18 that were held, and what stands in the calendar from today."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from portal.demo import SEED, Stage, london
from portal.models import Job, Membership, Region, Role, User
from programmes.booking import TELL, book, cancel_booking
from programmes.convening import ASK, EventFacts, move_event, plan_event, record_attendance
from programmes.demo_event_facts import BETTER, COMING, HELD, JOINING, NEEDS, WILL_DO, DemoEvent
from programmes.evaluating import evaluate
from programmes.models import Booking, Collaborative, Event

ASKED_BEFORE = dt.timedelta(days=40)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who books, and who runs the events."""

    lead: User
    trusts: Sequence[Membership]
    chance: Random


def load(stage: Stage) -> None:
    """A chance of its own, so that events change nothing for the rest of the year."""
    people = Membership.objects.filter(role=Role.TRUST_USER, job_title="Director of workforce")
    cast = Cast(
        stage.accounts["improvement_lead"],
        list(people.select_related("user", "organisation").order_by("organisation__ods_code")),
        Random(SEED + 8),
    )
    for number, facts in enumerate(stage.progress(HELD, "Events")):
        _held(facts, cast, start=number * 12)
    for number, facts in enumerate(COMING):
        _coming(stage, facts, cast, start=60 + number * 14)
    # What the acts would have told people was told at the time.
    Job.objects.filter(kind__in=(TELL, ASK), done_at=None).update(done_at=stage.at)


def working_day(day: dt.date) -> dt.date:
    """That day, or the Monday after a weekend."""
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _plan(facts: DemoEvent, day: dt.date, cast: Cast, *, at: dt.datetime) -> Event:
    starts_at = london(day, hour=facts.hour)
    region = Region.objects.get(name=facts.region) if facts.region else None
    return plan_event(
        EventFacts(
            title=facts.title,
            kind=facts.kind,
            audience=facts.audience,
            summary=facts.summary,
            about=facts.about,
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(hours=facts.hours),
            place=facts.place,
            link="" if facts.region else "https://meet.example.org/improvement",
            joining=JOINING if facts.region else "",
            capacity=facts.places,
            booking_closes_at=starts_at - dt.timedelta(days=2),
            contact_email="events@example.org",
            collaborative=Collaborative.objects.get(slug=facts.collaborative) if facts.collaborative else None,
            region=region,
        ),
        by=cast.lead,
        at=at,
    )


def _book(event: Event, who: Sequence[Membership], cast: Cast, *, at: dt.datetime) -> list[Booking]:
    """One after the other, an hour apart."""
    return [
        book(
            event,
            by=member.user,
            at=at + dt.timedelta(hours=number),
            organisation=member.organisation,
            needs=cast.chance.choice(NEEDS) if cast.chance.random() < 0.2 else "",
        )
        for number, member in enumerate(who)
    ]


def _held(facts: DemoEvent, cast: Cast, *, start: int) -> None:
    """Booked, held, and said something about by most of those who came."""
    day = facts.day
    at = london(day) - ASKED_BEFORE
    event = _plan(facts, day, cast, at=at)
    move_event(event, "publish", by=cast.lead, at=at)
    bookings = _book(event, cast.trusts[start : start + facts.booked], cast, at=at + dt.timedelta(days=1))
    came = [booking for booking in bookings if cast.chance.random() < 0.85]
    record_attendance(event, came=[booking.pk for booking in came], by=cast.lead, at=london(day, hour=18))
    for number, booking in enumerate(came[:-2]):
        marks = {name: cast.chance.choice((3, 4, 4, 5, 5)) for name in ("overall", "useful", "confident")}
        words = {"will_do": WILL_DO[number % len(WILL_DO)], "better": BETTER[number % len(BETTER)]}
        evaluate(booking, **marks, **words, by=booking.user, at=london(day + dt.timedelta(days=1)))


def _coming(stage: Stage, facts: DemoEvent, cast: Cast, *, start: int) -> None:
    """So many days from today; one of them full, with the account to sign in as on its waiting list."""
    event = _plan(facts, working_day(stage.days_ago(-facts.in_days).date()), cast, at=stage.days_ago(20))
    if facts.draft:
        return
    move_event(event, "publish", by=cast.lead, at=stage.days_ago(19))
    bookings = _book(event, cast.trusts[start : start + facts.booked], cast, at=stage.days_ago(18))
    if facts.account:
        _book_account(stage, event, at=stage.days_ago(6))
    if facts.moves_up:
        cancel_booking(bookings[0], by=bookings[0].user, at=stage.days_ago(1))
    if facts.cancelled:
        move_event(event, "cancel", by=cast.lead, at=stage.days_ago(3), reason=facts.cancelled)


def _book_account(stage: Stage, event: Event, *, at: dt.datetime) -> None:
    user = stage.accounts["trust_administrator"]
    book(event, by=user, at=at, organisation=user.memberships.get().organisation)
