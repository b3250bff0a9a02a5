"""Seats that fall vacant: within which horizon, how many, and what could follow."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Q

from appointments.boards import by_person, served_until, standing_of
from appointments.models import Tenure
from appointments.models.policy import rule_on
from appointments.models.tenure import TenureQuerySet
from appointments.terms import Standing
from portal.exporting import guarded
from talent.models import Person

HORIZONS = (3, 6, 12, 18)  # months
COLUMNS = ("Trust code", "Trust", "Region", "Seat", "Name", "Term ends", "Within months", "Served", "Another term")


@dataclass(frozen=True, slots=True)
class Ending:
    """One term that ends, with what its holder has served and what the policy says of more."""

    tenure: Tenure
    within: int  # the shortest horizon it falls into, months
    served: str
    standing: Standing | None

    @property
    def another(self) -> str:
        """What another term would be."""
        if not self.tenure.seat.is_non_executive:
            return "No term limit"
        if self.standing is None:
            return "No policy on record"
        if self.standing.needs_exception:
            return "Exceptional justification needed"
        return "Rigorous review needed" if self.standing.needs_review else "Within the normal limits"


def last_day_within(day: dt.date, months: int) -> dt.date:
    return day + relativedelta(months=months)


def within(ends_on: dt.date, day: dt.date) -> int:
    return next((months for months in HORIZONS if ends_on <= last_day_within(day, months)), HORIZONS[-1])


def counts(tenures: TenureQuerySet, day: dt.date) -> dict[int, int]:
    """How many seats fall vacant by each horizon, counted from today on: one query."""
    ending = tenures.falling_vacant(day, last_day_within(day, HORIZONS[-1]))
    by = {f"m{n}": Count("pk", filter=Q(ends_on__lte=last_day_within(day, n))) for n in HORIZONS}
    found = ending.order_by().aggregate(**by)
    return {n: found[f"m{n}"] for n in HORIZONS}


def endings(tenures: Iterable[Tenure], day: dt.date) -> list[Ending]:
    """The tenures with their holders' service: four queries for any number. Seat and board must be loaded."""
    rows = list(tenures)
    rules = {kind: rule_on(day, foundation_trust=kind) for kind in (False, True)}
    people = by_person(_all_of(rows))
    found = []
    for tenure in rows:
        theirs = people[tenure.person_id, tenure.seat.board_id]
        rule = rules[not tenure.seat.board.body_appoints]
        found.append(
            Ending(
                tenure, within(tenure.ends_on or day, day), served_until(theirs, day), standing_of(tenure, theirs, rule)
            )
        )
    return found


def _all_of(rows: Sequence[Tenure]) -> Iterable[Tenure]:
    """Every tenure of these people on these boards."""
    people = Person.objects.same_as(*{t.person_id for t in rows}).values("pk")
    boards = {t.seat.board_id for t in rows}
    return Tenure.objects.filter(person__in=people, seat__board__in=boards).select_related("seat")


def table(found: Iterable[Ending]) -> Iterator[tuple[str, ...]]:
    """The list as cells, safe in a spreadsheet."""
    yield COLUMNS
    for row in found:
        yield tuple(guarded(cell) for cell in _cells(row))


def _cells(row: Ending) -> tuple[str, ...]:
    seat = row.tenure.seat
    ends_on = row.tenure.ends_on.isoformat() if row.tenure.ends_on else ""
    region = seat.board.region.name if seat.board.region else ""
    return (
        seat.board.ods_code,
        seat.board.name,
        region,
        seat.title,
        row.tenure.person.full_name,
        ends_on,
        str(row.within),
        row.served,
        row.another,
    )
