"""Relative likelihood of coming from one stage to the next, with its confidence interval. Pure: numbers in and out."""

import math
from dataclasses import dataclass

# The normal distribution's two-sided 95% point.
Z95 = 1.959964
# Published only where each of the four counts is at least this (domain rule for WRES indicator 2).
SMALLEST_COUNT = 8


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times likelier the first group's people were to come through than the second's; 1 is alike."""

    value: float
    low: float
    high: float

    @property
    def text(self) -> str:
        return f"{self.value:.1f}"

    @property
    def interval_text(self) -> str:
        return f"{self.low:.1f} to {self.high:.1f}"

    @property
    def differs(self) -> bool:
        """Whether the interval leaves out 1: unlikely to be chance alone."""
        return not self.low <= 1 <= self.high


def relative_likelihood(*, first: tuple[int, int], second: tuple[int, int]) -> Ratio | None:
    """(through, out of) of two groups: (white appointed / white shortlisted) / (BME appointed / BME shortlisted).

    None unless all four counts are 8 or more. The interval is the log method's: the logarithm of a ratio of two
    proportions is close to normal, with variance 1/a - 1/n + 1/b - 1/m (Katz, Baptista, Azen and Pike, Biometrics
    1978; Altman, Statistics with Confidence, chapter 7).
    """
    (a, n), (b, m) = first, second
    if min(a, n, b, m) < SMALLEST_COUNT:
        return None
    value = (a / n) / (b / m)
    spread = Z95 * math.sqrt(1 / a - 1 / n + 1 / b - 1 / m)
    return Ratio(value, value * math.exp(-spread), value * math.exp(spread))
