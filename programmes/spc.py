"""Control charts of single values over time (XmR, "plot the dots"): numbers in, frozen dataclasses out.

Each number stands with its source; the rules that mark points, with theirs, are in spc_rules.py. Worked in fractions,
so that a point on the mean is on it, not a rounding beside it.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from programmes.spc_rules import MAKING_DATA_COUNT, PLOT_THE_DOTS, Bounds, Rule, Verdict, special_causes


@dataclass(frozen=True, slots=True)
class Sourced:
    """A number that a chart rests on, and who laid it down."""

    value: Fraction
    source: str


# Three standard errors in terms of the mean moving range of two: 3 / 1.128.
LIMIT = Sourced(Fraction(266, 100), "Wheeler, Understanding Variation (1993): 2.66 is 3 divided by 1.128")
# The upper limit of a moving range, in terms of their mean.
SCREEN = Sourced(
    Fraction(3267, 1000),
    "Nelson, Control charts for individual measurements (Journal of Quality Technology, 1982); "
    f"once, not again and again: {PLOT_THE_DOTS}",
)
# Under so many points the limits still move with each new one.
ENOUGH_POINTS = Sourced(Fraction(13), f"{PLOT_THE_DOTS}: limits on fewer than 13 points are trial limits")
REBASE_SOURCE = f"{MAKING_DATA_COUNT}: only where it is known why the process changed, and it has stayed so"
ASSURANCE_SOURCE = f"{MAKING_DATA_COUNT}: the target against the limits in force; on a limit it is hit and miss"

Number = Decimal | int | float
Reading = tuple[dt.date, Number | None]


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NEUTRAL = "neutral"


class Kind(StrEnum):
    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"


class Assurance(StrEnum):
    """Whether a process as it is will meet its target."""

    PASSES = "consistently_passes"
    FAILS = "consistently_fails"
    HIT_AND_MISS = "hit_and_miss"


@dataclass(frozen=True, slots=True)
class Point:
    """One reading. `rule` is the first that marks it, None for common cause; `high` is which way it points."""

    date: dt.date
    value: float
    kind: Kind
    rule: Rule | None
    high: bool | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch with its own limits: the whole series, or what lies between two rebasings.

    `lower` and `upper` are None where no two readings follow each other. `trial`: fewer than 13 readings.
    """

    centre: float
    lower: float | None
    upper: float | None
    trial: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ControlChart:
    """The series as read: `segments` in order, `missing` dates that have no value."""

    direction: Direction
    target: float | None
    segments: tuple[Segment, ...]
    missing: tuple[dt.date, ...]
    assurance: Assurance | None

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(point for segment in self.segments for point in segment.points)

    @property
    def now(self) -> Segment:
        """The limits in force."""
        return self.segments[-1]


def control_chart(
    readings: Iterable[Reading],
    *,
    direction: Direction,
    target: Number | None = None,
    rebase_on: Collection[dt.date] = (),
) -> ControlChart:
    """Reads a series, in any order; a value of None is a missing reading.

    In a monthly series a month that is left out is missing too. No moving range and no run goes over a missing reading
    or a rebasing. Raises ValueError for two readings of one date, and where there is no value at all.
    """
    series = in_order(readings)
    stretches = [stretch for stretch in _stretches(series, sorted(rebase_on)) if any(v is not None for _, v in stretch)]
    if not stretches:
        raise ValueError("there is no value to chart")
    aim = None if target is None else exact(target)
    bounds = [_bounds([value for _, value in stretch]) for stretch in stretches]
    return ControlChart(
        direction=direction,
        target=None if aim is None else float(aim),
        segments=tuple(_segment(*pair, direction) for pair in zip(stretches, bounds, strict=True)),
        missing=tuple(date for date, value in series if value is None),
        assurance=_assurance(bounds[-1], aim, direction),
    )


Series = list[tuple[dt.date, Fraction | None]]


def exact(value: Number) -> Fraction:
    """As it was written."""
    # A float says what it prints: 0.1 is a tenth.
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def in_order(readings: Iterable[Reading]) -> Series:
    """By date, with the months that a monthly series leaves out. Raises ValueError for two readings of one date."""
    known: dict[dt.date, Fraction | None] = {}
    for date, value in readings:
        if date in known:
            raise ValueError(f"{date:%Y-%m-%d} has two readings")
        known[date] = None if value is None else exact(value)
    return sorted((known | dict.fromkeys(_months_left_out(sorted(known)))).items())


def _months_left_out(dates: Sequence[dt.date]) -> list[dt.date]:
    """The first days of months between two readings of a monthly series; none where it is not monthly.

    Monthly: three readings or more, each in another month, and most of them in the month after the one before.
    """
    months = [date.year * 12 + date.month - 1 for date in dates]
    steps = [later - earlier for earlier, later in pairwise(months)]
    if len(dates) < 3 or 0 in steps or steps.count(1) * 2 < len(steps):
        return []
    left_out = set(range(months[0], months[-1])) - set(months)
    return [dt.date(month // 12, month % 12 + 1, 1) for month in left_out]


def _stretches(series: Series, rebase_on: Sequence[dt.date]) -> list[Series]:
    """Cut before the first reading on or after each date."""
    edges = [dt.date.min, *rebase_on, dt.date.max]
    return [[reading for reading in series if first <= reading[0] < last] for first, last in pairwise(edges)]


def _bounds(values: Sequence[Fraction | None]) -> Bounds:
    known = [value for value in values if value is not None]
    centre = sum(known, Fraction(0)) / len(known)
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if not ranges:
        return Bounds(centre, None)
    mean = _mean(ranges)
    return Bounds(centre, LIMIT.value * _mean([each for each in ranges if each <= SCREEN.value * mean]))


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _segment(stretch: Series, bounds: Bounds, direction: Direction) -> Segment:
    verdicts = special_causes([value for _, value in stretch], bounds)
    points = tuple(
        Point(
            date,
            float(value),
            kind_of(verdict, direction),
            verdict.rule if verdict else None,
            verdict.high if verdict else None,
        )
        for (date, value), verdict in zip(stretch, verdicts, strict=True)
        if value is not None
    )
    return Segment(
        centre=float(bounds.centre),
        lower=None if bounds.reach is None else float(bounds.centre - bounds.reach),
        upper=None if bounds.reach is None else float(bounds.centre + bounds.reach),
        trial=len(points) < ENOUGH_POINTS.value,
        points=points,
    )


def kind_of(verdict: Verdict | None, direction: Direction) -> Kind:
    """What a marked point means where `direction` is better."""
    if verdict is None:
        return Kind.COMMON
    if direction is Direction.NEUTRAL:
        return Kind.NEUTRAL
    return Kind.IMPROVEMENT if verdict.high == (direction is Direction.UP) else Kind.CONCERN


def _assurance(bounds: Bounds, target: Fraction | None, direction: Direction) -> Assurance | None:
    """Against the limits in force; a target on a limit can be hit and missed. None without target or direction."""
    if target is None or direction is Direction.NEUTRAL or bounds.reach is None:
        return None
    if abs(target - bounds.centre) <= bounds.reach:
        return Assurance.HIT_AND_MISS
    met = (target < bounds.centre) == (direction is Direction.UP)
    return Assurance.PASSES if met else Assurance.FAILS
