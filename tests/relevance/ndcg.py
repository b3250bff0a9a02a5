"""How good a list is: gains of the people in it, the first places counting most, against the best possible list."""

import math
from collections.abc import Mapping, Sequence


def gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


def ndcg(found: Sequence[str], grades: Mapping[str, int], *, at: int = 10) -> float:
    """Between 0 and 1; 1 when the `at` first are the best there are in the best order."""
    best = gain(sorted(grades.values(), reverse=True)[:at])
    return gain([grades.get(key, 0) for key in found[:at]]) / best
