"""The first pages of a pack: cover, agenda with its times and page numbers. Pure: rows in, html out."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string

from appointments.models import AgendaItem, Appendix, CommitteeSeat, Meeting
from appointments.running import Part, RunningOrder
from portal.binding import LEAF

Behind = Mapping[int, tuple[Appendix, ...]]  # an item's appendices, in their order
Pages = Mapping[str, int]  # on which page of the volume the leaf of each key begins


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a paper or an appendix is found."""

    key: str
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class FrontLine:
    number: int
    starts_at: dt.datetime
    minutes: int
    kind: str
    presenter: str
    paper: Reference
    appendices: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class FrontPart:
    title: str
    starts_at: dt.datetime
    minutes: int  # of its own, before its first item
    lines: tuple[FrontLine, ...]


def item_key(item: AgendaItem) -> str:
    return f"item-{item.pk}"


def appendix_key(appendix: Appendix) -> str:
    return f"appendix-{appendix.pk}"


def front_html(meeting: Meeting, seat: CommitteeSeat, order: RunningOrder, behind: Behind, pages: Pages) -> str:
    facts = {
        "meeting": meeting,
        "seat": seat,
        "order": order,
        "parts": tuple(_parts(order, behind, pages)),
        "has_appendices": any(behind.values()),
        "leaf": LEAF,
    }
    return render_to_string("papers/pack_front.html", facts)


def _parts(order: RunningOrder, behind: Behind, pages: Pages) -> Iterator[FrontPart]:
    for part in order.parts:
        yield FrontPart(part.title, part.starts_at, part.minutes, tuple(_lines(part, behind, pages)))


def _lines(part: Part, behind: Behind, pages: Pages) -> Iterator[FrontLine]:
    for line in part.lines:
        item = line.item
        yield FrontLine(
            number=line.number,
            starts_at=line.starts_at,
            minutes=item.minutes,
            kind=item.get_kind_display(),
            presenter=item.presenter,
            paper=Reference(item_key(item), item.title, pages.get(item_key(item), 0)),
            appendices=tuple(_references(behind.get(item.pk, ()), pages)),
        )


def _references(appendices: Iterable[Appendix], pages: Pages) -> Iterator[Reference]:
    for each in appendices:
        yield Reference(appendix_key(each), each.title, pages.get(appendix_key(each), 0))
