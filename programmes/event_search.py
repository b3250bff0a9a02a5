"""The list of events: what was asked, what can be narrowed by with how many each choice shows, and what was found."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from portal.facets import Facet, FacetOption
from programmes.models import Event
from programmes.models.event import EventQuerySet

PROGRAMME, REGION, MONTH, KIND = "programme", "region", "month", "kind"
LABELS = {PROGRAMME: "Programme", REGION: "Region", MONTH: "Month", KIND: "Kind"}
EVERYWHERE = "any"  # an event of no region: by video, or for the whole country


@dataclass(frozen=True, slots=True)
class Found:
    """Events in order of time, and the facets beside them."""

    ids: list[int]
    facets: list[Facet]
    past: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """One event as the facets see it: its value and label under each."""

    pk: int
    values: dict[str, tuple[str, str]]


def find(events: EventQuerySet, asked: QueryDict, *, at: dt.datetime) -> Found:
    """One query over what is to come, or with `past=1` what is over; an unknown choice shows nothing."""
    past = asked.get("past") == "1"
    rows = list(_rows(events.past(at) if past else events.coming(at)))
    chosen = {name: set(asked.getlist(name)) for name in LABELS}
    found = [row.pk for row in rows if _fits(row, chosen)]
    facets = [_facet(name, rows, chosen) for name in LABELS]
    return Found(found[::-1] if past else found, facets, past)


def _rows(events: EventQuerySet) -> Iterator[_Row]:
    fields = ("pk", "kind", "starts_at", "region__code", "region__name")
    programme = ("scheme__slug", "scheme__name", "collaborative__slug", "collaborative__name")
    kinds = dict(Event.Kind.choices)
    rows = events.order_by("starts_at", "pk").values_list(*fields, *programme)
    for pk, kind, starts_at, code, region, *names in rows:
        month = timezone.localtime(starts_at)
        values = {
            REGION: (code or EVERYWHERE, region or "By video or everywhere"),
            MONTH: (f"{month:%Y-%m}", f"{month:%B %Y}"),
            KIND: (kind, kinds[kind]),
        }
        slug, name = names[0] or names[2], names[1] or names[3]
        if slug:
            values[PROGRAMME] = (slug, name)
        yield _Row(pk, values)


def _fits(row: _Row, chosen: dict[str, set[str]], *, but: str = "") -> bool:
    return all(
        name == but or not wanted or (name in row.values and row.values[name][0] in wanted)
        for name, wanted in chosen.items()
    )


def _facet(name: str, rows: list[_Row], chosen: dict[str, set[str]]) -> Facet:
    """Each count is what the choice shows beside what is chosen in the other facets."""
    counts = Counter(row.values[name][0] for row in rows if name in row.values and _fits(row, chosen, but=name))
    labels = {row.values[name][0]: row.values[name][1] for row in rows if name in row.values}
    ordered = sorted(labels, key=lambda value: value if name == MONTH else labels[value])
    options = [FacetOption(value, labels[value], counts[value], value in chosen[name]) for value in ordered]
    return Facet(name, LABELS[name], options)
