"""The socket for "where you can go": apps plug in the doors that a person's roles open (their doors.py)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.access import Access, access_of
from portal.models import User


@dataclass(frozen=True, slots=True)
class Door:
    """A link on the signed-in home; `group` is the heading it stands under."""

    title: str
    url: str
    group: str


Source = Callable[[User, Access], Iterable[Door]]

_SOURCES: list[Source] = []

# What everybody has stands below what is one's own work.
LAST = ("Events", "Website", "Your account")


def opens(source: Source) -> Source:
    """Registers a function (user, access) -> doors. It runs a fixed number of queries."""
    _SOURCES.append(source)
    return source


def doors_of(user: User) -> dict[str, list[Door]]:
    """The doors by heading, headings and doors in the order in which the floors name them; LAST in its own order."""
    access = access_of(user)
    found: dict[str, list[Door]] = {}
    for source in _SOURCES:
        for door in source(user, access):
            found.setdefault(door.group, []).append(door)
    return {group: found[group] for group in sorted(found, key=_place)}


def _place(group: str) -> int:
    return LAST.index(group) + 1 if group in LAST else 0
