"""Puts up the demonstration's pages; run again, it puts them back as they were written."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.text import slugify
from modelcluster.models import ClusterableModel
from wagtail.models import Page, Site

from portal import first_pages
from portal.demo import london
from portal.models import Footer, FooterLink, HomePage, Organisation, PortalPage
from programmes.demo_content import reader
from programmes.models import (
    Audience,
    Collaborative,
    FrameworkPage,
    GuidancePage,
    LearningNetwork,
    LibraryPage,
    NewsPage,
    ProgrammePage,
    RelatedPage,
    Scheme,
    Topic,
)

Progress = Callable[[int, int], None]

FOOTER = ("about", "privacy", "accessibility", "cookies", "complaints", "contact")
_GLANCE = "::: glance\n"


def load(*, sources: list[reader.Source] | None = None, progress: Progress = lambda done, total: None) -> None:
    """Creates or restores the pages in programmes/demo_content/pages, or `sources`; `progress(done, total)` after each.

    Schemes that stand already are tied to their programme pages, trusts to their stories; load them first.
    """
    with transaction.atomic():
        sources = reader.sources() if sources is None else sources
        pages = _placed(sources)
        terms = _Terms()
        # Programmes first: what belongs to them is tied to their own rows.
        for done, source in enumerate(sorted(sources, key=_is_no_programme), 1):
            _fill(pages[source.path], source, lambda path: pages[path].pk, terms)
            progress(done, len(sources))
        _footer(pages)


def _is_no_programme(source: reader.Source) -> bool:
    return source.facts["type"] != "programmes.ProgrammePage"


def _placed(sources: list[reader.Source]) -> dict[str, Page]:
    """Every page by its path, those that are new with their row in the tree only: added level by level, at once.

    Each link needs the number of the page it leads to, so that all must stand before the first is filled.
    """
    home = first_pages.home_page()
    pages: dict[str, Page] = {"": home}
    levels: dict[int, list[reader.Source]] = {}
    for source in sources:
        if source.path:
            levels.setdefault(source.path.count("/"), []).append(source)
    for level in (levels[depth] for depth in sorted(levels)):
        parents = {pages[source.parent].pk: pages[source.parent] for source in level}
        known = {page.url_path: page for one in parents.values() for page in one.get_children().specific()}
        missing = [source for source in level if _address(source, pages) not in known]
        rows = {row.url_path: row for row in _rows(missing, pages)}
        Page.objects.bulk_create(rows.values())
        Page.objects.bulk_update(parents.values(), ["numchild"])
        for source in level:
            address = _address(source, pages)
            pages[source.path] = known.get(address) or _specific(rows[address], source)
    return pages


def _address(source: reader.Source, pages: dict[str, Page]) -> str:
    return f"{pages[source.parent].url_path}{source.slug}/"


def _rows(sources: list[reader.Source], pages: dict[str, Page]) -> Iterator[Page]:
    """The pages' rows of the tree, each after its parent's last child; the parents count them."""
    steps: dict[int, int] = {}
    for source in sources:
        parent, title = pages[source.parent], source.facts["title"]
        if parent.pk not in steps:
            last = parent.get_last_child()
            steps[parent.pk] = Page._str2int(last.path[-Page.steplen :]) if last else 0
        steps[parent.pk] += 1
        parent.numchild += 1
        yield Page(
            path=Page._get_path(parent.path, parent.depth + 1, steps[parent.pk]),
            depth=parent.depth + 1,
            title=title,
            draft_title=title,
            slug=source.slug,
            url_path=_address(source, pages),
            locale_id=parent.locale_id,
            content_type=ContentType.objects.get_for_model(apps.get_model(source.facts["type"])),
        )


def _specific(row: Page, source: reader.Source) -> Page:
    """The page that stands on `row`, not yet written."""
    model = apps.get_model(source.facts["type"])
    page = model(**{field.attname: getattr(row, field.attname) for field in Page._meta.concrete_fields})
    page.pk = row.pk
    return page


def _fill(page: Page, source: reader.Source, find: reader.Finder, terms: "_Terms") -> None:
    page.title = page.draft_title = source.facts["title"]
    page.show_in_menus = "menu" in source.facts
    page.first_published_at = page.last_published_at = london(_day(source), hour=9)
    if isinstance(page, HomePage):
        _fill_home(page, source, find)
    elif isinstance(page, PortalPage):
        page.summary = source.facts["summary"]
        blocks = reader.blocks(_without_glance(source.text), find)
        page.body = _raw(block for block in blocks if block[0] != "domain")
        if isinstance(page, FrameworkPage):
            page.domains = _raw(block for block in blocks if block[0] == "domain")
    if isinstance(page, ProgrammePage):
        _fill_programme(page, source, find)
    if isinstance(page, LibraryPage):
        _fill_library(page, source, find, terms)
    if isinstance(page, NewsPage):
        page.published_on = _day(source)
    # Past Wagtail’s own save(), which compares with the page as it stood: a new one stands in the tree only.
    ClusterableModel.save(page)


def _day(source: reader.Source) -> dt.date:
    """When it was published: its own day, or when it was last read through."""
    return dt.date.fromisoformat(source.facts.get("published_on", source.facts.get("reviewed_on", "2018-03-01")))


def _fill_home(page: HomePage, source: reader.Source, find: reader.Finder) -> None:
    for name in ("title", "hero_heading", "hero_text"):
        setattr(page, name, source.facts[name])
    (_, cards), *_ = reader.blocks(source.text, find)
    page.audiences = _raw(("card", card) for card in cards["cards"])


def _raw(blocks: Iterable[reader.Block]) -> str:
    """A StreamField takes its stored form, JSON, as it takes live blocks."""
    return json.dumps([{"type": name, "value": value} for name, value in blocks])


def _without_glance(text: str) -> str:
    return text.partition("\n:::\n")[2] if text.startswith(_GLANCE) else text


def _fill_programme(page: ProgrammePage, source: reader.Source, find: reader.Finder) -> None:
    page.group = source.facts["group"]
    glance = source.text.removeprefix(_GLANCE).partition("\n:::\n")[0] if source.text.startswith(_GLANCE) else ""
    page.facts = _raw([("facts", reader.facts(glance, find))] if glance else [])
    page.schemes = Scheme.objects.filter(slug__in=_listed(source.facts, "scheme"))
    page.contact_name = source.facts.get("contact", "Talent team")
    page.contact_email = source.facts.get("email", "talent@example.org")
    page.contact_phone = "020 7946 0321"


def tie() -> None:
    """What a programme's page lists beside its words, once the collaboratives and networks are there."""
    for source in reader.sources():
        for fact, model, field in (
            ("collaborative", Collaborative, "collaboratives"),
            ("network", LearningNetwork, "networks"),
        ):
            if slug := source.facts.get(fact):
                page = ProgrammePage.objects.get(slug=source.slug)
                getattr(page, field).set(model.objects.filter(slug=slug))
                page.save()


def _fill_library(page: LibraryPage, source: reader.Source, find: reader.Finder, terms: "_Terms") -> None:
    facts = source.facts
    page.topics = terms.of(Topic, _listed(facts, "topics"))
    page.audiences = terms.of(Audience, _listed(facts, "audiences"))
    page.sectors = _listed(facts, "sectors")
    page.programmes = ProgrammePage.objects.filter(
        pk__in=[find(f"programmes/{slug}") for slug in _listed(facts, "programmes")]
    )
    page.related_pages = [
        RelatedPage(related_id=find(path), sort_order=n) for n, path in enumerate(_listed(facts, "related"))
    ]
    if isinstance(page, GuidancePage | FrameworkPage):
        page.owner_team = facts["owner"]
        page.reviewed_on = dt.date.fromisoformat(facts["reviewed_on"])
        page.review_due_on = dt.date.fromisoformat(facts["review_due_on"])
    for name in ("result", "partners", "link"):
        if name in facts:
            setattr(page, name, facts[name])
    if "trust" in facts:
        page.trust = terms.trust(facts["trust"])
    if isinstance(page, FrameworkPage):
        page.published_on = _day(source)


def _listed(facts: dict[str, str], name: str) -> list[str]:
    return [item for item in facts.get(name, "").split(", ") if item]


class _Terms:
    """Topics, audiences and trusts by name, each asked for or made once."""

    def __init__(self) -> None:
        self._kept: dict[tuple[type, str], Any] = {}
        self._trusts: dict[str, Organisation] = {}

    def of(self, model: type[Topic] | type[Audience], names: list[str]) -> list[Any]:
        for name in names:
            if (model, name) not in self._kept:
                self._kept[model, name] = model.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]
        return [self._kept[model, name] for name in names]

    def trust(self, ods_code: str) -> Organisation | None:
        """None where trusts are not loaded, as in most tests."""
        if not self._trusts:
            self._trusts = Organisation.objects.trusts().in_bulk(field_name="ods_code")
        return self._trusts.get(ods_code)


def _footer(pages: dict[str, Page]) -> None:
    footer = Footer.for_site(Site.objects.get(is_default_site=True))
    footer.links.all().delete()
    FooterLink.objects.bulk_create(
        FooterLink(footer=footer, page_id=pages[path].pk, sort_order=n) for n, path in enumerate(FOOTER)
    )
