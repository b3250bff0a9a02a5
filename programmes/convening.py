"""How an event moves: its table, the two acts that alone set its state, what is changed, its materials."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal import outbox
from portal.files import checked_type, refuse_infected, unguessable_name
from portal.models import Region, User
from programmes.booking import TELL, lock_event, move_up
from programmes.event_access import may_plan_for, may_run
from programmes.models import Cohort, Collaborative, Event, EventChange, EventMaterial, LearningNetwork, Scheme
from programmes.network_mail import tell_of_meeting

State, Kind = Event.State, EventChange.Kind

# Asks those who came what they thought of it (programmes/jobs.py).
ASK = "programmes.ask_evaluation"


class EventRefused(Exception):
    """The event does not allow it as it stands; `str()` is fit for the screen."""


@dataclass(frozen=True, slots=True)
class EventStep:
    """One line of the table; `on_button` steps are taken by a button, the other by recording who came."""

    kind: EventChange.Kind
    sources: frozenset[Event.State]
    target: Event.State
    label: str
    needs_reason: bool = False
    on_button: bool = True


STEPS = (
    EventStep(Kind.PUBLISH, frozenset({State.DRAFT}), State.OPEN, "Publish"),
    EventStep(Kind.CLOSE, frozenset({State.OPEN}), State.CLOSED, "Close booking"),
    EventStep(Kind.REOPEN, frozenset({State.CLOSED}), State.OPEN, "Open booking again"),
    EventStep(
        Kind.CANCEL, frozenset({State.DRAFT, State.OPEN, State.CLOSED}), State.CANCELLED, "Cancel the event", True
    ),
    EventStep(Kind.HOLD, frozenset({State.OPEN, State.CLOSED}), State.HELD, "Record who came", on_button=False),
)


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What is typed about an event."""

    title: str
    kind: str
    audience: str
    summary: str
    about: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    link: str
    joining: str
    capacity: int | None
    booking_closes_at: dt.datetime
    contact_email: str
    scheme: Scheme | None = None
    collaborative: Collaborative | None = None
    cohort: Cohort | None = None
    network: LearningNetwork | None = None
    region: Region | None = None

    def rows(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


# What those who have booked are told of when it changes.
TELLING = ("starts_at", "ends_at", "place", "link")


@transaction.atomic
def plan_event(facts: EventFacts, *, by: User, at: dt.datetime) -> Event:
    """A draft, which only those who run it see. Raises EventRefused."""
    _refuse_others(facts, by)
    _refuse_nonsense(facts)
    event = Event.objects.create(**facts.rows(), owner=by)
    _write(event, Kind.PLANNED, by=by, at=at)
    return event


@transaction.atomic
def change_event(event: Event, facts: EventFacts, *, by: User, at: dt.datetime) -> Event:
    """Changes an event that is still to come. Another time or place is told to all who booked; more places fill up.

    Raises EventRefused, for one that is over and for fewer places than are taken.
    """
    row = _lock(event, by=by)
    _refuse_others(facts, by)
    _refuse_nonsense(facts)
    if row.state not in (State.DRAFT, *Event.STANDING):
        raise EventRefused(f"This event is “{row.get_state_display().lower()}” and stays as it is.")
    taken = row.bookings.booked().count()
    if facts.capacity is not None and facts.capacity < taken:
        raise EventRefused(f"{taken} people have a place already. Cancel some bookings first, or keep as many places.")
    old = {name: getattr(row, name) for name in facts.rows()}
    changed = [name for name, value in facts.rows().items() if old[name] != value]
    for name, value in facts.rows().items():
        setattr(row, name, value)
    tells = row.is_standing and any(name in changed for name in TELLING)
    row.revision += tells
    row.save()
    _write(row, Kind.CHANGED, by=by, at=at, changed=changed)
    if tells:
        _tell(row, "changed", at=at)
    move_up(row, at=at)
    return row


@transaction.atomic
def move_event(event: Event, kind: str, *, by: User, at: dt.datetime, reason: str = "") -> Event:
    """Takes one step of the table by its button. Raises EventRefused where the table has none from here.

    Everybody who booked or waits is told of a cancellation, with the reason; a network's members of a new meeting.
    """
    row = _lock(event, by=by)
    step = next((step for step in STEPS if step.kind == kind and step.on_button), None)
    if step is None or row.state not in step.sources:
        raise EventRefused(f"The event is “{row.get_state_display().lower()}”; this step is not open.")
    if step.needs_reason and not reason.strip():
        raise EventRefused("Say why: everybody who booked reads it.")
    if step.kind in (Kind.PUBLISH, Kind.REOPEN) and at >= row.booking_closes_at:
        raise EventRefused("Booking has closed by the date you gave. Change that date first.")
    told = row.is_standing
    row.state = step.target
    if step.target is State.CANCELLED:
        row.revision += 1
    row.save(update_fields=["state", "revision"])
    _write(row, step.kind, by=by, at=at, reason=reason)
    if step.kind is Kind.PUBLISH:
        tell_of_meeting(row, at=at)
    if step.target is State.CANCELLED and told:
        _tell(row, "event_cancelled", at=at)
    return row


def steps_for(event: Event) -> list[EventStep]:
    """The buttons of an event as it stands."""
    return [step for step in STEPS if step.on_button and event.state in step.sources]


@transaction.atomic
def record_attendance(event: Event, *, came: Collection[int], by: User, at: dt.datetime, reason: str = "") -> Event:
    """Writes who of those with a place came (ids of bookings); the first time makes the event held.

    Whoever came is asked once what they thought of it. Later calls put the attendance right. Raises EventRefused.
    """
    row = _lock(event, by=by)
    if row.state not in (*Event.STANDING, State.HELD):
        raise EventRefused(f"The event is “{row.get_state_display().lower()}”: nobody can have come.")
    if at < row.starts_at:
        raise EventRefused("This event has not begun.")
    known = set(row.bookings.booked().values_list("pk", flat=True))
    if set(came) - known:
        raise EventRefused("Only people with a place can be put down as having come.")
    row.bookings.booked().filter(pk__in=came).update(came=True)
    row.bookings.booked().exclude(pk__in=came).update(came=False)
    kind = Kind.ATTENDANCE if row.state == State.HELD else Kind.HOLD
    row.state = State.HELD
    row.save(update_fields=["state"])
    _write(row, kind, by=by, at=at, reason=reason, came=sorted(came), expected=sorted(known))
    for pk in sorted(came):
        outbox.enqueue(ASK, {"booking": pk}, at=at, key=f"{ASK}:{pk}")
    return row


def add_material(event: Event, upload: Any, *, title: str, by: User, at: dt.datetime) -> EventMaterial:
    """Checks and keeps a file for those who take part. Raises portal.files.FileRefused, EventRefused."""
    content_type = checked_type(upload)
    refuse_infected(upload)
    with transaction.atomic():
        row = _lock(event, by=by)
        if row.state == State.CANCELLED:
            raise EventRefused("This event is cancelled.")
        material = EventMaterial(
            event=row, title=title, content_type=content_type, size=upload.size or 0, added_at=at, added_by=by
        )
        material.file.save(unguessable_name(content_type), upload, save=True)
        _write(row, Kind.MATERIAL, by=by, at=at, title=title)
    return material


@transaction.atomic
def remove_material(material: EventMaterial, *, by: User, at: dt.datetime) -> None:
    row = _lock(material.event, by=by)
    if EventMaterial.objects.filter(pk=material.pk, removed_at=None).update(removed_at=at):
        _write(row, Kind.MATERIAL_OFF, by=by, at=at, title=material.title)


def _refuse_others(facts: EventFacts, by: User) -> None:
    allowed = may_plan_for(
        by,
        scheme=facts.scheme,
        collaborative=facts.collaborative,
        network=facts.network,
        region_id=facts.region.pk if facts.region else None,
    )
    if not allowed:
        raise PermissionDenied


def _refuse_nonsense(facts: EventFacts) -> None:
    if facts.ends_at <= facts.starts_at:
        raise EventRefused("An event ends after it begins.")
    if facts.booking_closes_at > facts.starts_at:
        raise EventRefused("Booking closes before the event begins.")
    if len([one for one in (facts.scheme, facts.collaborative, facts.network) if one]) > 1:
        raise EventRefused("An event belongs to one programme.")
    if facts.audience == Event.Audience.GROUP and facts.cohort is None and facts.network is None:
        raise EventRefused("Choose the cohort or network whose people may book.")
    if facts.cohort and facts.cohort.scheme_id != (facts.scheme and facts.scheme.pk):
        raise EventRefused("This cohort belongs to another programme.")


def _lock(event: Event, *, by: User) -> Event:
    row = lock_event(event)
    if not may_run(by, row):
        raise PermissionDenied
    return row


def _tell(event: Event, what: str, *, at: dt.datetime) -> None:
    for pk in event.bookings.active().values_list("pk", flat=True):
        outbox.enqueue(TELL, {"booking": pk, "what": what}, at=at)


def _write(event: Event, kind: EventChange.Kind, *, by: User, at: dt.datetime, reason: str = "", **facts: Any) -> None:
    facts |= {"title": event.title, "starts_at": event.starts_at.isoformat(), "capacity": event.capacity}
    EventChange.objects.create(event=event, kind=kind, facts=facts, by=by, at=at, reason=reason.strip())
