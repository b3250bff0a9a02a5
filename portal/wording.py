"""The socket for words that mean the same: a vocabulary is plugged in (its page_words.py), page search asks it."""

from collections.abc import Callable
from dataclasses import dataclass

from modelsearch.query import And, Or, Phrase, PlainText, SearchQuery


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that was asked for: as it was typed, and every other way to say it."""

    typed: str
    others: tuple[str, ...] = ()

    @property
    def ways(self) -> tuple[str, ...]:
        return (self.typed, *self.others)


Source = Callable[[str], list[Unit]]

_SOURCES: list[Source] = []


def knows(source: Source) -> Source:
    """Registers a function (query) -> its units in order. It runs a fixed number of queries."""
    _SOURCES.append(source)
    return source


def units_of(query: str) -> list[Unit]:
    """What was asked for, word by word where nobody knows better."""
    found = next((units for source in _SOURCES if (units := source(query))), [])
    return found or [Unit(word) for word in query.split()]


def question(units: list[Unit], *, any_of: bool = False) -> SearchQuery | str:
    """As Wagtail's index is asked: all of the units, or `any_of` them, each in any of its ways."""
    parts = [_any_way(unit) for unit in units]
    if not parts:
        return ""
    return Or(parts) if any_of else And(parts)


def all_ways(units: list[Unit]) -> str:
    """Everything that is to be marked in what was found."""
    return " ".join(way for unit in units for way in unit.ways)


def _any_way(unit: Unit) -> SearchQuery:
    ways: list[SearchQuery] = [_way(way) for way in unit.ways]
    return Or(ways) if len(ways) > 1 else ways[0]


def _way(words: str) -> SearchQuery:
    return Phrase(words) if " " in words else PlainText(words)
