"""What a CV suggests: skills of the vocabulary and posts with their years. Suggestions only: the person decides."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.names import folded
from talent.models import Skill

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAY = r"(?:(?P<{0}m>[a-z]{{3,9}})\.?\s+|(?P<{0}n>\d{{1,2}})[/.])?(?P<{0}y>(?:19|20)\d\d)"
_NOW = r"(?P<now>present|date|now|today|current|ongoing)"
_SPAN = re.compile(
    rf"(?<![\w/.]){_DAY.format('a')}\s*(?:-|–|—|to|until)\s*(?:{_DAY.format('b')}|(?:to\s+)?{_NOW})(?!\w)", re.I
)
_BETWEEN = re.compile(r"\s*(?:\||\t|\s[–—-]\s|,| at )\s*")
_EDGES = " \t,;:|()[]–—-•*·"
LONGEST_PASSAGE = 400


@dataclass(frozen=True, slots=True)
class SkillFound:
    """One skill, and the sentence that speaks of it."""

    skill: Skill
    passage: str


@dataclass(frozen=True, slots=True)
class PostFound:
    """One line that looks like a post held."""

    title: str
    employer: str
    started_on: dt.date
    ended_on: dt.date | None
    passage: str


def skills_in(text: str, skills: Iterable[Skill]) -> list[SkillFound]:
    """Skills whose name, or all of its telling words, stand in one sentence: the first such sentence of each."""
    sentences = [(sentence, set(_stems(sentence))) for sentence in _sentences(text)]
    found = []
    for skill in skills:
        wanted = set(_stems(skill.name))
        passage = next((said for said, there in sentences if wanted and wanted <= there), None)
        if passage:
            found.append(SkillFound(skill, passage[:LONGEST_PASSAGE]))
    return found


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from (part.strip(_EDGES) for part in re.split(r"(?<=[.;!?])\s+", line) if part.strip(_EDGES))


_SMALL = frozenset(["and", "or", "of", "the", "in", "for", "to", "with", "a", "an", "on", "at", "by"])


def _stems(text: str) -> Iterator[str]:
    for word in re.findall(r"[a-z0-9]+", folded(text)):
        if word not in _SMALL:
            yield re.sub(r"(?:ing|ment|ies|es|s|y|al)$", "", word) if len(word) > 5 else word


def posts_in(text: str, *, today: dt.date) -> list[PostFound]:
    """Lines with two dates, or a date and "present": what is left of the line is the title and the employer.

    Where the line holds nothing else, the one below it does.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found: list[PostFound] = []
    for number, line in enumerate(lines):
        span = _SPAN.search(line)
        if span is None:
            continue
        rest = (line[: span.start()].strip(_EDGES) + " | " + line[span.end() :].strip(_EDGES)).strip(_EDGES)
        if not rest and number + 1 < len(lines):
            rest = lines[number + 1]
        post = _post(rest, span, line, today)
        if post and all((post.title, post.started_on) != (other.title, other.started_on) for other in found):
            found.append(post)
    return found


def _post(rest: str, span: re.Match[str], line: str, today: dt.date) -> PostFound | None:
    parts = [part.strip(_EDGES) for part in _BETWEEN.split(rest) if part.strip(_EDGES)]
    started, ended = _day(span, "a"), None if span["now"] else _day(span, "b")
    if not parts or started is None or started > today or (ended and ended < started):
        return None
    return PostFound(parts[0][:200], (parts[1] if len(parts) > 1 else "")[:200], started, ended, line[:LONGEST_PASSAGE])


def _day(span: re.Match[str], side: str) -> dt.date | None:
    """The first of the month, or of January where only a year stands."""
    if span[f"{side}y"] is None:
        return None
    name, number = (span[f"{side}m"] or "")[:3].lower(), span[f"{side}n"]
    if name and name not in MONTHS:
        name = ""
    month = MONTHS.index(name) + 1 if name else int(number or 1)
    return dt.date(int(span[f"{side}y"]), month, 1) if 1 <= month <= 12 else None
