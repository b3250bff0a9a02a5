"""The socket for "what waits for you": apps plug in (their waiting.py), the home page only reads it."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.models import User


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that waits for somebody: `title` says what to do, `url` is where it is done."""

    title: str
    url: str
    group: str  # the heading it stands under, e.g. "Your applications"
    detail: str = ""
    due_on: dt.date | None = None
    count: int | None = None  # one entry may stand for many alike


Source = Callable[[User, dt.datetime], Iterable[Entry]]

_SOURCES: list[Source] = []


def waits(source: Source) -> Source:
    """Registers a function (user, at) -> entries, which runs a fixed number of queries however many rows there are."""
    _SOURCES.append(source)
    return source


def entries_for(user: User, *, at: dt.datetime) -> list[Entry]:
    """All that waits for `user`, what is due first on top."""
    found = [entry for source in _SOURCES for entry in source(user, at)]
    return sorted(found, key=lambda e: (e.due_on is None, e.due_on or dt.date.max, e.group, e.title))


def grouped(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """Entries under their headings; the heading with the most urgent entry comes first."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    return list(groups.items())
