"""What reviewers may not read in the blind round, hidden from a text: names, addresses, employers, words. Pure.

Rather one word too many than one too few: the team sees the result beside the original before anybody reviews.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from programmes.questions import Kind, Question, Questions, Topic


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# First names and surnames that are everyday words: hidden only where they are written with a capital letter.
EVERYDAY_WORDS = _words(
    "art baker bank bill black brook brown chance charity cook day dean faith field ford frank gay grace grant "
    "green guy hall hill hope jack joy king lane law long love major mark may miles miller north page park penny "
    "pool price ray reed rich rob rose rush short sky smart stone street sue summer taylor victor violet ward "
    "wells west white will wise wood young"
)
# Parts of surnames that say nothing by themselves.
PARTICLES = _words("al bin da de del den der di du el ibn la le mac o of st ten the van von")
TITLES = _words("baroness cbe dame dr lady lord mbe miss mr mrs ms mx obe prof professor rev sir")

EMAIL = r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+"
URL = (
    r"(?:https?://|www\.)\S+"
    r"|\b(?:[a-z0-9-]+\.)+(?:com|net|org|info|io|me|uk|eu)\b(?:/\S*)?"
    r"|(?<![\w.])@[a-z0-9_.]{3,}"
)
PHONE = r"(?<![\w.])(?:\+\d{1,3}[\s().-]*|\(?0)\d(?:[\s().-]{0,2}\d){7,11}(?!\d)"
POSTCODE = r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b"


@dataclass(frozen=True, slots=True)
class Hidden:
    """What to hide for one applicant, or for two."""

    full_name: str
    other_names: tuple[str, ...] = ()  # of whoever applies together with them
    contacts: tuple[str, ...] = ()  # their own email, phone and postcode, in whatever shape
    employers: tuple[str, ...] = ()  # and every other answer marked identifying
    words: tuple[str, ...] = ()  # the team's RedactionTerm words


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: shown as it is, or hidden for the reason `why` ("name", "email", ...)."""

    text: str
    why: str = ""


def pieces(text: str, hidden: Hidden) -> tuple[Piece, ...]:
    """`text` cut where something must be hidden; hidden pieces keep their words, for the team's preview only."""
    found: list[Piece] = []
    end = 0
    for start, stop, why in _spans(text, hidden):
        if start > end:
            found.append(Piece(text[end:start]))
        found.append(Piece(text[start:stop], why))
        end = stop
    if end < len(text):
        found.append(Piece(text[end:]))
    return tuple(found)


def without_words(cut: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces as a reviewer gets them: what is hidden is not in the answer at all."""
    return tuple(Piece("", piece.why) if piece.why else piece for piece in cut)


def redact(text: str, hidden: Hidden) -> str:
    """`text` with a visible block, such as [name], in place of each hidden run."""
    return "".join(f"[{piece.why}]" if piece.why else piece.text for piece in pieces(text, hidden))


def _spans(text: str, hidden: Hidden) -> list[tuple[int, int, str]]:
    """Where to hide what, in order and never overlapping; where two overlap they become one, named by the first."""
    flat = _flat(text)
    # Sorting is stable: what starts at the same place keeps the order of the patterns.
    raw = sorted(
        (
            (m.start(), m.end(), why)
            for why, pattern, on_flat in _patterns(hidden)
            for m in pattern.finditer(flat if on_flat else text)
            if m.end() > m.start()
        ),
        key=itemgetter(0),
    )
    merged: list[tuple[int, int, str]] = []
    for start, stop, why in raw:
        if merged and start < merged[-1][1]:
            before = merged.pop()
            merged.append((before[0], max(before[1], stop), before[2]))
        else:
            merged.append((start, stop, why))
    return merged


def _flat(text: str) -> str:
    """The text in small letters without accents, character for character, so that places stay the same."""
    return "".join(_flat_letter(letter) for letter in text)


def _flat_letter(letter: str) -> str:
    if letter in "’‘`´":
        return "'"
    if letter in "‐‑–—":
        return "-"
    base = unicodedata.normalize("NFKD", letter)[:1].lower()
    return base if len(base) == 1 else letter


def _patterns(hidden: Hidden) -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """(why, pattern, whether it is sought in the flattened text), for everything that must go."""
    for why, pattern in (("email", EMAIL), ("web address", URL), ("phone", PHONE), ("postcode", POSTCODE)):
        yield why, re.compile(pattern), True
    for contact in filter(None, map(_loose, hidden.contacts)):
        yield "contact", re.compile(contact), True
    for words in filter(None, map(_whole, hidden.words)):
        yield "hidden by the team", re.compile(words), True
    for employer in filter(None, map(_whole, hidden.employers)):
        yield "employer", re.compile(employer), True
    for full_name in (hidden.full_name, *hidden.other_names):
        yield from _name_patterns(full_name)


def _name_patterns(full_name: str) -> Iterator[tuple[str, re.Pattern[str], bool]]:
    parts = [p for p in re.split(r"[\s,]+", _flat(full_name)) if p.strip(".") and p.strip(".") not in TITLES]
    if len(parts) > 1:
        yield "name", re.compile(_bounded(r"[\s,.-]+".join(re.escape(p.strip(".")) for p in parts))), True
    for part in {piece for p in parts for piece in (p.strip("."), *p.split("-"))}:
        yield from _part_patterns(part)
    yield from _initial_patterns([p[0] for p in parts if p[0].isalpha()], parts[-1].strip(".") if parts else "")


def _part_patterns(part: str) -> Iterator[tuple[str, re.Pattern[str], bool]]:
    if len(part) < 2 or part in PARTICLES:
        return
    if part in EVERYDAY_WORDS:
        yield "name", re.compile(_bounded(f"(?:{part.capitalize()}|{part.upper()})")), False
    else:
        yield "name", re.compile(_bounded(re.escape(part))), True


def _initial_patterns(initials: list[str], surname: str) -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """J.S., J. S., JS and J Smith: in capital letters, because small ones are words."""
    if len(initials) < 2:
        return
    capitals = [re.escape(i.upper()) for i in initials]
    yield "name", re.compile(_bounded(r"\.?\s?".join(capitals) + r"\.?")), False
    if len(initials) > 2:
        yield "name", re.compile(_bounded(rf"{capitals[0]}\.?\s?{capitals[-1]}\.?")), False
    yield (
        "name",
        re.compile(_bounded(rf"(?:{'|'.join(re.escape(i) for i in initials[:-1])})\.?\s?{re.escape(surname)}")),
        True,
    )


def _bounded(pattern: str) -> str:
    """A whole word, with a possessive where there is one."""
    return rf"(?<!\w)(?:{pattern})(?!\w)(?:['’]s?(?!\w))?"


def _whole(words: str) -> str:
    """The words in a row, whatever stands between them; nothing for fewer than two letters."""
    parts = re.findall(r"\w+", _flat(words))
    return _bounded(r"[\W_]+".join(re.escape(p) for p in parts)) if len("".join(parts)) > 1 else ""


def _loose(contact: str) -> str:
    """An address or number, whatever spaces and dashes stand in it."""
    letters = re.findall(r"\w", _flat(contact))
    return r"(?<!\w)" + r"[\W_]*".join(map(re.escape, letters)) + r"(?!\w)" if len(letters) > 4 else ""


def identifying_values(questions: Questions, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Short answers marked identifying, also inside rows: an employer named there is hidden everywhere else too."""
    return tuple(dict.fromkeys(v.strip() for q in questions.all_questions() for v in _values(q, answers) if v.strip()))


def _values(question: Question, answers: Mapping[str, Any]) -> Iterator[str]:
    given = answers.get(question.key)
    if question.kind is Kind.SHORT_TEXT and question.identifying and isinstance(given, str):
        yield given
    if question.kind is Kind.ENTRIES and isinstance(given, list):
        for row in given:
            for part in question.fields:
                inside = row.get(part.key)
                if part.kind is Kind.SHORT_TEXT and (part.identifying or question.identifying) and inside:
                    yield str(inside)


def is_for_reviewers(question: Question) -> bool:
    """Never a file, never what identifies, never political activity (the panel's, at interview)."""
    return question.kind is not Kind.FILE and not question.identifying and question.topic is not Topic.POLITICAL
