"""Words to terms, once for both engines: split, fold, drop the words that say nothing, take the stem."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import snowballstemmer

from portal.names import folded

# Changes whenever the same text would give other terms: indexes made before are then out of date.
VERSION = 1
# Stands where one passage or sentence ends, so that no phrase reaches across; nobody can ask for it.
BREAK = "_"
LONGEST = 40
KNOWN = 300_000  # stretches of text remembered with their terms
# PostgreSQL keeps 256 positions of a word and none above 16,383; both engines are given the same, shorter text.
MOST_TERMS = 12_000
MOST_OF_ONE = 200

_STOPS = ".!?;:\n\r\u2022|"
_TOKEN = re.compile(rf"(?P<word>[^\W_]+(?:[&'’][^\W_]+)*)|(?P<stop>[{_STOPS}]+)")
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


class _Known(dict[str, tuple[str, ...]]):
    """Each stretch between spaces that was met before -> its terms: most are met again."""

    def __init__(self, *, keep_all: bool) -> None:
        super().__init__()
        self.keep_all = keep_all

    def __missing__(self, stretch: str) -> tuple[str, ...]:
        if len(self) >= KNOWN:
            self.clear()
        found = tuple(_terms(stretch, keep_all=self.keep_all))
        self[stretch] = found
        return found


_KNOWN = {keep_all: _Known(keep_all=keep_all) for keep_all in (False, True)}


def _terms(text: str, *, keep_all: bool) -> Iterator[str]:
    for word in words(text, keep_all=keep_all):
        if word is None:
            yield BREAK
        elif word.term:
            yield word.term


def read(text: str, *, keep_all: bool = False) -> tuple[list[str], list[str]]:
    """What is indexed of `text`, its terms in order with BREAK where a sentence ends; and the stretches they stand in.

    The same as `words` gives, without places and many times faster.
    """
    known = _KNOWN[keep_all]
    found: list[str] = []
    stretches: list[str] = []
    for ends_before, line in _lines(text):
        if ends_before:
            found.append(BREAK)
        some = line.split()
        found += [term for stretch in some for term in known[stretch]]
        stretches += some
    return found, stretches


def _lines(text: str) -> Iterator[tuple[bool, str]]:
    """The lines of `text`, each with whether a sentence ends before it: once for all the stops around a line's end."""
    # One stop is like another, but this one is taken for a space.
    first, *others = text.replace("\r", "|").split("\n")
    if not others:
        yield False, first
        return
    yield False, first.rstrip(_STOPS)
    *middle, last = others
    ends_before = True
    for line in middle:
        bare = line.strip(_STOPS)
        yield ends_before, bare
        # A line of nothing but stops is one with the ends around it.
        ends_before = bool(bare)
    yield ends_before, last.lstrip(_STOPS)


@lru_cache(maxsize=KNOWN)
def spellings(stretch: str) -> tuple[tuple[str, str], ...]:
    """The words of a stretch of text, each with its term."""
    return tuple((word.plain, word.term) for word in words(stretch) if word and word.term)


def terms(text: str, *, keep_all: bool = False) -> list[str]:
    """What is indexed of `text`: its terms in order, BREAK where a sentence ends."""
    return read(text, keep_all=keep_all)[0]


def phrase(text: str) -> tuple[str, ...]:
    """The terms of a short text that is asked for as one, such as a synonym."""
    return tuple(term for term in terms(text) if term != BREAK)


def capped(passages: Iterable[list[str]]) -> list[list[str]]:
    """The passages as far as both engines can hold them: a term too many becomes a BREAK, the rest is cut off."""
    every = list(passages)
    fits = sum(map(len, every)) + len(every) <= MOST_TERMS
    if fits and max(Counter(chain.from_iterable(every)).values(), default=0) <= MOST_OF_ONE:
        return every
    seen, left, kept = Counter[str](), MOST_TERMS, []
    for passage in every:
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
