"""Finding pages: what was asked for -> which live, public pages answer it, how many of each kind, and why they do."""

import datetime as dt
import difflib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.utils.safestring import SafeString
from modelsearch.query import SearchQuery
from wagtail.models import Page, Site, get_page_models
from wagtail.query import PageQuerySet

from portal import highlight, wording
from portal.models import Kind

PER_PAGE = 10
LONGEST_QUERY = 200
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Result:
    """One page that was found: its title and a quotation with the words marked."""

    title: SafeString
    snippet: SafeString
    url: str
    kind: str
    changed_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many of the pages found are of one kind; `chosen` when only these are shown."""

    kind: Kind | None
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """All that the search page shows."""

    query: str
    page_obj: PaginatorPage
    results: list[Result]
    kinds: list[KindCount]
    some_words_only: bool  # no page had every word, so these have one or more of them
    suggestion: str

    @property
    def total(self) -> int:
        return int(self.page_obj.paginator.count)


def search(query: str, *, site: Site, kind: str = "", number: str | int = 1) -> Answer:
    """Live public pages of `site` with every word of `query`; with any of them when none has all."""
    query = " ".join(query.replace("\x00", "").split())[:LONGEST_QUERY]
    pages = Page.objects.live().public().descendant_of(site.root_page, inclusive=True)
    units = wording.units_of(query)
    question, some_only = wording.question(units), False
    counts = _counts(pages, question)
    if not counts and len(units) > 1:
        question, some_only = wording.question(units, any_of=True), True
        counts = _counts(pages, question)
    chosen = Kind(kind) if kind in Kind.values else None
    if chosen:
        pages = pages.filter(content_type__in=_content_types(chosen))
    page_obj = Paginator(pages.search(question), PER_PAGE).get_page(number)
    return Answer(
        query=query,
        page_obj=page_obj,
        results=_results(wording.all_ways(units), page_obj),
        kinds=_kinds(counts, chosen),
        some_words_only=some_only and bool(counts),
        suggestion="" if counts else suggestion(query, pages.values_list("title", flat=True)),
    )


def _counts(pages: PageQuerySet, question: SearchQuery | str) -> Counter[Kind]:
    counts: Counter[Kind] = Counter()
    if question:
        kind_of = {ct.pk: kind for kind in Kind for ct in _content_types(kind)}
        for content_type, count in pages.search(question).facet("content_type_id").items():
            counts[kind_of.get(content_type, Kind.PAGE)] += count
    return counts


def _content_types(kind: Kind) -> list[ContentType]:
    models = [m for m in get_page_models() if getattr(m, "kind", Kind.PAGE) == kind]
    return list(ContentType.objects.get_for_models(*models).values())


def _kinds(counts: Counter[Kind], chosen: Kind | None) -> list[KindCount]:
    everything = KindCount(None, "Everything", counts.total(), chosen is None)
    found = [kind for kind in Kind if counts[kind] or kind == chosen]
    return [everything, *(KindCount(kind, str(kind.label), counts[kind], kind == chosen) for kind in found)]


def _results(words: str, page_obj: Iterable[Page]) -> list[Result]:
    found = list(page_obj)
    specific = Page.objects.filter(pk__in=[p.pk for p in found]).specific().in_bulk()
    pages = [specific[p.pk] for p in found]
    titles = highlight.titles(words, [p.title for p in pages])
    snippets = highlight.snippets(words, [_words_of(p) for p in pages])
    return [
        Result(title, snippet, page.url or "", getattr(page, "kind", Kind.PAGE).value, page.last_published_at)
        for title, snippet, page in zip(titles, snippets, pages, strict=True)
    ]


def _words_of(page: Any) -> str:
    return str(page.searchable_text()) if hasattr(page, "searchable_text") else page.search_description


def suggestion(query: str, titles: Iterable[str]) -> str:
    """`query` with each unknown word put right by the nearest word of any title; empty when none is near."""
    known = sorted({word for title in titles for word in _WORD.findall(title.casefold())})
    words = query.casefold().split()
    mended = [_nearest(word, known) for word in words]
    return " ".join(mended) if mended != words else ""


def _nearest(word: str, known: list[str]) -> str:
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.75)), word)
