"""The links that base.html puts on every page: menu, breadcrumbs, footer."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.models import Page

from portal import navigation
from portal.access import may_use_cms

register = template.Library()


@register.simple_tag(takes_context=True)
def menu_links(context: dict[str, Any]) -> list[navigation.Link]:
    request, page = context.get("request"), context.get("page")
    return navigation.menu(request, page if isinstance(page, Page) else None) if request else []


@register.simple_tag(takes_context=True)
def footer_links(context: dict[str, Any]) -> list[navigation.Link]:
    request = context.get("request")
    return navigation.footer(request) if request else []


@register.simple_tag(takes_context=True)
def page_link(context: dict[str, Any], slug: str, words: str) -> str | SafeString:
    """A link to an editors' page such as "contact"; while it does not stand, an address to write to, or the words."""
    request = context.get("request")
    url = navigation.page_url(request, slug) if request else ""
    if not url and slug == "contact" and settings.CONTACT_EMAIL:
        url = f"mailto:{settings.CONTACT_EMAIL}"
    return format_html('<a href="{}">{}</a>', url, words) if url else words


@register.simple_tag(takes_context=True)
def editor_bar(context: dict[str, Any]) -> str | SafeString:
    """Wagtail's own bar with its accessibility checker, on the CMS's pages for those who may edit; nothing else."""
    request = context.get("request")
    if not request or not isinstance(context.get("page"), Page) or not may_use_cms(request.user):
        return ""
    bar: str | SafeString = wagtailuserbar(context)
    return bar


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def page_breadcrumbs(context: dict[str, Any]) -> dict[str, Any]:
    """The pages above the page that is shown."""
    return {"trail": navigation.trail(context["request"], context["page"])}
