"""Pages for tests, each put under the page where editors would put it."""

import datetime as dt
import itertools
import json
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Site

from portal.models import HomePage, PortalPage, StandardPage
from programmes.models import (
    FrameworkPage,
    GuidanceIndexPage,
    GuidancePage,
    HubIndexPage,
    Intake,
    LibraryPage,
    NewsIndexPage,
    ProgrammeIndexPage,
    ProgrammePage,
    Scheme,
    StoryPage,
)

_numbers = itertools.count(1)


def home_page() -> HomePage:
    """The site's home page, made once in each test; Wagtail's own welcome page may stand or not."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))
        home = root.add_child(instance=HomePage(title="Home", slug="front", hero_heading="Welcome", hero_text="Hello."))
        Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    return home


def put(model: type[PortalPage], parent: Page, title: str = "", *, body: str = "", **fields: Any) -> Any:
    """A live page of `model` below `parent`; `body` is the HTML of one text block."""
    title = title or f"Page {next(_numbers)}"
    stream = json.dumps([{"type": "text", "value": body}]) if body else "[]"
    page = model(title=title, summary=fields.pop("summary", f"About {title}."), body=stream, **fields)
    return Page.objects.get(pk=parent.pk).add_child(instance=page)


def standard_page(title: str = "", *, parent: Page | None = None, **fields: Any) -> StandardPage:
    return put(StandardPage, parent or home_page(), title, **fields)


def programme_index() -> ProgrammeIndexPage:
    return ProgrammeIndexPage.objects.first() or put(ProgrammeIndexPage, home_page(), "Programmes")


def programme_page(title: str = "", *, schemes: list[Scheme] | None = None, **fields: Any) -> ProgrammePage:
    page = put(ProgrammePage, programme_index(), title, **fields)
    page.schemes.set(schemes or [])
    page.save()
    return page


def guidance_index() -> GuidanceIndexPage:
    return GuidanceIndexPage.objects.first() or put(GuidanceIndexPage, home_page(), "Guidance")


def hub_index() -> HubIndexPage:
    return HubIndexPage.objects.first() or put(HubIndexPage, home_page(), "Improvement Hub")


def news_index() -> NewsIndexPage:
    return NewsIndexPage.objects.first() or put(NewsIndexPage, home_page(), "News")


def guidance_page(title: str = "", **fields: Any) -> GuidancePage:
    fields.setdefault("reviewed_on", dt.date(2018, 1, 9))
    fields.setdefault("owner_team", "Talent team")
    return library_page(GuidancePage, guidance_index(), title, **fields)


def framework_page(title: str = "", **fields: Any) -> FrameworkPage:
    fields.setdefault("reviewed_on", dt.date(2018, 1, 9))
    fields.setdefault("owner_team", "Talent team")
    return library_page(FrameworkPage, guidance_index(), title, published_on=dt.date(2016, 12, 1), **fields)


def story_page(title: str = "", **fields: Any) -> StoryPage:
    return library_page(StoryPage, hub_index(), title, **fields)


def library_page(model: type[LibraryPage], parent: Page, title: str = "", **fields: Any) -> Any:
    """A page of the library; `topics=`, `audiences=` and `programmes=` may be given as lists."""
    lists = {name: fields.pop(name) for name in ("topics", "audiences", "programmes") if name in fields}
    page = put(model, parent, title, **fields)
    for name, values in lists.items():
        getattr(page, name).set(values)
    page.save()
    return page


def scheme(**fields: Any) -> Scheme:
    number = next(_numbers)
    given = {
        "name": f"Scheme {number}",
        "slug": f"scheme-{number}",
        "code": f"S{number % 1000}",
        "summary": "A scheme.",
    }
    return Scheme.objects.create(**given | fields)


def intake(of: Scheme, name: str, *, opens_in: int = -5, closes_in: int = 5, **fields: Any) -> Intake:
    """An intake that opens and closes so many days from now."""
    now = timezone.now()
    fields.setdefault("opens_at", now + dt.timedelta(days=opens_in))
    fields.setdefault("closes_at", now + dt.timedelta(days=closes_in))
    return Intake.objects.create(scheme=of, name=name, places=fields.pop("places", 12), **fields)
