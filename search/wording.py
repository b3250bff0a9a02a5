"""How the words of criteria and of evidence are compared: search/data/criteria.toml as tables of terms."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from search.analysis import stem, words

FILE = Path(__file__).parent / "data" / "criteria.toml"
_said = tomllib.loads(FILE.read_text(encoding="utf-8"))
_evidence: Mapping[str, list[str]] = _said["evidence"]


@lru_cache(maxsize=200_000)
def plain_key(plain: str) -> str:
    """The key under which a word is compared: its stem, but one for "led" and "lead", "finance" and "financial"."""
    if plain in APART:
        return plain
    term = stem(IRREGULAR.get(plain, plain))
    return FAMILY.get(term, term)


def keys(text: str) -> tuple[str, ...]:
    """The keys of a short phrase, without the words that say nothing."""
    return tuple(plain_key(word.plain) for word in words(text) if word and word.term)


def plains(text: str) -> tuple[str, ...]:
    """The words of a phrase as they are typed, all of them."""
    return tuple(word.plain for word in words(text) if word)


def stems_of(key: str) -> tuple[str, ...]:
    """Every term that an index may hold for a key, the key's own first."""
    return MEMBERS.get(key, (key,))


IRREGULAR: Mapping[str, str] = _said["irregular"]
APART = frozenset(_said["apart"])
FAMILY: Mapping[str, str] = {
    stem(word): stem(family["words"][0]) for family in _said["families"] for word in family["words"]
}


def _members() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for term, head in FAMILY.items():
        found.setdefault(head, {head: None})[term] = None
    for irregular, base in IRREGULAR.items():
        term = stem(base)
        head = FAMILY.get(term, term)
        found.setdefault(head, {head: None})[stem(irregular)] = None
    found.update({word: {stem(word): None} for word in APART})
    return {head: tuple(terms) for head, terms in found.items()}


MEMBERS: Mapping[str, tuple[str, ...]] = _members()


def _phrases(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(plains(text) for text in texts)


FILLER = frozenset(found for text in _said["filler"] if (found := keys(text)))
SOFT = frozenset(key for text in _said["soft"] for key in keys(text))
ROLES = frozenset(key for text in _evidence["roles"] for key in keys(text))
NEGATORS = _phrases(_evidence["negators"])
NOT_NEGATING = frozenset(_evidence["not_negating"])
WISHES = _phrases(_evidence["wishes"])
BESIDE = frozenset(_evidence["beside"])
RISING = frozenset(_evidence["rising"])
LESSER = frozenset(key for text in _evidence["lesser"] for key in keys(text))
UNDATED = frozenset(_evidence["undated"])
PRIVATE = _phrases(_evidence["private"])
CHAIR = plain_key("chair")


def _narrower() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """What is asked in general, as keys -> the phrases that meet it, as keys."""
    found: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for row in _said["narrower"]:
        met_by = tuple(dict.fromkeys(keys(text) for text in (*row["asked"], *row["met_by"])))
        found.update({asked: met_by for text in row["asked"] if (asked := keys(text))})
    return found


NARROWER = _narrower()
LONGEST_NARROWER = max(map(len, NARROWER))
