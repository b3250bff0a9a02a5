"""NHS.UK components and plain words for templates: `{% load portal_tags %}`."""

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet, BoundField
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal import words
from portal.forms.rendering import first_input_id, render_field, render_fields

register = template.Library()

register.filter("long_date", words.long_date)
register.filter("date_time", words.date_time)
register.filter("clock", words.clock)
register.filter("join_words", words.join_words)


@register.filter
def json_ld(data: Any) -> SafeString:
    """Facts for search engines (schema.org) as a data block; nothing in it can end the block."""
    text = json.dumps(data, ensure_ascii=False).translate({ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"})
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 (escaped above)


@register.simple_tag
def field(bound: BoundField, size: str = "", heading: bool = False, classes: str = "") -> SafeString:
    """One field of any form. `size="l" heading=True` makes its label the page's h1."""
    return render_field(bound, size=size, heading=heading, classes=classes)


@register.simple_tag
def fields(form: BaseForm, *names: str) -> SafeString:
    """All fields of any form, or the named ones in that order."""
    return render_fields(form, names or None)


@register.inclusion_tag("components/forms/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet) -> dict[str, Any]:
    """What is wrong in all of `forms`, each line leading to the input it is about; nothing when all is well."""
    return {"lines": [line for form in forms for line in _wrong(form)]}


def _wrong(form: BaseForm | BaseFormSet) -> Iterable[tuple[str, str]]:
    if isinstance(form, BaseFormSet):
        yield from ((message, "") for message in form.non_form_errors())
        for one in form.forms:
            yield from _wrong(one)
        return
    if not form.is_bound:
        return
    yield from ((message, "") for message in form.non_field_errors())
    for bound in form:
        target = "" if bound.is_hidden else first_input_id(bound)
        yield from ((message, target) for message in bound.errors)


def _flat(attrs: dict[str, Any]) -> SafeString:
    given = ((name.replace("_", "-"), value) for name, value in attrs.items() if value not in (None, False, ""))
    return format_html_join("", ' {}="{}"', given)


@register.simple_tag
def button(text: str, variant: str = "", **attrs: Any) -> SafeString:
    """A submit button. `variant`: secondary, warning, reverse, login. Other words become attributes (hx_post="...")."""
    kind = f" nhsuk-button--{variant}" if variant else ""
    attrs.setdefault("type", "submit")
    return format_html(
        '<button class="nhsuk-button{}" data-module="nhsuk-button" data-prevent-double-click="true"{}>{}</button>',
        kind,
        _flat(attrs),
        text,
    )


@register.simple_tag
def link_button(text: str, url: str, variant: str = "", **attrs: Any) -> SafeString:
    """A link that looks like a button: it leads somewhere and changes nothing."""
    kind = f" nhsuk-button--{variant}" if variant else ""
    return format_html(
        '<a class="nhsuk-button{}" href="{}" role="button" draggable="false" data-module="nhsuk-button"{}>{}</a>',
        kind,
        url,
        _flat(attrs),
        text,
    )


@register.simple_tag
def back_link(url: str, text: str = "Back") -> SafeString:
    return format_html('<nav aria-label="Back"><a class="nhsuk-back-link" href="{}">{}</a></nav>', url, text)


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(trail: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """`trail` is (title, url) from the top down to the page above this one."""
    return {"trail": list(trail)}


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """A status. Colours: white, grey, green, aqua-green, blue, purple, pink, red, orange, yellow."""
    return format_html('<strong class="nhsuk-tag{}">{}</strong>', f" nhsuk-tag--{colour}" if colour else "", text)


@register.inclusion_tag("components/pagination.html")
def pagination(page: Page, request: HttpRequest, name: str = "page") -> dict[str, Any]:
    """Pages of a list; the rest of the query string stays as it is. Nothing when there is one page."""

    def url(number: int) -> str:
        query = request.GET.copy()
        query[name] = str(number)
        return f"?{query.urlencode()}"

    paginator = page.paginator
    numbers = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "many": paginator.num_pages > 1,
        "items": [(n, url(n) if isinstance(n, int) else "", n == page.number) for n in numbers],
        "previous": url(page.previous_page_number()) if page.has_previous() else "",
        "next": url(page.next_page_number()) if page.has_next() else "",
    }


@register.simple_block_tag
def inset(content: SafeString) -> SafeString:
    return format_html(
        '<div class="nhsuk-inset-text"><span class="nhsuk-u-visually-hidden">Information: </span>{}</div>',
        conditional_escape(content),
    )


@register.simple_block_tag
def warning(content: SafeString, heading: str = "Important") -> SafeString:
    """A callout for what a person must not miss."""
    return format_html(
        '<div class="nhsuk-card nhsuk-card--warning"><div class="nhsuk-card__content">'
        '<h2 class="nhsuk-card__heading"><span role="text">'
        '<span class="nhsuk-u-visually-hidden">Important: </span>{}</span></h2>{}</div></div>',
        heading,
        conditional_escape(content),
    )


NOT_TYPED = ("csrfmiddlewaretoken", "confirm", "change")


@register.simple_tag
def typed_again(request: HttpRequest) -> SafeString:
    """All that was posted, hidden in the form of a page that asks once more: `confirm` writes it, `change` shows it."""
    typed = ((name, value) for name, values in request.POST.lists() if name not in NOT_TYPED for value in values)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', typed)


@register.simple_tag
def organisation_name() -> str:
    """For papers and mails, which have no request."""
    return settings.ORGANISATION_NAME


@register.simple_tag
def service_name() -> str:
    return settings.WAGTAIL_SITE_NAME
