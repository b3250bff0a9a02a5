"""One list of the library as a reader narrows it: what is found, in order, and what each choice would show."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.http import QueryDict
from django.utils.safestring import SafeString

from portal import highlight, wording
from portal.facets import Facet, FacetOption
from portal.models import Organisation
from programmes.models.library import LibraryPage, LibraryPageQuerySet
from programmes.models.topic import Audience, Topic

PER_PAGE = 20
# Nobody reads further; it keeps the ranking of a question with very many answers in one short list.
MOST_FOUND = 1000
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the list; `words` are its summary, or a quotation with the words marked."""

    page: LibraryPage
    title: SafeString | str
    words: SafeString | str


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that the list shows."""

    query: str
    page_obj: PaginatorPage[Any]
    results: list[Found]
    facets: list[Facet]
    is_narrowed: bool

    @property
    def total(self) -> int:
        return int(self.page_obj.paginator.count)


class LibraryFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Within one facet any of the choices will do, between facets all must hold. A value nobody offers is ignored."""

    kind = django_filters.MultipleChoiceFilter(field_name="content_type", label="Kind")
    topic = django_filters.ModelMultipleChoiceFilter(
        field_name="topics__slug", to_field_name="slug", queryset=Topic.objects.all(), label="Topic"
    )
    audience = django_filters.ModelMultipleChoiceFilter(
        field_name="audiences__slug", to_field_name="slug", queryset=Audience.objects.all(), label="Written for"
    )
    sector = django_filters.MultipleChoiceFilter(
        method="for_sectors", choices=Organisation.Sector.choices, label="Sector"
    )
    programme = django_filters.ModelMultipleChoiceFilter(
        field_name="programmes__slug", to_field_name="slug", queryset=LibraryPage.objects.none(), label="Programme"
    )

    class Meta:
        model = LibraryPage
        fields: list[str] = []
        form = forms.Form

    def __init__(self, *args: Any, programmes: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["programme"].queryset = programmes
        self.filters["kind"].extra["choices"] = [(kind.pk, str(kind.name)) for kind in kinds()]

    def for_sectors(self, queryset: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        """A page without a sector is for all of them."""
        return queryset.filter(Q(sectors__overlap=value) | Q(sectors=[])) if value else queryset

    def narrowed(self, *, but: str = "") -> QuerySet[Any]:
        """Whatever fits all choices, those of the facet `but` left out."""
        self.is_valid()
        queryset: QuerySet[Any] = self.queryset
        for name, value in self.form.cleaned_data.items():
            if name != but:
                queryset = self.filters[name].filter(queryset, value)
        fitting: QuerySet[Any] = LibraryPage.objects.filter(pk__in=queryset.order_by().values("pk"))
        return fitting

    def chosen(self, name: str) -> set[str]:
        """The values of one facet as they stand in the address."""
        values = self.form.cleaned_data.get(name) or []
        return {getattr(value, "slug", value) for value in values}


def kinds() -> list[ContentType]:
    """The content type of each kind of library page, kept by Django after the first question."""
    return list(ContentType.objects.get_for_models(*LibraryPage.__subclasses__()).values())


def read(pages: LibraryPageQuerySet, asked: QueryDict, *, programmes: QuerySet[Any]) -> Shelf:
    """What of `pages` answers `asked`: q, page, and the facets' names. A fixed number of queries."""
    query = " ".join(asked.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]
    units = wording.units_of(query) if query else []
    ranked = [page.pk for page in pages.search(wording.question(units))[:MOST_FOUND]] if units else None
    if ranked is not None:
        pages = LibraryPage.objects.filter(pk__in=ranked)
    found = LibraryFilter(asked, queryset=pages, programmes=programmes)
    page_obj = Paginator(_in_order(found.narrowed(), ranked), PER_PAGE).get_page(asked.get("page"))
    facets = _facets(found)
    return Shelf(
        query=query,
        page_obj=page_obj,
        results=_results(page_obj.object_list, wording.all_ways(units)),
        facets=facets,
        is_narrowed=any(option.chosen for facet in facets for option in facet.options),
    )


def _in_order(pages: QuerySet[Any], ranked: list[int] | None) -> Any:
    """Primary keys: the best answer first, or by title where nothing was searched for."""
    if ranked is None:
        return pages.order_by("title", "pk").values_list("pk", flat=True)
    fitting = set(pages.values_list("pk", flat=True))
    return [pk for pk in ranked if pk in fitting]


def _results(keys: Iterable[int], words: str) -> list[Found]:
    keys = list(keys)
    rows = LibraryPage.objects.filter(pk__in=keys).prefetch_related("topics", "audiences").specific().in_bulk()
    pages = [rows[pk] for pk in keys]
    for _, alike in groupby(sorted(pages, key=_model_name), key=_model_name):
        shared = [page for page in alike if hasattr(page, "trust_id")]
        prefetch_related_objects(shared, "trust")
    if not words:
        return [Found(page, page.title, page.summary) for page in pages]
    titles = highlight.titles(words, [page.title for page in pages])
    quoted = highlight.snippets(words, [page.searchable_text() for page in pages])
    return [Found(page, title, text) for page, title, text in zip(pages, titles, quoted, strict=True)]


def _model_name(page: LibraryPage) -> str:
    return str(page._meta.model_name)


Counted = Iterable[tuple[str, str, int]]  # value, label, how many


def _facets(found: LibraryFilter) -> list[Facet]:
    counts: dict[str, Callable[[QuerySet[Any]], Counted]] = {
        "kind": _by_kind,
        "topic": lambda pages: _by(pages, "topics__slug", "topics__name"),
        "audience": lambda pages: _by(pages, "audiences__slug", "audiences__name"),
        "sector": _by_sector,
        "programme": lambda pages: _by(pages, "programmes__slug", "programmes__title"),
    }
    return [_facet(found, name, list(count(found.narrowed(but=name)))) for name, count in counts.items()]


def _facet(found: LibraryFilter, name: str, counted: Collection[tuple[str, str, int]]) -> Facet:
    chosen = found.chosen(name)
    options = [FacetOption(value, label, count, value in chosen) for value, label, count in counted]
    return Facet(name, str(found.filters[name].label), sorted(options, key=lambda option: option.label))


def _by(pages: QuerySet[Any], value: str, label: str) -> Counted:
    named = pages.filter(**{f"{value}__isnull": False}).values_list(value, label)
    yield from named.annotate(n=Count("pk")).order_by()


def _by_kind(pages: QuerySet[Any]) -> Counted:
    known = {kind.pk: kind for kind in kinds()}
    for pk, count in pages.values_list("content_type").annotate(n=Count("pk")).order_by():
        yield str(pk), str(known[pk].name).capitalize(), count


def _by_sector(pages: QuerySet[Any]) -> Counted:
    """Only sectors that some page names; a page without one counts for each of these."""
    rows = [set(sectors) for sectors in pages.values_list("sectors", flat=True)]
    for sector in Organisation.Sector:
        if any(sector in row for row in rows):
            yield sector.value, str(sector.label), sum(not row or sector in row for row in rows)
