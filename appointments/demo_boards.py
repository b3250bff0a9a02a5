"""Boards for the demonstration: every trust of 2017/18 with its seats, and who sat in them until today or its end.

Thousands of tenures are laid in bulk; each gets the ledger row that the act would have written, at its time. Seats that
the committees deal with in the year are laid up to it; load_since() goes on where their decisions end.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random

from dateutil.relativedelta import relativedelta

from appointments.demo_plots import YEAR_ENDS, Plot, incumbents, plan
from appointments.models import Seat, Tenure, TenureEvent
from appointments.terms import ONE_DAY, last_day_of
from portal.demo import SEED, Stage, london
from portal.demo_people import YEAR_BEGINS
from portal.models import Membership, Organisation, User
from portal.names import folded
from talent.models import Person

EXECUTIVES = (
    (Seat.Role.CHIEF_EXECUTIVE, True),
    (Seat.Role.FINANCE, True),
    (Seat.Role.MEDICAL, True),
    (Seat.Role.NURSING, True),
    (Seat.Role.OPERATING, True),
    (Seat.Role.WORKFORCE, False),
)
NEDS = (5, 6, 7)
# The first terms shown began in these years; their holders came with the first load.
FIRST_YEARS = (2013, 2014, 2015, 2016)
SHARES = {"second term": 0.68, "vacant for a while": 0.16, "leaves early": 0.08, "executive acts up": 0.06}
# Whoever begins by then was decided about within the year, and those decisions are in the ledger.
FIRST_SINCE = YEAR_ENDS + relativedelta(months=2) + ONE_DAY
NOT_HELD = "Decided after 2017/18: the demonstration holds the decisions of that year only."
LEAVING = (Tenure.End.RESIGNATION, Tenure.End.RESIGNATION, Tenure.End.MOVE, Tenure.End.DEATH)


@dataclass(slots=True)
class Laid:
    """What one seat adds: its tenures in order, each with what was planned when it began."""

    tenures: list[Tenure] = field(default_factory=list)
    planned: list[dt.date | None] = field(default_factory=list)

    def add(self, tenure: Tenure, planned: dt.date | None) -> None:
        self.tenures.append(tenure)
        self.planned.append(planned)


def load_boards(stage: Stage) -> None:
    """A chance of its own, so that boards change nothing for the rest of the year.

    Leaves on the stage the seats that the body filled in the year, and what is planned for each of them.
    """
    chance, today = Random(SEED), stage.at.date()
    trusts = Organisation.objects.trusts().exclude(closed_on__lte=YEAR_BEGINS).order_by("ods_code")
    seats = [seat for trust in trusts for seat in _seats(trust, chance)]
    Seat.objects.bulk_create(seats)
    filled_by_us = [seat for seat in seats if seat.board.body_appoints and seat.board.closed_on is None]
    plots = plan(filled_by_us, Random(SEED + 5))
    by_decision = {seat.pk for seat in filled_by_us if seat.is_non_executive} | set(plots)
    stage.left["plots"], stage.left["by_decision"] = list(plots.values()), by_decision
    laid = [
        _lay_before(stage, seat, plots.get(seat.pk), chance)
        if seat.pk in by_decision
        else _lay(stage, seat, chance, today)
        for seat in stage.progress(seats, "Seats of the boards")
    ]
    _keep(stage, laid)


def load_since(stage: Stage) -> None:
    """From the year's last day until today, in the seats that load_boards left to the committees' decisions."""
    chance, today = Random(SEED + 6), stage.at.date()
    tenures = Tenure.objects.filter(seat__in=stage.left["by_decision"]).select_related("seat__board", "person__user")
    by_seat: dict[int, list[Tenure]] = {}
    for tenure in tenures.order_by("seat__board__ods_code", "seat", "starts_on"):
        by_seat.setdefault(tenure.seat_id, []).append(tenure)
    _keep(stage, [_lay_since(stage, there, chance, today) for there in by_seat.values()])


def _keep(stage: Stage, laid: list[Laid]) -> None:
    """Saves people, tenures and the rows that the acts would have written."""
    clerk, tenures = stage.accounts["talent_team"], [tenure for one in laid for tenure in one.tenures]
    _let_known_people_sit(laid, stage.at.date())
    people = {id(tenure.person): tenure.person for tenure in tenures}.values()
    Person.objects.bulk_update([p for p in people if p.pk], ["user", "full_name", "sort_name", "email"])
    Person.objects.bulk_create([p for p in people if not p.pk], batch_size=2000)
    Tenure.objects.bulk_create(tenures, batch_size=2000)
    events = [event for one in laid for event in _events(one, clerk, stage.at)]
    TenureEvent.objects.bulk_create(events, batch_size=2000)


def _seats(trust: Organisation, chance: Random) -> Iterator[Seat]:
    opened = trust.opened_on or dt.date(2013, 4, 1)
    neds = chance.choice(NEDS)
    designations = {1: Seat.Designation.AUDIT_CHAIR, 2: Seat.Designation.VICE_CHAIR, 3: Seat.Designation.QUALITY_CHAIR}
    if not trust.body_appoints:
        designations[4] = Seat.Designation.SENIOR_INDEPENDENT
    yield Seat(board=trust, role=Seat.Role.CHAIR, days_a_month=12, opened_on=opened)
    for number in range(1, neds + 1):
        designation = designations.get(number, "")
        yield Seat(
            board=trust,
            role=Seat.Role.NED,
            number=number,
            designation=designation,
            days_a_month="2.5",
            opened_on=opened,
        )
    for role, voting in EXECUTIVES:
        yield Seat(board=trust, role=role, voting=voting, opened_on=opened)


def _lay(stage: Stage, seat: Seat, chance: Random, today: dt.date) -> Laid:
    first = max(seat.opened_on, dt.date(chance.choice(FIRST_YEARS), chance.randint(1, 12), 1))
    make = _non_executives if seat.is_non_executive else _executives
    return _until(today, seat.board, make(stage, seat, chance, first))


def _until(today: dt.date, board: Organisation, holders: Iterable[tuple[Tenure, dt.date | None]]) -> Laid:
    laid = Laid()
    for tenure, planned in holders:
        # Who comes next is known two months ahead.
        if tenure.starts_on - relativedelta(months=2) > today or _is_over(board, tenure):
            break
        laid.add(tenure, planned)
    return laid


def _lay_before(stage: Stage, seat: Seat, plot: Plot | None, chance: Random) -> Laid:
    """Who sat there when the boards were loaded, with the day of the first appointment."""
    laid, person = Laid(), _person(stage, seat)
    for first, last in incumbents(seat, plot, chance):
        laid.add(_tenure(seat, person, first, last), last)
    if not seat.is_non_executive:
        laid.tenures[-1].end_kind, laid.planned[-1] = Tenure.End.MOVE, None
    return laid


def _lay_since(stage: Stage, there: list[Tenure], chance: Random, today: dt.date) -> Laid:
    """Most who have served one term get a second; nobody new is decided about in what was left of the year."""
    last = there[-1]
    seat, person = last.seat, last.person
    if not seat.is_non_executive:
        return _until(today, seat.board, _executives_since(stage, last, chance))
    first = max(last.ends_on + ONE_DAY, FIRST_SINCE)
    first_term = [tenure.person_id for tenure in there].count(person.pk) == 1 and not last.end_kind
    if first == last.ends_on + ONE_DAY and first_term and chance.random() < SHARES["second term"]:
        return _until(today, seat.board, _non_executives(stage, seat, chance, first, person))
    return _until(today, seat.board, _non_executives(stage, seat, chance, _after_a_gap(chance, first)))


def _executives_since(stage: Stage, last: Tenure, chance: Random) -> Iterator[tuple[Tenure, dt.date | None]]:
    """The one appointed in the year stays, unless acting; then somebody follows."""
    if last.ends_on is not None:
        yield from _executives(stage, last.seat, chance, max(last.ends_on + ONE_DAY, FIRST_SINCE))


def _is_over(board: Organisation, tenure: Tenure) -> bool:
    """Cuts a tenure to the trust's last day; True when the trust was gone before it began."""
    if board.closed_on is None:
        return False
    last = board.closed_on - ONE_DAY
    if tenure.ends_on is None or tenure.ends_on > last:
        tenure.ends_on, tenure.end_kind = last, ""
    return tenure.starts_on > last


def _person(stage: Stage, seat: Seat) -> Person:
    name = stage.new_name()
    at = london(YEAR_BEGINS)
    return Person(full_name=name, sort_name=folded(name), region=seat.board.region, created_at=at)


def _source(seat: Seat, starts_on: dt.date) -> str:
    """The year's own decisions are made by the acts; only what lies after it is laid as decided."""
    if starts_on >= YEAR_BEGINS and not seat.board.body_appoints:
        return Tenure.Source.NOTICE
    decided = seat.is_non_executive and starts_on >= FIRST_SINCE
    return Tenure.Source.DECISION if decided else Tenure.Source.FIRST_LOAD


def _tenure(seat: Seat, person: Person, first: dt.date, last: dt.date | None) -> Tenure:
    source = _source(seat, first)
    note = NOT_HELD if source == Tenure.Source.DECISION else ""
    return Tenure(seat=seat, person=person, starts_on=first, ends_on=last, source=source, source_note=note)


def _non_executives(
    stage: Stage, seat: Seat, chance: Random, first: dt.date, going_on: Person | None = None
) -> Iterator[tuple[Tenure, dt.date | None]]:
    """One holder after another: a term of two to four years, most of them a second, now and then a gap.

    Somebody `going_on` has served one term and begins with the second.
    """
    while True:
        person = going_on or _person(stage, seat)
        for _ in range(2 if not going_on and chance.random() < SHARES["second term"] else 1):
            planned = last_day_of(first, chance.choice((24, 36, 36, 48, 48, 48)))
            tenure = _tenure(seat, person, first, planned)
            early = first + dt.timedelta(days=chance.randint(200, 600))
            left = chance.random() < SHARES["leaves early"] and early <= stage.at.date()
            if left:
                tenure.ends_on, tenure.end_kind = early, chance.choice(LEAVING)
            yield tenure, planned
            first = (tenure.ends_on or planned) + ONE_DAY
            if left:
                break
        going_on = None
        first = _after_a_gap(chance, first)


def _after_a_gap(chance: Random, first: dt.date) -> dt.date:
    if chance.random() >= SHARES["vacant for a while"]:
        return first
    return first + relativedelta(months=chance.randint(2, 9))


def _executives(stage: Stage, seat: Seat, chance: Random, first: dt.date) -> Iterator[tuple[Tenure, dt.date | None]]:
    """Two to eight years each, without a planned end; sometimes somebody acts up in between."""
    while True:
        last = first + relativedelta(months=chance.randint(24, 96))
        tenure = _tenure(seat, _person(stage, seat), first, last)
        if last > stage.at.date():
            tenure.ends_on = None
            yield tenure, None
            return
        tenure.end_kind = chance.choice((Tenure.End.MOVE, Tenure.End.RESIGNATION))
        yield tenure, None
        first = _after_a_gap(chance, last + ONE_DAY)
        if chance.random() < SHARES["executive acts up"]:
            acting = _tenure(seat, _person(stage, seat), first, first + relativedelta(months=6))
            acting.acting = True
            yield acting, acting.ends_on
            first = acting.ends_on + ONE_DAY


def _let_known_people_sit(laid: list[Laid], today: dt.date) -> None:
    """The chair and the workforce director who sign in for a trust are the ones who sit on its board."""
    posts = {"Chair": Seat.Role.CHAIR, "Director of workforce": Seat.Role.WORKFORCE}
    known = Membership.objects.filter(job_title__in=posts, user__person=None).select_related("user")
    users = {(m.organisation_id, posts[m.job_title]): m.user for m in known}
    for one in laid:
        for tenure in one.tenures[-2:]:
            user = users.get((tenure.seat.board_id, tenure.seat.role))
            if user and not tenure.acting and tenure.starts_on <= today <= (tenure.ends_on or today):
                person = tenure.person
                person.user, person.full_name, person.email = user, user.full_name, user.email
                person.sort_name = user.sort_name


def _events(laid: Laid, clerk: User, now: dt.datetime) -> Iterator[TenureEvent]:
    """Begun two months before the first day (or with the first load); ended a month before the last."""
    for tenure, planned in zip(laid.tenures, laid.planned, strict=True):
        loaded = tenure.starts_on < YEAR_BEGINS
        begun = london(YEAR_BEGINS) if loaded else london(tenure.starts_on - relativedelta(months=2))
        facts = {"starts_on": tenure.starts_on.isoformat(), "ends_on": planned.isoformat() if planned else None}
        reason = "First load of the boards" if loaded else tenure.get_source_display()
        kind = TenureEvent.Kind.BEGUN
        yield TenureEvent(tenure=tenure, kind=kind, facts=facts, by=clerk, at=min(begun, now), reason=reason)
        if tenure.end_kind and tenure.ends_on:
            at = min(max(begun, london(tenure.ends_on - relativedelta(months=1))), now)
            facts = {"kind": tenure.end_kind, "last_on": tenure.ends_on.isoformat(), "planned": facts["ends_on"]}
            kind, reason = TenureEvent.Kind.ENDED, tenure.get_end_kind_display()
            yield TenureEvent(tenure=tenure, kind=kind, facts=facts, by=clerk, at=at, reason=reason)
