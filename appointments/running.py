"""The running order: the parts of an agenda with what is in them, and when each begins. Pure: rows in, times out."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from appointments.models import AgendaItem, AgendaSection, Meeting


@dataclass(frozen=True, slots=True)
class Line:
    """One item: its number and its start, over the items that the reader may know of."""

    number: int
    item: AgendaItem
    starts_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Part:
    """One part with what the reader may know of; `section` is None for items that stand in no part."""

    section: AgendaSection | None
    starts_at: dt.datetime
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        return self.section.title if self.section else ""

    @property
    def minutes(self) -> int:
        return self.section.minutes if self.section else 0

    @property
    def ends_at(self) -> dt.datetime:
        if not self.lines:
            return self.starts_at + dt.timedelta(minutes=self.minutes)
        last = self.lines[-1]
        return last.starts_at + dt.timedelta(minutes=last.item.minutes)


@dataclass(frozen=True, slots=True)
class RunningOrder:
    parts: tuple[Part, ...]
    starts_at: dt.datetime
    ends_at: dt.datetime

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for part in self.parts for line in part.lines)

    def beside(self, item: AgendaItem) -> tuple[Line | None, Line | None]:
        """The items before and after one of them, as they are numbered."""
        lines = self.lines
        at = next(index for index, line in enumerate(lines) if line.item.pk == item.pk)
        return (lines[at - 1] if at else None, lines[at + 1] if at + 1 < len(lines) else None)


def running_order(meeting: Meeting, items: Iterable[AgendaItem], *, with_empty: bool = False) -> RunningOrder:
    """`items` are those a reader may know of. What is hidden leaves no gap: neither in the numbers nor in the times.

    A part without any of them and without minutes of its own is left out, so that nobody learns that something
    stands in it; `with_empty` keeps it, for whoever builds the agenda. One query.
    """
    by_section: dict[int | None, list[AgendaItem]] = {}
    for item in sorted(items, key=lambda item: (item.position, item.pk)):
        by_section.setdefault(item.section_id, []).append(item)
    parts = tuple(_parts(meeting, by_section, with_empty))
    return RunningOrder(parts, meeting.starts_at, parts[-1].ends_at if parts else meeting.starts_at)


def _parts(meeting: Meeting, by_section: dict[int | None, list[AgendaItem]], with_empty: bool) -> Iterator[Part]:
    at, number = meeting.starts_at, 1
    sections: list[AgendaSection | None] = [*meeting.sections.all(), None]
    for section in sections:
        items = by_section.get(section.pk if section else None, [])
        own = section.minutes if section else 0
        if not items and not own and not (with_empty and section):
            continue
        first, lines = at, []
        at += dt.timedelta(minutes=own)
        for item in items:
            lines.append(Line(number, item, at))
            number, at = number + 1, at + dt.timedelta(minutes=item.minutes)
        yield Part(section, first, tuple(lines))
