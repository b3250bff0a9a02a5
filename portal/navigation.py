"""Where one is and where one can go: the menu, the breadcrumbs and the footer, read off the page tree."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page, Site

from portal.models import FooterLink


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a menu. `current` is "page" on the page itself, "true" within its section, else empty."""

    title: str
    url: str
    current: str = ""


def menu(request: HttpRequest, page: Page | None) -> list[Link]:
    """The sections that editors put in the menu: one query a request, however many there are."""
    kept: list[Page] | None = getattr(request, "_menu_pages", None)
    if kept is None:
        kept = _sections(request)
        request._menu_pages = kept  # type: ignore[attr-defined]
    return [Link(p.title, p.get_url(request) or "", _current(p, page)) for p in kept]


def _sections(request: HttpRequest) -> list[Page]:
    site = Site.find_for_request(request)
    if site is None:
        return []
    return list(site.root_page.get_children().live().public().in_menu())


def _current(section: Page, page: Page | None) -> str:
    if page is None or not page.path:
        return ""
    if page.path == section.path:
        return "page"
    return "true" if page.path.startswith(section.path) else ""


def trail(request: HttpRequest, page: Page) -> list[tuple[str, str]]:
    """The pages above `page`, from the home page down, as (title, url): one query."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    above = page.get_ancestors().live().filter(depth__gte=site.root_page.depth)
    return [("Home" if p.pk == site.root_page_id else p.title, p.get_url(request) or "") for p in above]


def page_url(request: HttpRequest, slug: str) -> str:
    """The address of the page `slug` right below the home page; empty while there is none that all may read."""
    site = Site.find_for_request(request)
    page = site and site.root_page.get_children().live().public().filter(slug=slug).first()
    return (page.get_url(request) or "") if page else ""


def footer(request: HttpRequest) -> list[Link]:
    """The links that editors chose for the foot of the page, those that are live: one query."""
    site = Site.find_for_request(request)
    links = FooterLink.objects.filter(footer__site=site, page__live=True).select_related("page").order_by("sort_order")
    return [Link(link.label or link.page.title, link.page.get_url(request) or "") for link in links]
