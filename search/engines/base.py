"""What every engine does: the same questions, the same people, in the same order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from search.documents import Document
from search.queries import Clause, Plan

# Points of a clause by where it is met, and for being met at all; each times the clause's rarity.
POINTS: Mapping[str, int] = {"A": 10, "B": 7, "C": 5, "D": 3}
BASE = 2
# Where not everything must be met: whoever meets more comes first, whatever the points.
EACH = 1_000
# A person more than this many still to be hidden from an index: it is too far behind to be asked.
MOST_HIDDEN = 5_000


class EngineDown(Exception):
    """The engine did not answer, or not in time; `str()` says what staff may read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person of a page: the points, and where in the list the row stands (for the next page)."""

    person_id: int
    score: int
    place: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Raw:
    """An engine's answer, before anyone is looked up: the exact total, one page, and counts by facet and value."""

    total: int
    rows: tuple[Row, ...]
    counts: Mapping[str, Mapping[int, int]]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a batch: the reason of each person that the engine would not take."""

    refused: Mapping[int, str]


class Engine(Protocol):
    """Raises EngineDown from every method when it is out of reach."""

    shape: str

    def find(self, plan: Plan, *, index: str, hidden: frozenset[int]) -> Raw: ...

    def first(self, plans: Sequence[Plan], *, index: str, hidden: frozenset[int]) -> list[tuple[int, ...]]:
        """The first people of each plan, as many as its page holds, in one request."""
        ...

    def create(self, index: str) -> None:
        """An empty index of that name, searched by nobody."""
        ...

    def write(
        self, index: str, version: int, found: Sequence[Document], gone: Iterable[int], *, refresh: bool
    ) -> Written:
        """Puts `found` in and takes `gone` out, unless the index holds something newer than `version`."""
        ...

    def make_live(self, index: str) -> None:
        """From now on searches ask `index`: at once, no search in between fails."""
        ...

    def drop(self, index: str) -> None: ...

    def versions(self, index: str) -> Iterable[tuple[int, str]]:
        """Every person in the index with the fingerprint of what it holds, in the order of ids."""
        ...

    def size(self, index: str) -> int:
        """Bytes on disk."""
        ...


def points(clause: Clause, level: str) -> int:
    return clause.rarity * POINTS[level]


def points_for_meeting(clause: Clause, plan: Plan) -> int:
    """What `clause` adds wherever it is met."""
    return clause.rarity * BASE + (EACH if plan.is_partial else 0)
