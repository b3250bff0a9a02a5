"""Anchors and a contents list for a long page, read off the headings it already has."""

import re
from dataclasses import dataclass
from html import unescape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

_H2 = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<inner>.*?)</h2>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the contents list: the words and the anchor they lead to."""

    anchor: str
    text: str


def with_anchors(html: str) -> tuple[SafeString, list[Heading]]:
    """`html` with an id on each h2, and the headings in order. `html` is trusted: a rendered page body."""
    headings: list[Heading] = []

    def anchored(match: re.Match[str]) -> str:
        text = unescape(" ".join(_TAG.sub("", match["inner"]).split()))
        anchor = _unused(slugify(text) or "section", {h.anchor for h in headings})
        headings.append(Heading(anchor, text))
        return f'<h2{match["attributes"]} id="{anchor}">{match["inner"]}</h2>'

    return mark_safe(_H2.sub(anchored, html)), headings  # noqa: S308  (our own templates rendered it)


def _unused(slug: str, taken: set[str]) -> str:
    number = 1
    candidate = slug
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
