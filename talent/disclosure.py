"""Small numbers kept from giving people away: which figures of a table may be shown. Pure: numbers in and out.

NHS Digital's rule for sub-national counts: 1 to 7 is a star, from 8 the nearest 5, percentages from those figures.
On top of it a table is shown only where nobody can work a star out from totals, from groups that lie within one
another, or from numbers known elsewhere (docs/adr/0014).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from talent.possible import Possible, Within

STAR = "*"
SMALLEST_SHOWN = 8
STEP = 5
# Of fewer people no answer is shown at all: two figures that may be shown need as many.
SMALLEST_GROUP = 2 * SMALLEST_SHOWN
# However much somebody knows, so many values stay possible for each number from 1 to 7.
LEAST_OPEN = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as it may be shown."""

    shown: int | None  # None is the star
    percent: int | None

    @property
    def text(self) -> str:
        return STAR if self.shown is None else f"{self.shown:,}"

    @property
    def percent_text(self) -> str:
        return STAR if self.percent is None else f"{self.percent}%"


@dataclass(frozen=True, slots=True)
class Counted:
    """A group of people and the exact number who gave each answer; `inside` is the group that it is a part of."""

    key: str
    label: str
    inside: str | None
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Shown:
    """The same group as it may be shown, one cell an answer."""

    key: str
    label: str
    total: Cell
    cells: tuple[Cell, ...]


Place = tuple[int, int]  # group, answer


def rounded(count: int) -> int | None:
    """0 stays, 1 to 7 is not shown, from 8 the nearest 5."""
    if is_small(count):
        return None
    return (count + STEP // 2) // STEP * STEP


def is_small(count: int) -> bool:
    return 0 < count < SMALLEST_SHOWN


def bounds(count: int) -> tuple[int, int]:
    """From which to which number everything looks as `count` does."""
    if count == 0:
        return 0, 0
    if is_small(count):
        return 1, SMALLEST_SHOWN - 1
    middle = rounded(count) or 0
    return max(SMALLEST_SHOWN, middle - STEP // 2), middle + STEP // 2


def protected(groups: Sequence[Counted], *, known: frozenset[Place] = frozenset()) -> tuple[Shown, ...] | None:
    """Every group as it may be shown beside the others, or None where that would give somebody away.

    The totals of all groups are taken to be known exactly, since other pages show how many people there are, and so are
    the counts at `known` (those that another published figure rests on).
    """
    if _gives_somebody_away(groups, known):
        return None
    stars = _stars(groups, known)
    return tuple(_shown(group, number, stars) for number, group in enumerate(groups))


def withheld(groups: Sequence[Counted]) -> tuple[Shown, ...]:
    """The groups with their totals and no answer at all: what is left where `protected` gives nothing."""
    every = frozenset((number, answer) for number, group in enumerate(groups) for answer in range(len(group.counts)))
    return tuple(_shown(group, number, every) for number, group in enumerate(groups))


def percent_of(shown: int | None, total: int | None) -> int | None:
    """From rounded figures; none of a star, nor of nobody."""
    return None if shown is None or not total else round(100 * shown / total)


def _shown(group: Counted, number: int, stars: frozenset[Place]) -> Shown:
    total = rounded(group.total)
    cells = []
    for answer, count in enumerate(group.counts):
        shown = None if (number, answer) in stars else rounded(count)
        cells.append(Cell(shown, percent_of(shown, total)))
    return Shown(group.key, group.label, Cell(total, percent_of(total, total)), tuple(cells))


def _stars(groups: Sequence[Counted], known: frozenset[Place]) -> frozenset[Place]:
    """Small numbers, each with a second star beside it; every answer of a group that is small itself."""
    stars: set[Place] = set()
    for number, group in enumerate(groups):
        whole = 0 < group.total < SMALLEST_GROUP
        mine = [answer for answer, count in enumerate(group.counts) if whole or is_small(count)]
        if len(mine) == 1:
            # The last that would be shown, "not answered" and the like; never by size, which would tell an order.
            others = [answer for answer, count in enumerate(group.counts) if count >= SMALLEST_SHOWN]
            mine += [answer for answer in others if (number, answer) not in known][-1:]
        stars |= {(number, answer) for answer in mine}
    return frozenset(stars)


def _gives_somebody_away(groups: Sequence[Counted], known: frozenset[Place]) -> bool:
    """Whether too little else is possible for some small number, for whoever knows what each count would be rounded to.

    That reader knows more than the table shows: also what stands behind the stars that only protect others. So the
    answer rests on rounded figures alone, and running this very program on one's guesses teaches nothing further.
    """
    possible = Possible([_within(groups, number, known) for number in range(len(groups))])
    for number, group in enumerate(groups):
        enough = min(LEAST_OPEN, group.total + 1)
        for answer, count in enumerate(group.counts):
            if is_small(count) and possible.values(number, answer, enough=enough) < enough:
                return True
    return False


def _within(groups: Sequence[Counted], number: int, known: frozenset[Place]) -> Within:
    group = groups[number]
    small = group.total < SMALLEST_GROUP  # hidden for its size, whatever was answered
    limits = [(0, group.total) if small else bounds(count) for count in group.counts]
    limits = [
        (c, c) if (number, n) in known else lim for n, (c, lim) in enumerate(zip(group.counts, limits, strict=True))
    ]
    parent = next((n for n, other in enumerate(groups) if other.key == group.inside), None)
    return Within(parent, group.counts, tuple(limits))
