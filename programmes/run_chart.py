"""Run charts: a series around its median, and the signals that need no limits. Numbers in, frozen dataclasses out.

Each rule stands with its source. How many runs chance allows is worked exactly, not looked up.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from statistics import median

from programmes.spc import ControlChart, Direction, Number, Point, Reading, Segment, exact, in_order, kind_of
from programmes.spc_rules import Rule, Verdict

SHIFT, TREND = 6, 5
TAIL = Fraction(25, 1000)
# Under so many useful readings the number of runs says nothing.
ENOUGH_FOR_RUNS = 10

PERLA = (
    "Perla, Provost and Murray, The run chart: a simple analytical tool for learning from variation in healthcare "
    "processes (BMJ Quality and Safety, 2011)"
)
SOURCES = {
    Rule.SHIFT: f"{PERLA}: a value on the median neither counts nor breaks",
    Rule.TREND: f"{PERLA}: of equal neighbours the first counts",
}
RUNS_SOURCE = (
    f"{PERLA}; how many chance gives: Wald and Wolfowitz (1940), at 2.5% on each side as in the tables of "
    "Swed and Eisenhart (1943)"
)


@dataclass(frozen=True, slots=True)
class Runs:
    """How often the series crosses its median, plus one. `fewest` and `most`: what chance allows.

    `useful`: readings that are not on the median. The bounds are None with fewer than ten of these.
    """

    number: int
    useful: int
    fewest: int | None
    most: int | None

    @property
    def too_few(self) -> bool:
        return self.fewest is not None and self.number < self.fewest

    @property
    def too_many(self) -> bool:
        return self.most is not None and self.number > self.most


@dataclass(frozen=True, slots=True)
class RunChart:
    """The series as read; each point's rule is `shift`, `trend` or none."""

    direction: Direction
    target: float | None
    median: float
    points: tuple[Point, ...]
    missing: tuple[dt.date, ...]
    runs: Runs

    def as_control_chart(self) -> ControlChart:
        """The same to be drawn: one stretch around the median, without limits."""
        segment = Segment(centre=self.median, lower=None, upper=None, trial=False, points=self.points)
        return ControlChart(self.direction, self.target, (segment,), self.missing, None)


def run_chart(readings: Iterable[Reading], *, direction: Direction, target: Number | None = None) -> RunChart:
    """Reads a series, in any order; a value of None, or a month left out of a monthly series, is a missing reading.

    Raises ValueError for two readings of one date, and where there is no value at all.
    """
    series = in_order(readings)
    known = [value for _, value in series if value is not None]
    if not known:
        raise ValueError("there is no value to chart")
    middle = Fraction(median(known))
    values = [value for _, value in series]
    verdicts = _verdicts(values, middle)
    points = tuple(
        Point(
            date,
            float(value),
            kind_of(verdict, direction),
            verdict.rule if verdict else None,
            verdict.high if verdict else None,
        )
        for (date, value), verdict in zip(series, verdicts, strict=True)
        if value is not None
    )
    return RunChart(
        direction,
        None if target is None else float(exact(target)),
        float(middle),
        points,
        tuple(date for date, value in series if value is None),
        _runs(known, middle),
    )


def _verdicts(values: Sequence[Fraction | None], middle: Fraction) -> list[Verdict | None]:
    """A shift goes before a trend."""
    found: list[Verdict | None] = [None] * len(values)
    for rule, marked in ((Rule.SHIFT, _shift(values, middle)), (Rule.TREND, _trend(values))):
        for place, high in marked.items():
            found[place] = found[place] or Verdict(rule, high)
    return found


def _shift(values: Sequence[Fraction | None], middle: Fraction) -> dict[int, bool]:
    """Six or more on one side; a value on the median neither counts nor breaks, a missing one breaks."""
    marked: dict[int, bool] = {}
    run: list[int] = []
    side: bool | None = None
    for place, value in enumerate(values):
        if value == middle:
            continue
        above = None if value is None else value > middle
        if above is None or above != side:
            run, side = [], above
        if above is not None:
            run.append(place)
            if len(run) >= SHIFT:
                marked |= dict.fromkeys(run, above)
    return marked


def _trend(values: Sequence[Fraction | None]) -> dict[int, bool]:
    """Five or more going one way; of equal neighbours only the first counts, a missing reading breaks."""
    marked: dict[int, bool] = {}
    run: list[int] = []
    rising: bool | None = None
    for place, value in enumerate(values):
        before = values[run[-1]] if run else None
        if value is None:
            run, rising = [], None
        elif before is None:
            run = [place]
        elif value != before:
            if rising is not None and (value > before) != rising:
                run = run[-1:]
            rising = value > before
            run.append(place)
            if len(run) >= TREND:
                marked |= dict.fromkeys(run, rising)
    return marked


def _runs(known: Sequence[Fraction], middle: Fraction) -> Runs:
    sides = [value > middle for value in known if value != middle]
    number = sum(place == 0 or sides[place - 1] != side for place, side in enumerate(sides))
    if len(sides) < ENOUGH_FOR_RUNS:
        return Runs(number, len(sides), None, None)
    fewest, most = _allowed(sum(sides), len(sides) - sum(sides))
    return Runs(number, len(sides), fewest, most)


def _allowed(above: int, below: int) -> tuple[int, int]:
    """The fewest and the most runs that chance gives: outside lies no more than 2.5% on each side."""
    ways = [_ways(above, below, runs) for runs in range(2, above + below + 1)]
    whole = comb(above + below, above)
    low, so_far = 2, Fraction(0)
    for number in ways:
        so_far += Fraction(number, whole)
        if so_far > TAIL:
            break
        low += 1
    high, so_far = above + below, Fraction(0)
    for number in reversed(ways):
        so_far += Fraction(number, whole)
        if so_far > TAIL:
            break
        high -= 1
    return low, high


def _ways(above: int, below: int, runs: int) -> int:
    """In how many orders of so many above and below there are so many runs."""
    half, odd = divmod(runs, 2)
    if not odd:
        return 2 * comb(above - 1, half - 1) * comb(below - 1, half - 1)
    return comb(above - 1, half) * comb(below - 1, half - 1) + comb(above - 1, half - 1) * comb(below - 1, half)
