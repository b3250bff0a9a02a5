"""The four rules that tell special from common cause on a control chart, each with its source, in the order asked.

A value on the mean, an equal neighbour or a missing reading breaks a run. Every edge is in docs/control-charts.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

RUN = 7
NEAR = Fraction(2, 3)

Values = Sequence[Fraction | None]


class Rule(StrEnum):
    """In the order of precedence: a point is marked by the first that holds."""

    OUTSIDE_LIMITS = "outside_limits"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Centre line and how far the limits are from it; `reach` is None where no moving range is known."""

    centre: Fraction
    reach: Fraction | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`high`: of a trend whether it rises, of any other rule whether the point is above the mean."""

    rule: Rule
    high: bool


def special_causes(values: Values, bounds: Bounds) -> list[Verdict | None]:
    """For each value the first rule that marks it, None where it is common cause or missing."""
    sides = [0 if value is None else _sign(value - bounds.centre) for value in values]
    found: list[Verdict | None] = [None] * len(values)
    for row in RULES:
        for place, side in row.marks(values, sides, bounds).items():
            found[place] = found[place] or Verdict(row.rule, side > 0)
    return found


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def _outside(values: Values, sides: Sequence[int], bounds: Bounds) -> dict[int, int]:
    return {place: sides[place] for place in _beyond(values, bounds, Fraction(1))}


def _beyond(values: Values, bounds: Bounds, share: Fraction) -> list[int]:
    """Places of the values further from the centre than `share` of the limits' reach."""
    if bounds.reach is None:
        return []
    edge = bounds.reach * share
    return [place for place, value in enumerate(values) if value is not None and abs(value - bounds.centre) > edge]


def _trend(values: Values, sides: Sequence[int], bounds: Bounds) -> dict[int, int]:
    """Seven readings, each above the one before, or each below. Where two trends meet, the later one has the point."""
    steps = [0 if earlier is None or later is None else _sign(later - earlier) for earlier, later in pairwise(values)]
    marked: dict[int, int] = {}
    for last in range(RUN - 1, len(values)):
        window = steps[last - RUN + 1 : last]
        if abs(sum(window)) == RUN - 1:
            marked |= dict.fromkeys(range(last - RUN + 1, last + 1), window[0])
    return marked


def _two_of_three(values: Values, sides: Sequence[int], bounds: Bounds) -> dict[int, int]:
    """At least two of three neighbours beyond two thirds of the way to the limits, all three on one side."""
    far = set(_beyond(values, bounds, NEAR))
    marked: dict[int, int] = {}
    for first in range(len(values) - 2):
        three = range(first, first + 3)
        if abs(sum(sides[first : first + 3])) == 3 and len(far.intersection(three)) >= 2:
            marked |= {place: sides[place] for place in far.intersection(three)}
    return marked


def _shift(values: Values, sides: Sequence[int], bounds: Bounds) -> dict[int, int]:
    """Seven readings in a row on one side of the mean."""
    marked: dict[int, int] = {}
    for last in range(RUN, len(sides) + 1):
        if abs(sum(sides[last - RUN : last])) == RUN:
            marked |= dict.fromkeys(range(last - RUN, last), sides[last - 1])
    return marked


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule: how it marks places (+1 high, -1 low), and who laid it down."""

    rule: Rule
    marks: Callable[[Values, Sequence[int], Bounds], dict[int, int]]
    source: str


MAKING_DATA_COUNT = "NHS England and NHS Improvement, Making Data Count (2019)"
PLOT_THE_DOTS = "the NHS-R community's NHSRplotthedots"

RULES = (
    RuleRow(
        Rule.OUTSIDE_LIMITS,
        _outside,
        f"Shewhart, Economic Control of Quality of Manufactured Product (1931); {MAKING_DATA_COUNT}",
    ),
    RuleRow(
        Rule.TREND,
        _trend,
        f"{MAKING_DATA_COUNT}; that an equal neighbour ends it, and all seven count: {PLOT_THE_DOTS}",
    ),
    RuleRow(
        Rule.TWO_OF_THREE,
        _two_of_three,
        "Western Electric, Statistical Quality Control Handbook (1956); "
        f"that all three lie on one side, and only the far ones count: {PLOT_THE_DOTS}",
    ),
    RuleRow(
        Rule.SHIFT,
        _shift,
        f"{MAKING_DATA_COUNT}; that a value on the mean ends it, and all seven count: {PLOT_THE_DOTS}",
    ),
)
