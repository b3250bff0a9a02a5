"""Puts up the demonstration's pages; run again, it puts them back as they were written."""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page, Site

from portal import first_pages
from portal.models import Footer, FooterLink, HomePage, PortalPage
from programmes.demo_content import reader
from programmes.models import Audience, GuidancePage, ProgrammePage, RelatedPage, Scheme, Topic

Progress = Callable[[int, int], None]

FOOTER = ("about", "privacy", "accessibility", "cookies", "complaints", "contact")
_GLANCE = "::: glance\n"


def load(*, progress: Progress = lambda done, total: None) -> None:
    """Creates or restores every page in programmes/demo_content/pages; `progress(done, total)` after each.

    Schemes that stand already are tied to their programme pages; load them first.
    """
    with transaction.atomic():
        sources = reader.sources()
        pages: dict[str, Page] = {"": first_pages.home_page()}
        for source in sources:
            if source.path:
                pages[source.path] = _placed(source, pages[source.parent])
        for done, source in enumerate(sources, 1):
            _fill(pages[source.path], source, lambda path: pages[path].pk)
            progress(done, len(sources))
        _footer(pages)


def _placed(source: reader.Source, parent: Page) -> Page:
    slug = source.path.rpartition("/")[2]
    page = parent.get_children().filter(slug=slug).first()
    if page is not None:
        return page.specific
    model = apps.get_model(source.facts["type"])
    page = model(title=source.facts["title"], slug=slug, summary=source.facts["summary"])
    if isinstance(page, GuidancePage):
        _fill_review(page, source)
    # Fetched anew: treebeard counts children on the row, and each addition changes it.
    return Page.objects.get(pk=parent.pk).add_child(instance=page)


def _fill(page: Page, source: reader.Source, find: reader.Finder) -> None:
    page.refresh_from_db()
    page.title = source.facts["title"]
    page.show_in_menus = "menu" in source.facts
    if isinstance(page, HomePage):
        _fill_home(page, source, find)
    elif isinstance(page, PortalPage):
        page.summary = source.facts["summary"]
        page.body = _raw(reader.blocks(_without_glance(source.text), find))
    if isinstance(page, ProgrammePage):
        _fill_programme(page, source, find)
    if isinstance(page, GuidancePage):
        _fill_guidance(page, source, find)
    page.save_revision().publish()


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
    page.schemes = Scheme.objects.filter(slug=source.facts.get("scheme", ""))
    page.contact_name = source.facts.get("contact", "Talent team")
    page.contact_email = "talent@example.org"
    page.contact_phone = "020 7946 0321"


def _fill_guidance(page: GuidancePage, source: reader.Source, find: reader.Finder) -> None:
    _fill_review(page, source)
    page.topics = [_named(Topic, name) for name in source.facts["topics"].split(", ")]
    page.audiences = [_named(Audience, name) for name in source.facts["audiences"].split(", ")]
    related = [path for path in source.facts.get("related", "").split(", ") if path]
    page.related_pages = [RelatedPage(related_id=find(path), sort_order=n) for n, path in enumerate(related)]


def _fill_review(page: GuidancePage, source: reader.Source) -> None:
    page.owner_team = source.facts["owner"]
    page.reviewed_on = dt.date.fromisoformat(source.facts["reviewed_on"])
    page.review_due_on = dt.date.fromisoformat(source.facts["review_due_on"])


def _named(model: type[Topic] | type[Audience], name: str) -> Any:
    return model.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def _footer(pages: dict[str, Page]) -> None:
    footer = Footer.for_site(Site.objects.get(is_default_site=True))
    footer.links.all().delete()
    FooterLink.objects.bulk_create(
        FooterLink(footer=footer, page_id=pages[path].pk, sort_order=n) for n, path in enumerate(FOOTER)
    )
