"""What an editor should look at before a page goes out: reading age, headings, links and pictures, in plain words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.urls import Resolver404, resolve
from wagtail.models import Page

# Flesch and Kincaid's grade (Kincaid and others 1975) is a school year of the United States; five more make the age.
GRADE_TO_AGE = 5
OLDEST_READER = 14
FEWEST_WORDS = 60
VAGUE = frozenset({"click here", "here", "this", "this page", "link", "read more", "more", "find out more", "download"})
_WORD = re.compile(r"[A-Za-z’']+")
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|\n+")
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: `check` says of which kind, `says` what it is and what to do."""

    check: str
    says: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found on a page, and the age at which its text is read with ease (None for too little text)."""

    findings: tuple[Finding, ...]
    reading_age: int | None


class _Reader(HTMLParser):
    """Picks text, headings, links and pictures out of the page's HTML."""

    BLOCKS = frozenset({"p", "li", "h2", "h3", "h4", "td", "th", "dd", "dt", "summary", "figcaption", "caption"})

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.links: list[tuple[str, str]] = []
        self.pictures: list[tuple[str, str]] = []
        self._heading: tuple[int, list[str]] | None = None
        self._link: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if re.fullmatch(r"h[1-6]", tag):
            self._heading = int(tag[1]), []
        elif tag == "a":
            self._link = given.get("href", ""), []
        elif tag == "img":
            self.pictures.append((given.get("src", ""), given.get("alt", "").strip()))

    def handle_endtag(self, tag: str) -> None:
        if self._heading and re.fullmatch(r"h[1-6]", tag):
            self.headings.append((self._heading[0], " ".join("".join(self._heading[1]).split())))
            self._heading = None
        elif tag == "a" and self._link:
            self.links.append((self._link[0], " ".join("".join(self._link[1]).split())))
            self._link = None
        if tag in self.BLOCKS:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        for open_part in (self._heading, self._link):
            if open_part:
                open_part[1].append(data)


def check(html: str, *, linked: dict[str, bool] | None = None) -> Checked:
    """`linked` says of each address of ours on the page whether a page that all may read stands there."""
    reader = _Reader()
    reader.feed(html)
    findings = [*_headings(reader), *_links(reader, linked or {}), *_pictures(reader)]
    age = reading_age("".join(reader.text))
    if age is not None and age > OLDEST_READER:
        text = f"The text reads easily from about age {age}. Aim for {OLDEST_READER}: shorter sentences, plainer words."
        findings.append(Finding("Reading age", text))
    return Checked(tuple(findings), age)


def check_page(page: Any, context: dict[str, Any]) -> Checked:
    """The body of a PortalPage as readers get it. One query for the addresses on it."""
    html = page.render_body(context)
    return check(html, linked=_standing(_own_links(html), page))


def reading_age(text: str) -> int | None:
    """Years, by the Flesch-Kincaid grade; None for fewer than FEWEST_WORDS words."""
    words = _WORD.findall(text)
    sentences = [part for part in _SENTENCE.split(text) if len(_WORD.findall(part)) > 1]
    if len(words) < FEWEST_WORDS or not sentences:
        return None
    syllables = sum(syllables_of(word) for word in words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return max(round(grade + GRADE_TO_AGE), 5)


def syllables_of(word: str) -> int:
    """By groups of vowels; a silent e at the end does not count."""
    plain = word.lower().replace("’", "").replace("'", "")
    groups = len(_VOWELS.findall(plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee")) and groups > 1
    return max(groups - silent, 1)


def _headings(reader: _Reader) -> Iterator[Finding]:
    above = 1
    for level, text in reader.headings:
        if not text:
            yield Finding("Headings", f"A heading of level {level} is empty. Write it or take it out.")
        elif level > above + 1:
            yield Finding("Headings", f"“{text}” is at level {level}, below level {above}. Make it level {above + 1}.")
        above = level


def _links(reader: _Reader, linked: dict[str, bool]) -> Iterator[Finding]:
    for address, text in reader.links:
        if text.casefold().strip(" .:→") in VAGUE:
            yield Finding("Link text", f"“{text}” does not say where it leads. Name the page or what happens.")
        elif not text:
            yield Finding("Link text", "A link has no words, so that nobody hears where it leads.")
        if not address or address.startswith("#None"):
            yield Finding("Links", f"The page behind “{text}” no longer stands. Choose another, or take the link out.")
        elif linked.get(address) is False:
            yield Finding("Links", f"“{text}” leads to {address}, where readers find no page.")


def _pictures(reader: _Reader) -> Iterator[Finding]:
    for source, words in reader.pictures:
        if not words:
            yield Finding(
                "Pictures", f"The picture {source.rpartition('/')[2]} has no words for those who cannot see it."
            )


def _own_links(html: str) -> set[str]:
    reader = _Reader()
    reader.feed(html)
    return {address for address, _ in reader.links if address.startswith("/") and not address.startswith("//")}


def _standing(addresses: set[str], page: Any) -> dict[str, bool]:
    """Whether a live page stands at each address."""
    root = page.get_url_parts()
    if root is None or not addresses:
        return {}
    site_path = page.url_path.removesuffix(root[2]) if page.url_path.endswith(root[2]) else ""
    paths = {address: f"{site_path}{address.partition('#')[0].partition('?')[0]}" for address in addresses}
    known = set(Page.objects.live().filter(url_path__in=paths.values()).values_list("url_path", flat=True))
    return {address: path in known for address, path in paths.items() if _is_of_a_page(address)}


def _is_of_a_page(address: str) -> bool:
    """Whether the CMS answers there; what our own views and files answer is not looked at."""
    path = address.partition("#")[0].partition("?")[0]
    if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
        return False
    try:
        return resolve(path).url_name == "wagtail_serve"
    except Resolver404:
        return True
