"""Words to terms, once for both engines: split, fold, drop the words that say nothing, take the stem."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from portal.names import folded

# Changes whenever the same text would give other terms: indexes made before are then out of date.
VERSION = 1
# Stands where one passage or sentence ends, so that no phrase reaches across; nobody can ask for it.
BREAK = "_"
LONGEST = 40
# PostgreSQL keeps 256 positions of a word and none above 16,383; both engines are given the same, shorter text.
MOST_TERMS = 12_000
MOST_OF_ONE = 200

_TOKEN = re.compile(r"(?P<word>[^\W_]+(?:[&'’][^\W_]+)*)|(?P<stop>[.!?;:\n\r\u2022|]+)")
_STEMMER = snowballstemmer.stemmer("english")
STOP_WORDS = frozenset(
    """
    a about after all also am an and any are as at be been before being but by can could did do does doing during each
    etc for from further had has have having he her here hers him his how i if in into is it its itself me more most my
    myself of off on once only or other our ours out over own s same she so some such than that the their them then
    there these they this those through to too under until up very was we were what when where which while who whom
    why will with within would you your
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: where it stands, its folded form, and its term ("" when it says nothing)."""

    start: int
    end: int
    plain: str
    term: str


def words(text: str, *, keep_all: bool = False) -> Iterator[Word | None]:
    """The words of `text` in order, None where a sentence ends. `keep_all` is for names: "Will" is one."""
    for found in _TOKEN.finditer(text):
        if found.lastgroup == "stop":
            # "St. Mary's" and "9:30" go on; a sentence or a line does not.
            if found.end() == len(text) or text[found.end()].isspace() or "\n" in found.group():
                yield None
            continue
        plain = _plain(found.group())
        if plain:
            yield Word(
                found.start(), found.end(), plain, "" if not keep_all and _is_stop(found.group()) else stem(plain)
            )


@lru_cache(maxsize=200_000)
def _plain(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("’s")
    return "".join(c for c in folded(word) if c.isalnum() or c == "&")[:LONGEST]


@lru_cache(maxsize=200_000)
def _is_stop(word: str) -> bool:
    # "IT" in capitals is a department.
    return word != "IT" and _plain(word) in STOP_WORDS


@lru_cache(maxsize=200_000)
def stem(plain: str) -> str:
    if len(plain) < 3 or not plain.isalpha():
        return plain
    return str(_STEMMER.stemWord(plain))


def terms(text: str, *, keep_all: bool = False) -> list[str]:
    """What is indexed of `text`: its terms in order, BREAK where a sentence ends."""
    return [
        BREAK if word is None else word.term for word in words(text, keep_all=keep_all) if word is None or word.term
    ]


def phrase(text: str) -> tuple[str, ...]:
    """The terms of a short text that is asked for as one, such as a synonym."""
    return tuple(term for term in terms(text) if term != BREAK)


def capped(passages: Iterable[list[str]]) -> list[list[str]]:
    """The passages as far as both engines can hold them: a term too many becomes a BREAK, the rest is cut off."""
    seen, left, kept = Counter[str](), MOST_TERMS, []
    for passage in passages:
        short = []
        for term in passage[: max(left, 0)]:
            seen[term] += 1
            short.append(BREAK if seen[term] > MOST_OF_ONE else term)
        left -= len(short) + 1
        kept.append(short)
    return kept


def normal(text: str) -> str:
    """Text as it is analysed and quoted: letters composed, NUL gone (PostgreSQL keeps none)."""
    return unicodedata.normalize("NFC", text).replace("\x00", "")


def digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
