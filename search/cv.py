"""A CV's free text as blocks with the period each is about, as far as the text says; what tells an age says nothing."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.wording import PRIVATE, UNDATED, plains

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+"
_DAY = rf"(?:{_MONTH}|\d{{1,2}}[/.])?"
_RANGE = re.compile(
    rf"\(?\b(?:from\s+)?{_DAY}(?P<first>(?:19|20)\d\d)\s*(?:-|\u2013|\u2014|to|until|till)\s*"
    rf"{_DAY}(?P<last>(?:19|20)\d\d|present|now|current|today|date|ongoing)\b\)?",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"\(?\bsince\s+{_DAY}(?P<first>(?:19|20)\d\d)\b\)?", re.IGNORECASE)
# A line that begins so is about what somebody lacks, wants or whom to ask.
_ASIDE = re.compile(
    r"^[\W\d]*(?:[\w' ]{0,40}\b)?"
    r"(?:needs?|gaps?|development areas?|areas? (?:for|to) develop\w*|aspirations?|ambitions?|goals?|looking for"
    r"|seeking|references?|referees?|next step|career objectives?|hobbies|interests)\b[\w' ]{0,30}:",
    re.IGNORECASE,
)
LONGEST_HEADING = 25
LONGEST_SECTION = 6


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a CV under one heading; `first` and `last` are years, `last` None while it goes on."""

    heading: str
    lines: tuple[str, ...]
    first: int | None = None
    last: int | None = None


def blocks(text: str) -> Iterator[Block]:
    heading, first, last, lines = "", None, None, list[str]()
    waiting = ""  # a short line: a section's name, or the first line of a heading
    for line in _lines(text):
        found = period(line)
        if found and len(line.split()) <= LONGEST_HEADING:
            yield Block(heading, tuple(lines), first, last)
            heading, lines = f"{waiting}, {found.rest}" if waiting else found.rest, []
            first, last = (None, None) if is_undated(heading) else (found.first, found.last)
            waiting = ""
            continue
        if waiting:
            yield Block(heading, tuple(lines), first, last)
            heading, first, last, lines, waiting = waiting, None, None, [], ""
        if _is_section(line):
            waiting = line
        else:
            lines.append(line)
    yield Block(heading, tuple(lines), first, last)
    if waiting:
        yield Block(waiting, ())


def _lines(text: str) -> Iterable[str]:
    for line in text.splitlines():
        bare = line.strip(" \t*\u2022-\u00b7#")
        if bare and not _is_private(bare) and not _ASIDE.match(bare):
            yield bare


def _is_private(line: str) -> bool:
    said = plains(line)
    return len(said) <= LONGEST_HEADING and any(
        said[start : start + len(mark)] == mark for mark in PRIVATE for start in range(min(len(said), 4))
    )


def _is_section(line: str) -> bool:
    return len(line.split()) <= LONGEST_SECTION and not line.endswith((".", ",", ";")) and not line[0].islower()


def is_undated(text: str) -> bool:
    return any(word in UNDATED for word in plains(text))


@dataclass(frozen=True, slots=True)
class Period:
    first: int
    last: int | None
    rest: str  # the line without it


def period(line: str) -> Period | None:
    """The years that a line says something lasted, and the line without them."""
    found = _RANGE.search(line)
    if found:
        last = int(found["last"]) if found["last"].isdigit() else None
        if last is None or int(found["first"]) <= last:
            return Period(int(found["first"]), last, _without(line, found))
    since = _SINCE.search(line)
    return Period(int(since["first"]), None, _without(line, since)) if since else None


def _without(line: str, found: re.Match[str]) -> str:
    return f"{line[: found.start()].rstrip(' ,:|-')} {line[found.end() :].lstrip(' ,:|-')}".strip()


def days_of(first: int | None, last: int | None) -> tuple[dt.date | None, dt.date | None]:
    """Years as days: from the middle of the first year to the middle of the last."""
    return (dt.date(first, 7, 1) if first else None), (dt.date(last, 7, 1) if last else None)
