"""What is published together in the equality report of a year, and whether it has closed.

A scheme's intakes that closed in the year are one unit, campaigns being the intakes of one scheme; the boards on the
year's last day are another. Units never share an application, and nothing is added up across them (docs/adr/0014).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.conf import settings

from appointments.models import Seat, Tenure
from appointments.years import ReportingYear
from portal.words import LONDON
from programmes.models import Intake, Scheme
from talent import equality, stages
from talent.equality import People, Unit
from talent.models import EqualityTable
from talent.passing import Step
from talent.published import WRES
from talent.stages import STAGES

BOARDS = "boards"
# The national indicator before all others, then each stage after the one before it, then all who applied.
STEPS = (WRES, *(Step(before.key, after.key) for before, after in pairwise(STAGES)), Step("applied", "appointed"))
NOT_OVER = "The year has not ended."
TAKES_ANSWERS = "Its last intake still takes answers."
UNDECIDED = "Some applications are still undecided; a figure that moved would give the next one away."


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one unit stands: published, ready to be, or why not yet."""

    key: str
    title: str
    is_published: bool
    why_not: str = ""

    @property
    def is_ready(self) -> bool:
        return not self.is_published and not self.why_not


def standings(year: ReportingYear, *, at: dt.datetime) -> list[Standing]:
    """Every unit of the year, schemes by name and the boards last."""
    over = at.astimezone(LONDON).date() > year.last_on
    found = [
        _standing(_key(scheme), f"{scheme}, {year}", year, NOT_OVER if not over else _why_not(intakes, at))
        for scheme, intakes in _intakes(year).items()
    ]
    return [*found, _standing(BOARDS, _boards_title(year), year, "" if over else NOT_OVER)]


def years(*, at: dt.datetime) -> list[ReportingYear]:
    """The reporting years in which an intake closed or something was published, the newest first. Two queries."""
    closed = Intake.objects.closed(at).order_by().values_list("closes_at", flat=True)
    published = EqualityTable.objects.order_by().values_list("year_starts", flat=True).distinct()
    by_closing = {ReportingYear.of(closes_at.astimezone(LONDON).date()) for closes_at in closed}
    return sorted(by_closing | {ReportingYear(starts) for starts in published}, reverse=True)


def _standing(key: str, title: str, year: ReportingYear, why_not: str) -> Standing:
    return Standing(key, title, equality.is_published(key, year.starts), why_not)


def _why_not(intakes: list[Intake], at: dt.datetime) -> str:
    if any(equality.takes_answers_until(intake) > at for intake in intakes):
        return TAKES_ANSWERS
    return "" if stages.are_settled(intakes) else UNDECIDED


def ready_units(year: ReportingYear, *, at: dt.datetime) -> list[Unit]:
    ready = {standing.key for standing in standings(year, at=at) if standing.is_ready}
    schemes = [_of_scheme(scheme, intakes, year) for scheme, intakes in _intakes(year).items() if _key(scheme) in ready]
    return [*schemes, *([of_boards(year)] if BOARDS in ready else [])]


def _key(scheme: Scheme) -> str:
    return f"scheme:{scheme.slug}"


def _intakes(year: ReportingYear) -> dict[Scheme, list[Intake]]:
    """Those that closed in the year and to which anybody applied, by scheme; a pair is not asked. One query."""
    first = dt.datetime.combine(year.first_on, dt.time(), tzinfo=LONDON)
    after = dt.datetime.combine(year.last_on + dt.timedelta(days=1), dt.time(), tzinfo=LONDON)
    closed = Intake.objects.filter(closes_at__gte=first, closes_at__lt=after, applications__submitted_at__isnull=False)
    found: dict[Scheme, list[Intake]] = defaultdict(list)
    asked = closed.exclude(scheme__track=Scheme.Track.AWARD)
    for intake in asked.distinct().select_related("scheme").order_by("scheme__name", "pk"):
        found[intake.scheme].append(intake)
    return found


def _of_scheme(scheme: Scheme, intakes: list[Intake], year: ReportingYear) -> Unit:
    groups, around = [], None
    for stage, members in stages.reached(intakes):
        groups.append(People(stage.key, stage.label, around, equality.subjects_of(members)))
        around = stage.key
    title = f"{scheme}, {year}"
    return Unit(_key(scheme), year.starts, title, tuple(groups), STEPS, settings.DEMONSTRATION)


def _boards_title(year: ReportingYear) -> str:
    return f"Boards on {year.last_on:%-d %B %Y}"


def of_boards(year: ReportingYear) -> Unit:
    """Voting members of all trusts' boards: all, by kind of seat, and each kind by region. One query.

    Somebody with several seats is counted once, by the first in a board's own order, so that no two groups overlap.
    """
    sitting = Tenure.objects.sitting_on(year.last_on).filter(seat__voting=True)
    rows = sitting.select_related("person", "seat__board__region").order_by("seat__board__ods_code", "pk")
    seat_of: dict[str, Seat] = {}
    for tenure in sorted(rows, key=lambda one: one.seat.place):
        seat_of.setdefault(equality.subject_of(tenure.person), tenure.seat)
    groups = tuple(_board_groups(seat_of))
    return Unit(BOARDS, year.starts, _boards_title(year), groups, is_demonstration=settings.DEMONSTRATION)


def _board_groups(seat_of: dict[str, Seat]) -> Iterable[People]:
    yield People("all", "All voting members", None, frozenset(seat_of))
    kinds = (("non-executive", "Chairs and non-executives", True), ("executive", "Executive directors", False))
    for key, label, non_executive in kinds:
        mine = {who: str(seat.board.region) for who, seat in seat_of.items() if seat.is_non_executive == non_executive}
        yield People(key, label, "all", frozenset(mine))
        for region in sorted(set(mine.values())):
            there = frozenset(who for who, where in mine.items() if where == region)
            yield People(f"{key}:{region}", f"{label}, {region}", key, there)
