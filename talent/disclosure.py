"""Small numbers kept from giving people away: NHS Digital's rule for sub-national counts. Pure: numbers in and out."""

from collections.abc import Sequence
from dataclasses import dataclass

STAR = "*"
SMALLEST_SHOWN = 8
STEP = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as it may be shown: 1 to 7 is a star, from 8 the nearest 5, percentages from the rounded figures."""

    label: str
    shown: int | None  # None is the star
    percent: int | None

    @property
    def text(self) -> str:
        return STAR if self.shown is None else str(self.shown)

    @property
    def percent_text(self) -> str:
        return STAR if self.percent is None else f"{self.percent}%"


def rounded(count: int) -> int | None:
    """0 stays, 1 to 7 is not shown, from 8 the nearest 5."""
    if 0 < count < SMALLEST_SHOWN:
        return None
    return (count + STEP // 2) // STEP * STEP


def suppressed(counts: Sequence[tuple[str, int]]) -> tuple[Cell, tuple[Cell, ...]]:
    """The total and each count as they may be shown.

    Where a single count is suppressed, it could be worked out from the total and the rest: the next smallest
    goes too (secondary suppression).
    """
    total = rounded(sum(count for _, count in counts))
    hidden = {label for label, count in counts if rounded(count) is None}
    if len(hidden) == 1:
        others = sorted((count, label) for label, count in counts if count and label not in hidden)
        hidden |= {label for _, label in others[:1]}
    if total is None:
        hidden = {label for label, _ in counts}
    cells = tuple(_cell(label, None if label in hidden else rounded(count), total) for label, count in counts)
    return Cell("All", total, 100 if total else None), cells


def _cell(label: str, shown: int | None, total: int | None) -> Cell:
    percent = None if shown is None or not total else round(100 * shown / total)
    return Cell(label, shown, percent)
