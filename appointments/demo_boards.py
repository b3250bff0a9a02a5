"""Boards for the demonstration: every trust of 2017/18 with its seats, and who sat in them until today or its end.

Thousands of tenures are laid in bulk; each gets the ledger row that the act would have written, at its time.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from dateutil.relativedelta import relativedelta

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
LEAVING = (Tenure.End.RESIGNATION, Tenure.End.RESIGNATION, Tenure.End.MOVE, Tenure.End.DEATH)


@dataclass(slots=True)
class Laid:
    """What one seat adds: its tenures in order, each with what was planned when it began."""

    tenures: list[Tenure]
    planned: list[dt.date | None]


def load_boards(stage: Stage) -> None:
    """A chance of its own, so that boards change nothing for the rest of the year."""
    chance, today = Random(SEED), stage.at.date()
    trusts = Organisation.objects.trusts().exclude(closed_on__lte=YEAR_BEGINS).order_by("ods_code")
    seats = [seat for trust in trusts for seat in _seats(trust, chance)]
    Seat.objects.bulk_create(seats)
    laid = [_lay(stage, seat, chance, today) for seat in stage.progress(seats, "Seats of the boards")]
    tenures = [tenure for one in laid for tenure in one.tenures]
    _let_known_people_sit(laid, today)
    Person.objects.bulk_create({id(t.person): t.person for t in tenures}.values(), batch_size=2000)
    Tenure.objects.bulk_create(tenures, batch_size=2000)
    clerk = stage.accounts["talent_team"]
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
    laid = Laid([], [])
    first = max(seat.opened_on, dt.date(chance.choice(FIRST_YEARS), chance.randint(1, 12), 1))
    make = _non_executives if seat.is_non_executive else _executives
    for tenure, planned in make(stage, seat, chance, first):
        # Who comes next is known two months ahead.
        if tenure.starts_on - relativedelta(months=2) > today or _is_over(seat.board, tenure):
            break
        laid.tenures.append(tenure)
        laid.planned.append(planned)
    return laid


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
    if starts_on < YEAR_BEGINS:
        return Tenure.Source.FIRST_LOAD
    return Tenure.Source.DECISION if seat.board.body_appoints else Tenure.Source.NOTICE


def _tenure(seat: Seat, person: Person, first: dt.date, last: dt.date | None) -> Tenure:
    return Tenure(seat=seat, person=person, starts_on=first, ends_on=last, source=_source(seat, first))


def _non_executives(
    stage: Stage, seat: Seat, chance: Random, first: dt.date
) -> Iterator[tuple[Tenure, dt.date | None]]:
    """One holder after another: a term of two to four years, most of them a second, now and then a gap."""
    while True:
        person = _person(stage, seat)
        for _ in range(2 if chance.random() < SHARES["second term"] else 1):
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
        loaded = tenure.source == Tenure.Source.FIRST_LOAD
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
