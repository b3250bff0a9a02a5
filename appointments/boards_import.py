"""Loads a file of boards in one transaction, as often as you like, by the acts of seating.py."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models.functions import Lower
from django.utils.timezone import localdate

from appointments import chain
from appointments.boards_file import BoardRow
from appointments.flagging import flag_found
from appointments.models import Appointment, Seat, Tenure
from appointments.seating import SeatingRefused, take_seat
from appointments.terms import ONE_DAY
from portal import rows_file
from portal.models import Organisation, User
from portal.names import folded
from portal.rows_file import Fault
from talent.merging import kept_of
from talent.models import Person

Progress = Callable[[Iterable[BoardRow]], Iterable[BoardRow]]
SeatKey = tuple[int, str, int]
REASON = "First load of the boards"


@dataclass(slots=True)
class Loaded:
    read: int = 0
    seats: int = 0  # new
    people: int = 0  # new
    terms: int = 0  # new
    served: set[tuple[int, int]] = field(default_factory=set)  # person and board of each new term

    def __str__(self) -> str:
        return f"{self.read} read, {self.seats} new seats, {self.people} new people, {self.terms} new terms"


@transaction.atomic
def load(rows: list[BoardRow], *, by: User | None, at: dt.datetime, progress: Progress = iter) -> Loaded:
    """Seats and their incumbents; BadFile naming every row that the acts refuse, and then nothing is loaded."""
    chain.hold()  # nobody adds to the same service meanwhile
    boards = Organisation.objects.trusts().in_bulk(field_name="ods_code")
    seats = {_key(seat): seat for seat in Seat.objects.filter(closed_on=None).select_related("board")}
    people = _people_of(rows)
    faults: list[Fault] = []
    done = Loaded()
    for row in progress(rows):
        done.read += 1
        try:
            with transaction.atomic():
                seat = _seat(row, boards[row.ods_code], seats, done, at=at)
                if row.name:
                    _seat_incumbent(row, seat, people, done, by=by, at=at)
        except SeatingRefused as refused:
            faults.append(Fault(row.line, "", str(refused)))
    rows_file.refuse(faults)
    _flag_what_is_too_long(done, by=by, at=at)
    return done


def _flag_what_is_too_long(done: Loaded, *, by: User | None, at: dt.datetime) -> None:
    """Service that the file brings can show a term to be beyond the policy that was decided before it came."""
    people = Person.objects.same_as(*{person for person, _ in done.served}).values("pk")
    decided = Appointment.objects.standing().filter(person__in=people, board__in={board for _, board in done.served})
    for person, board in sorted(set(decided.values_list("person", "board"))):
        flag_found(person, board, by=by, at=at, reason=f"{REASON}: earlier service came to light.")


def _key(seat: Seat) -> SeatKey:
    return seat.board_id, seat.role, seat.number


def _people_of(rows: list[BoardRow]) -> dict[str, Person]:
    """Whom the addresses in the file belong to already: of a record that was merged, the one that was kept."""
    wanted = {row.email for row in rows if row.email}
    known = Person.objects.annotate(address=Lower("email")).filter(address__in=wanted).order_by("-pk")
    found = dict(known.values_list("address", "pk"))
    kept = kept_of(found.values())
    people = Person.objects.in_bulk(set(kept.values()))
    return {address: people[kept[record]] for address, record in found.items()}


def _seat(row: BoardRow, board: Organisation, seats: dict[SeatKey, Seat], done: Loaded, *, at: dt.datetime) -> Seat:
    """The open seat as the file describes it; the file's word on voting and designation replaces what stood there."""
    days = [day for day in (board.opened_on, row.first_appointed) if day]
    wanted = {"designation": row.designation, "voting": row.voting, "opened_on": min(days, default=localdate(at))}
    key = (board.pk, row.role, row.number)
    seat = seats.get(key)
    if seat is None:
        seat = seats[key] = Seat.objects.create(board=board, role=row.role, number=row.number, **wanted)
        done.seats += 1
        return seat
    wanted["opened_on"] = min(seat.opened_on, wanted["opened_on"])
    changed = [name for name, value in wanted.items() if getattr(seat, name) != value]
    for name in changed:
        setattr(seat, name, wanted[name])
    if changed:
        seat.save(update_fields=changed)
    return seat


def _seat_incumbent(
    row: BoardRow, seat: Seat, people: dict[str, Person], done: Loaded, *, by: User | None, at: dt.datetime
) -> None:
    person = _person(row, seat, people, done, at=at)
    them = Person.objects.same_as(person.pk).values("pk")
    for starts_on, ends_on in _terms(row):
        there = Tenure.objects.filter(seat=seat, person__in=them, starts_on=starts_on).first()
        if there is None:
            source = Tenure.Source.FIRST_LOAD
            take_seat(seat, person, starts_on=starts_on, ends_on=ends_on, source=source, by=by, at=at, reason=REASON)
            done.terms += 1
            done.served.add((person.pk, seat.board_id))
        elif there.ends_on != ends_on and not there.end_kind:
            raise SeatingRefused(
                f"{person}’s term from {starts_on:%-d %B %Y} is on record already with another last day."
            )


def _terms(row: BoardRow) -> list[tuple[dt.date, dt.date | None]]:
    """The term that runs, and before it one spell from the first appointment, so that service can be worked out."""
    assert row.first_appointed is not None  # noqa: S101 - the file's reader has refused it
    started = row.term_started or row.first_appointed
    before = [(row.first_appointed, started - ONE_DAY)] if started > row.first_appointed else []
    return [*before, (started, row.term_ends)]


def _person(row: BoardRow, seat: Seat, people: dict[str, Person], done: Loaded, *, at: dt.datetime) -> Person:
    """By address; without one, whoever of that name sits in this seat already; else somebody new."""
    if row.email in people:
        return people[row.email]
    if not row.email:
        sitting = seat.tenures.filter(person__sort_name=folded(row.name)[:200]).select_related("person").first()
        if sitting:
            return sitting.person
    person = Person.objects.create(full_name=row.name, email=row.email, region=seat.board.region, created_at=at)
    done.people += 1
    if row.email:
        people[row.email] = person
    return person
