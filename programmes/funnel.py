"""Funnel plots: which trusts differ from their sector by more than their size explains. Numbers in, dataclasses out.

Source: Spiegelhalter, Funnel plots for comparing institutional performance (Statistics in Medicine 2005): limits at
95% and 99.8% around the pooled rate, widened by an overdispersion factor where trusts vary more than chance lets them,
worked from z-scores winsorised at a tenth.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from programmes.spc import Direction, Kind

WARNING, ALARM = 1.959964, 3.090232  # two-sided 95% and 99.8% of the normal distribution
WINSORISED = 0.1


class Distance(StrEnum):
    WITHIN = "within"
    WARNING = "warning"  # beyond 95%
    ALARM = "alarm"  # beyond 99.8%: what the programme calls significant variation


@dataclass(frozen=True, slots=True)
class Counts:
    """What one trust counted over the period: `key` is the caller's own."""

    key: int
    numerator: float
    denominator: float


@dataclass(frozen=True, slots=True)
class Spot:
    """One trust on the funnel. `z` is its distance from the centre in (widened) standard errors."""

    key: int
    size: float
    value: float
    z: float
    distance: Distance
    kind: Kind


@dataclass(frozen=True, slots=True)
class Funnel:
    """`factor` is 1 where chance explains the spread, else the overdispersion the limits are widened by."""

    centre: float
    per: int
    factor: float
    proportion: bool
    spots: tuple[Spot, ...]

    def limits_at(self, size: float, reach: float) -> tuple[float, float]:
        """Lower and upper limit for a trust whose denominator is `size`."""
        half = reach * self.factor * _error(self.centre / self.per, size, proportion=self.proportion) * self.per
        return max(0.0, self.centre - half), self.centre + half


def funnel(counts: Iterable[Counts], *, per: int, direction: Direction, proportion: bool) -> Funnel:
    """`proportion`: the numerator is part of the denominator (binomial), otherwise a rate (Poisson).

    Raises ValueError without a trust, and where nothing or everything was counted.
    """
    known = [one for one in counts if one.denominator > 0]
    size = sum(one.denominator for one in known)
    if not size:
        raise ValueError("no trust has figures for this period")
    rate = sum(one.numerator for one in known) / size
    if rate <= 0 or (proportion and rate >= 1):
        raise ValueError("the trusts do not differ at all in this period")
    raw = [_z(one, rate, proportion=proportion) for one in known]
    factor = _overdispersion(raw)
    spots = tuple(_spot(one, z / factor, per, direction) for one, z in zip(known, raw, strict=True))
    return Funnel(rate * per, per, factor, proportion, spots)


def _error(rate: float, size: float, *, proportion: bool) -> float:
    return math.sqrt(rate * (1 - rate if proportion else 1) / size)


def _z(one: Counts, rate: float, *, proportion: bool) -> float:
    return (one.numerator / one.denominator - rate) / _error(rate, one.denominator, proportion=proportion)


def _overdispersion(zs: Sequence[float]) -> float:
    """The root of the mean square of the winsorised z-scores; 1 where that is less."""
    ordered = sorted(zs)
    cut = int(len(ordered) * WINSORISED)
    low, high = ordered[cut], ordered[-1 - cut]
    kept = [min(max(z, low), high) for z in ordered]
    return max(1.0, math.sqrt(sum(z * z for z in kept) / len(kept)))


def _spot(one: Counts, z: float, per: int, direction: Direction) -> Spot:
    distance = Distance.ALARM if abs(z) > ALARM else Distance.WARNING if abs(z) > WARNING else Distance.WITHIN
    value = one.numerator / one.denominator * per
    return Spot(one.key, one.denominator, value, z, distance, _kind(z, distance, direction))


def _kind(z: float, distance: Distance, direction: Direction) -> Kind:
    if distance is Distance.WITHIN:
        return Kind.COMMON
    if direction is Direction.NEUTRAL:
        return Kind.NEUTRAL
    return Kind.IMPROVEMENT if (z > 0) == (direction is Direction.UP) else Kind.CONCERN
