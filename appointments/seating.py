"""Acts on seats: somebody takes one or leaves it, or what was recorded is put right. The only writer of tenures."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from appointments import chain, limits
from appointments.access import may_change_board, may_correct
from appointments.flagging import beyond, flag
from appointments.models import Seat, Tenure, TenureEvent
from portal.models import User
from talent.access import is_own
from talent.models import Person


class SeatingRefused(Exception):
    """The seat is taken, closed, or the dates cannot be; `str()` is fit for the screen."""


class TermsBeyond(SeatingRefused):
    """A correction shows a term to be beyond the policy, and says nothing of why that term stands."""


@transaction.atomic
def take_seat(
    seat: Seat,
    person: Person,
    *,
    starts_on: dt.date,
    ends_on: dt.date | None,
    source: str,
    by: User | None,
    at: dt.datetime,
    reason: str,
    acting: bool = False,
) -> Tenure:
    """Seats `person` from `starts_on` to `ends_on` (the last day). Raises SeatingRefused; two at once: one wins."""
    locked = Seat.objects.select_for_update(of=("self",), no_key=True).select_related("board").get(pk=seat.pk)
    _check_source(locked, source)
    _check_dates(locked, starts_on, ends_on)
    tenure = Tenure(seat=locked, person=person, starts_on=starts_on, ends_on=ends_on, source=source, acting=acting)
    _save(tenure)
    facts = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat() if ends_on else None}
    TenureEvent.objects.create(tenure=tenure, kind=TenureEvent.Kind.BEGUN, facts=facts, by=by, at=at, reason=reason)
    return tenure


def _lock(tenure: Tenure) -> Tenure:
    """The row as it stands, locked; raises SeatingRefused where it was taken back since it was looked at."""
    rows = Tenure.with_void.select_for_update(of=("self",), no_key=True).select_related("seat__board", "person")
    row = rows.get(pk=tenure.pk)
    if row.void:
        raise SeatingRefused("This was taken back meanwhile. Look at the board again.")
    return row


def _save(tenure: Tenure) -> None:
    """Raises SeatingRefused where the database's exclusion constraint says that the seat is taken."""
    try:
        with transaction.atomic():
            tenure.save()
    except IntegrityError as error:
        if "tenure_one_person_in_a_seat" not in str(error):
            raise
        raise SeatingRefused("Somebody sits in this seat on some of these days.") from error


def _check_source(seat: Seat, source: str) -> None:
    """The body appoints chairs and non-executives of NHS trusts only; a foundation trust tells of its own."""
    if source == Tenure.Source.DECISION and seat.is_non_executive and not seat.board.body_appoints:
        raise SeatingRefused("A foundation trust appoints its own chair and non-executive directors.")
    if source == Tenure.Source.NOTICE and seat.board.body_appoints:
        raise SeatingRefused("Only a foundation trust gives notice of its own appointments.")
    if source == Tenure.Source.INTERIM and seat.is_non_executive:
        raise SeatingRefused("Interims fill executives’ seats only.")


def _check_dates(seat: Seat, starts_on: dt.date, ends_on: dt.date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise SeatingRefused("The last day must not be before the first day.")
    if starts_on < seat.opened_on or (seat.closed_on is not None and (ends_on is None or ends_on >= seat.closed_on)):
        raise SeatingRefused("The seat does not exist on all of these days.")
    closed_on = seat.board.closed_on
    if closed_on is not None and (ends_on is None or ends_on >= closed_on):
        raise SeatingRefused(f"The trust closed on {closed_on:%-d %B %Y}; nothing new can be decided for it.")


@transaction.atomic
def leave_seat(
    tenure: Tenure,
    *,
    kind: str,
    last_on: dt.date,
    by: User | None,
    at: dt.datetime,
    reason: str,
    ground: str = "",
    decided: bool = False,
) -> Tenure:
    """Ends a tenure before its time; a successor can follow the next day. A termination needs its ground.

    Without `by` it is the system's own act, such as a load; `decided` is the committee's, whoever enters it.
    """
    row = _lock(tenure)
    if by is not None and not decided and not may_change_board(by, row.seat.board):
        raise PermissionDenied
    if row.end_kind:
        raise SeatingRefused("This tenure has been ended already.")
    if last_on < row.starts_on or (row.ends_on is not None and last_on > row.ends_on):
        raise SeatingRefused("The last day must be within the tenure.")
    if kind == Tenure.End.DEATH and last_on > localdate(at):
        raise SeatingRefused("A death cannot be recorded for a day to come.")
    if kind == Tenure.End.TERMINATION and not ground.strip():
        raise SeatingRefused("Give the ground of the termination.")
    planned = row.ends_on.isoformat() if row.ends_on else None
    row.end_kind, row.ends_on, row.end_ground = Tenure.End(kind), last_on, ground.strip()
    row.save(update_fields=["end_kind", "ends_on", "end_ground"])
    facts = {"kind": row.end_kind, "last_on": last_on.isoformat(), "planned": planned}
    TenureEvent.objects.create(tenure=row, kind=TenureEvent.Kind.ENDED, facts=facts, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def correct_tenure(
    tenure: Tenure,
    *,
    person: Person,
    starts_on: dt.date,
    ends_on: dt.date | None,
    source: str,
    by: User,
    at: dt.datetime,
    reason: str,
    stands_because: str = "",
) -> Tenure:
    """Puts right what was recorded wrongly: who, from when, until when, how we know. What stood there is kept.

    Service that comes to light can show a later term, decided since, to be beyond the policy. What was served is a fact
    and is recorded; but only with the justification why that term stands all the same (`stands_because`), and the term
    is flagged: on the board's page, and in the talent team's worklist until it ends or the committee decides again.
    Nobody corrects their own time in a seat. Raises SeatingRefused where nothing changes, no reason is given, the seat
    is taken, or the days or the source cannot be; TermsBeyond, where the justification is lacking. The tenure then
    stays as it was.
    """
    chain.hold()  # nobody adds to the same service meanwhile
    seat = Seat.objects.select_for_update(of=("self",), no_key=True).select_related("board").get(pk=tenure.seat_id)
    row = _lock(tenure)
    if not may_correct(by, row) or is_own(by, person):
        raise PermissionDenied
    if not reason.strip():
        raise SeatingRefused("Say why it is corrected.")
    if row.appointments.exists():
        raise SeatingRefused("A decision of the committee made this. Correct its row in the appointments ledger.")
    was, tenure_person = _facts(row), row.person_id
    row.person, row.starts_on, row.ends_on, row.source = person, starts_on, ends_on, Tenure.Source(source)
    now = _facts(row)
    if now == was:
        raise SeatingRefused("Nothing is different from what is recorded.")
    _check_corrected(row, seat, source_changed=now["source"] != was["source"])
    people = {row.person_id, tenure_person}
    before = beyond(people, seat.board_id)
    _save(row)
    facts = {"was": was, "now": now}
    TenureEvent.objects.create(tenure=row, kind=TenureEvent.Kind.CORRECTED, facts=facts, by=by, at=at, reason=reason)
    _flag(limits.grown(before, beyond(people, seat.board_id)), by=by, at=at, reason=stands_because.strip())
    return row


def _flag(found: limits.Standing, *, by: User, at: dt.datetime, reason: str) -> None:
    """Only with the justification why each of these terms stands."""
    if found and not reason:
        raise TermsBeyond(
            f"This shows that a term decided later is beyond the policy. {limits.in_words(found)} "
            "Say why that term stands; it is flagged on the board’s page until the committee has decided on it again."
        )
    flag(found, by=by, at=at, reason=reason)


def _facts(tenure: Tenure) -> dict[str, str | int | None]:
    return {
        "person": tenure.person_id,
        "starts_on": tenure.starts_on.isoformat(),
        "ends_on": tenure.ends_on.isoformat() if tenure.ends_on else None,
        "source": str(tenure.source),
    }


def _check_corrected(row: Tenure, seat: Seat, *, source_changed: bool) -> None:
    if source_changed:
        _check_source(seat, row.source)
    if row.end_kind and row.ends_on is None:
        raise SeatingRefused("This tenure has ended, so it needs a last day.")
    if seat.is_non_executive and row.ends_on is None:
        raise SeatingRefused("A chair’s or non-executive’s term has an end.")
    _check_dates(seat, row.starts_on, row.ends_on)


@transaction.atomic
def extend_tenure(tenure: Tenure, *, ends_on: dt.date, by: User, at: dt.datetime, reason: str) -> Tenure:
    """Moves the last day of a running term (a correction may also bring it nearer). Raises SeatingRefused."""
    row = _lock(tenure)
    if row.end_kind or row.ends_on is None:
        raise SeatingRefused("Only a term that runs and has a last day can be extended.")
    Seat.objects.select_for_update(no_key=True).get(pk=row.seat_id)
    _check_dates(row.seat, row.starts_on, ends_on)
    planned, row.ends_on = row.ends_on.isoformat(), ends_on
    _save(row)
    facts = {"ends_on": ends_on.isoformat(), "planned": planned}
    TenureEvent.objects.create(tenure=row, kind=TenureEvent.Kind.EXTENDED, facts=facts, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def void_tenure(tenure: Tenure, *, by: User, at: dt.datetime, reason: str) -> None:
    """Takes back a tenure that should never have been; its row and events stay, no page counts it any more."""
    row = _lock(tenure)
    row.void = True
    row.save(update_fields=["void"])
    TenureEvent.objects.create(tenure=row, kind=TenureEvent.Kind.VOIDED, facts={}, by=by, at=at, reason=reason)
