"""What the scores of an intake say: weighted totals, mean, spread, disagreement, and how severe each reviewer is. Pure.

Raw scores are never changed by anything here. The formulas:
    total of a review        100 x sum(weight x points / max) / sum(weight), over all criteria of the rubric
    mean, spread             of the totals of one application: their mean; the highest less the lowest
    severity of a reviewer   mean over the n applications that somebody else scored too of
                             (the reviewer's total - the mean of the others' totals); below 0 is harsher
    disagreement             a spread of at least the threshold, or one says interview and another says do not
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from programmes.questions import Criterion

INVITE, REFUSE = "interview", "decline"


@dataclass(frozen=True, slots=True)
class Mark:
    """One counted review: who gave which application what, of 100."""

    application: int
    reviewer: int
    total: float
    recommendation: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the reviews of one application add up to."""

    application: int
    totals: tuple[tuple[int, float], ...]  # (reviewer, total), by reviewer
    mean: float
    spread: float
    recommendations: Mapping[str, int]
    disagrees: bool


@dataclass(frozen=True, slots=True)
class Severity:
    """How far one reviewer is from the others on the same applications; `by` is None where nobody else scored them."""

    reviewer: int
    by: float | None
    n: int


def weighted_total(rubric: Iterable[Criterion], points: Mapping[str, int | None]) -> float:
    """Of 100, a missing score counting as nought; 0.0 for an empty rubric."""
    criteria = list(rubric)
    weights = sum(c.weight for c in criteria)
    earned = sum(c.weight * (points.get(c.key) or 0) / c.max_score for c in criteria)
    return 100 * earned / weights if weights else 0.0


def standings(marks: Iterable[Mark], *, threshold: float) -> list[Standing]:
    """One for each application that has a counted review, highest mean first; equal means by application."""
    grouped: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        grouped[mark.application].append(mark)
    found = [_standing(application, group, threshold) for application, group in grouped.items()]
    return sorted(found, key=lambda s: (-s.mean, s.application))


def _standing(application: int, group: list[Mark], threshold: float) -> Standing:
    totals = [mark.total for mark in group]
    spread = max(totals) - min(totals)
    recommended = Counter(mark.recommendation for mark in group if mark.recommendation)
    split = INVITE in recommended and REFUSE in recommended
    return Standing(
        application=application,
        totals=tuple(sorted((mark.reviewer, mark.total) for mark in group)),
        mean=fmean(totals),
        spread=spread,
        recommendations=dict(sorted(recommended.items())),
        disagrees=split or (len(group) > 1 and spread >= threshold),
    )


def severities(marks: Iterable[Mark]) -> list[Severity]:
    """One for each reviewer with a counted review, the harshest first, those who cannot be compared last."""
    rows = list(marks)
    sums: dict[int, list[float]] = defaultdict(list)
    for mark in rows:
        sums[mark.application].append(mark.total)
    differences: dict[int, list[float]] = {mark.reviewer: [] for mark in rows}
    for mark in rows:
        totals = sums[mark.application]
        if len(totals) > 1:
            others = (sum(totals) - mark.total) / (len(totals) - 1)
            differences[mark.reviewer].append(mark.total - others)
    found = [Severity(reviewer, fmean(d) if d else None, len(d)) for reviewer, d in differences.items()]
    return sorted(found, key=lambda s: (s.by is None, s.by or 0.0, s.reviewer))
