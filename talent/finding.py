"""Finding applications: full text on PostgreSQL, facets that stay right while filtering, pages that stay in order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, Count, F, When
from django.db.models.functions import Lower
from django.utils.safestring import SafeString

from portal.highlight import snippets
from portal.names import folded
from talent.models import Application, CandidateText
from talent.models.application import ApplicationQuerySet

FACETS = ("state", "region", "intake")
PAGE_SIZE = 25
SORTS: Mapping[str, tuple[str, ...]] = {
    "newest": ("-submitted_at", "pk"),
    "oldest": ("submitted_at", "-pk"),
    "longest": ("state_since", "pk"),
}


@dataclass(frozen=True, slots=True)
class Cube:
    """How many applications stand at each (state, region, intake): one GROUP BY, from which every count is added up."""

    cells: Mapping[tuple[Any, ...], int]

    def total(self, chosen: Mapping[str, Iterable[Any]]) -> int:
        return sum(n for cell, n in self.cells.items() if _fits(cell, chosen, leave_out=""))

    def counts(self, facet: str, chosen: Mapping[str, Iterable[Any]]) -> dict[Any, int]:
        """For each value of `facet`, what choosing it would show: all other choices hold, its own do not."""
        place, counts = FACETS.index(facet), Counter[Any]()
        for cell, n in self.cells.items():
            if _fits(cell, chosen, leave_out=facet):
                counts[cell[place]] += n
        return dict(counts)


def _fits(cell: tuple[Any, ...], chosen: Mapping[str, Iterable[Any]], *, leave_out: str) -> bool:
    return all(
        facet == leave_out or not chosen.get(facet) or value in chosen[facet]
        for facet, value in zip(FACETS, cell, strict=True)
    )


def cube(applications: ApplicationQuerySet) -> Cube:
    """One statement over everything but the facets' own filters."""
    rows = applications.order_by().values_list(*FACETS).annotate(n=Count("pk")).values_list(*FACETS, "n")
    return Cube({tuple(row[:-1]): row[-1] for row in rows})


def with_words(applications: ApplicationQuerySet, words: str) -> ApplicationQuerySet:
    """Those whose profile, posts or plain text answers hold the words; quotes, OR and - as in a web search.

    Names are among the words, so that nobody is found by them who is read blind.
    """
    return applications.named().filter(found_by__words=_asked(words))


def _asked(words: str) -> SearchQuery:
    asked = SearchQuery(words, config="english", search_type="websearch")
    plain = folded(words)
    if words.isascii() or plain == words.lower():
        return asked
    # Names are kept without accents as well: "Zoë" finds "Zoe" too.
    return asked | SearchQuery(plain, config="english", search_type="websearch")


def in_order(applications: ApplicationQuerySet, sort: str, words: str) -> ApplicationQuerySet:
    """Sorted with the primary key last, so that no row is on two pages or on none."""
    if sort == "best" and words:
        rank = SearchRank(F("found_by__words"), _asked(words))
        return applications.annotate(rank=rank).order_by("-rank", "-submitted_at", "pk")
    if sort == "name":
        called = Case(When(intake__names_hidden=True, then=Lower("pseudonym")), default=F("person__sort_name"))
        return applications.alias(called=called).order_by("called", "pk")
    return applications.order_by(*SORTS.get(sort, SORTS["newest"]))


@dataclass(slots=True)
class Found:
    """One row of the candidate list: the application, and where the words stand in it."""

    application: Application
    snippet: SafeString | str = field(default="")


def rows(page: Iterable[Application], words: str) -> list[Found]:
    """The applications of one page with highlighted stretches: no query without words, two with."""
    found = [Found(application) for application in page]
    if words and found:
        bodies = dict(CandidateText.objects.filter(pk__in=[f.application.pk for f in found]).values_list("pk", "body"))
        texts = [bodies.get(f.application.pk, "") for f in found]
        for one, snippet in zip(found, snippets(words, texts), strict=True):
            one.snippet = snippet
    return found
