"""A board on a day, read from its seats and tenures: who sits where, since when, until when, and what is vacant."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from appointments.models import RemunerationRate, Seat, Tenure
from appointments.models.policy import rule_on
from appointments.terms import ONE_DAY, Rule, Standing, in_words, served_days, standing
from portal.models import Organisation
from talent.merging import kept_of

OnBoard = tuple[int, int]  # person's record, board


@dataclass(frozen=True, slots=True)
class Place:
    """One seat on the day: its holder, or since when it has been empty."""

    seat: Seat
    tenure: Tenure | None
    vacant_since: dt.date | None = None
    following: Tenure | None = None  # who is known to come next
    first_on: dt.date | None = None  # of the holder, to this seat
    served: str = ""  # on this board, up to the day
    standing: Standing | None = None
    fitness: str = ""  # one word on the holder's checks, for whoever is told
    pay: str = ""  # the rate in force for the seat, where the body appoints


@dataclass(frozen=True, slots=True)
class Count:
    """One line of the composition."""

    label: str
    seats: int
    filled: int
    vacant: int
    voting: int  # filled seats that vote
    non_voting: int


@dataclass(frozen=True, slots=True)
class Board:
    trust: Organisation
    day: dt.date
    places: Sequence[Place]
    composition: Sequence[Count]
    rule: Rule | None

    @property
    def vacancies(self) -> int:
        return sum(place.tenure is None for place in self.places)

    @property
    def majority(self) -> str:
        """Who outvotes whom today: non-executives, the chair among them, or executives."""
        voters = [place for place in self.places if place.tenure and place.seat.voting]
        non_executive = sum(place.seat.is_non_executive for place in voters)
        counts = f"{non_executive} non-executive and {len(voters) - non_executive} executive members vote"
        if 2 * non_executive > len(voters):
            return f"{counts}: non-executives have the majority."
        if 2 * non_executive < len(voters):
            return f"{counts}: executives have the majority."
        return f"{counts}: neither has the majority."


def board_of(trust: Organisation, day: dt.date) -> Board:
    """Five queries at most, however large the board."""
    seats = sorted(Seat.objects.filter(board=trust).open_on(day), key=lambda seat: seat.place)
    tenures = list(Tenure.objects.filter(seat__board=trust).select_related("seat", "person").order_by("starts_on"))
    rule = rule_on(day, foundation_trust=not trust.body_appoints)
    in_seat: dict[int, list[Tenure]] = defaultdict(list)
    for tenure in tenures:
        in_seat[tenure.seat_id].append(tenure)
    people = by_person(tenures)
    # The rates on record are those of NHS trusts; a foundation trust sets its own.
    rates = list(RemunerationRate.objects.in_force(day)) if trust.body_appoints else []
    places = [
        replace(_place(seat, in_seat[seat.pk], people, day, rule), pay=pay_in_words(seat, rates)) for seat in seats
    ]
    return Board(trust=trust, day=day, places=places, composition=_composition(places), rule=rule)


def day_shown(trust: Organisation, today: dt.date) -> dt.date:
    """Today, or for a trust that has closed its last day."""
    return min(today, trust.closed_on - ONE_DAY) if trust.closed_on else today


def by_person(tenures: Iterable[Tenure]) -> Mapping[OnBoard, list[Tenure]]:
    """The tenures of each person on each board, oldest first, by any record of theirs. Seats must be loaded.

    One query: which records are whose.
    """
    rows = sorted(tenures, key=lambda t: t.starts_on)
    kept = kept_of({t.person_id for t in rows})
    found: dict[OnBoard, list[Tenure]] = defaultdict(list)
    for tenure in rows:
        found[kept[tenure.person_id], tenure.seat.board_id].append(tenure)
    records: dict[int, list[int]] = defaultdict(list)
    for record, top in kept.items():
        records[top].append(record)
    return {(record, board): theirs for (top, board), theirs in found.items() for record in records[top]}


def standing_of(tenure: Tenure, theirs: Iterable[Tenure], rule: Rule | None) -> Standing | None:
    """Where a chair or non-executive stands when `tenure` ends; None for an executive or without a policy."""
    if rule is None or not tenure.seat.is_non_executive:
        return None
    spells = [t.spell(until=tenure.ends_on or t.starts_on) for t in theirs if t.starts_on <= tenure.starts_on]
    return standing(spells, rule, board_id=tenure.seat.board_id, post=tenure.seat.role)


def pay_in_words(seat: Seat, rates: Iterable[RemunerationRate]) -> str:
    """What the rates in force give the seat: one amount, or from the lowest to the highest of its groups."""
    mine = [rate for rate in rates if rate.role == seat.role]
    given = [pounds for rate in mine for pounds in (rate.amount, rate.lower_quartile, rate.upper_quartile) if pounds]
    if not given:
        return ""
    if min(given) == max(given):
        return f"£{given[0]:,} a year"
    return f"£{min(given):,} to £{max(given):,} a year, by the trust’s size"


def served_until(theirs: Iterable[Tenure], day: dt.date) -> str:
    """How long somebody has served on a board up to a day, in words."""
    return in_words(served_days([t.spell(until=day) for t in theirs], until=day))


def _place(
    seat: Seat, history: Sequence[Tenure], people: Mapping[OnBoard, list[Tenure]], day: dt.date, rule: Rule | None
) -> Place:
    now = next((t for t in history if t.starts_on <= day and (t.ends_on is None or t.ends_on >= day)), None)
    following = next((t for t in history if t.starts_on > day), None)
    if now is None:
        left = [t.ends_on for t in history if t.ends_on and t.ends_on < day]
        return Place(seat, None, max(left) + ONE_DAY if left else seat.opened_on, following)
    theirs = people[now.person_id, seat.board_id]
    return Place(
        seat=seat,
        tenure=now,
        following=following,
        first_on=min(t.starts_on for t in theirs if t.seat_id == seat.pk),
        served=served_until(theirs, day),
        standing=standing_of(now, theirs, rule),
    )


def _composition(places: Sequence[Place]) -> list[Count]:
    groups = {
        "Chair and non-executive directors": [p for p in places if p.seat.is_non_executive],
        "Executive directors": [p for p in places if not p.seat.is_non_executive],
        "Whole board": list(places),
    }
    return [_count(label, group) for label, group in groups.items()]


def _count(label: str, places: Sequence[Place]) -> Count:
    filled = [p for p in places if p.tenure]
    voting = sum(p.seat.voting for p in filled)
    return Count(label, len(places), len(filled), len(places) - len(filled), voting, len(filled) - voting)
