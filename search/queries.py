"""What was asked: words with their exclusions, phrases and prefixes, the facets chosen, and who is asking."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from search.analysis import normal, words
from search.vocabulary import Form, Vocabulary

PAGE_SIZE = 20
LONGEST_QUESTION = 1000
MOST_CLAUSES = 24
SORTS = ("best", "name", "readiness", "days")
_ITEM = re.compile(r'(?P<no>-?)(?:"(?P<exact>[^"]*)"|(?P<bare>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which a clause can be met: these terms next to each other, or any term that begins so."""

    terms: tuple[str, ...]
    how: str = "word"  # word, phrase, synonym, prefix or spelling
    text: str = ""
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for, as it was typed, with every way in which it can be met. `rarity` multiplies its points."""

    text: str
    alternatives: tuple[Alternative, ...]
    excluded: bool = False
    rarity: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """A search as data: what a person typed and chose. It can be kept and asked again."""

    text: str = ""
    chosen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # facet -> values, any of which will do
    days_from: int | None = None  # tenths of a day a month
    days_to: int | None = None
    sort: str = "best"
    at_least: int | None = None  # how many of the things asked for must be met; all of them if None
    after: tuple[Any, ...] | None = None  # the sort values of the last row seen
    size: int = PAGE_SIZE
    counted: tuple[str, ...] | None = None  # facets to count; all of them if None

    def as_data(self) -> dict[str, Any]:
        """For keeping (saved searches, the record of searches): plain JSON, without the place in the list."""
        return {
            "text": self.text,
            "chosen": {name: list(values) for name, values in sorted(self.chosen.items())},
            "days_from": self.days_from,
            "days_to": self.days_to,
            "sort": self.sort,
        }

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> "Question":
        chosen = {name: tuple(values) for name, values in data.get("chosen", {}).items()}
        known = {name: data[name] for name in ("text", "days_from", "days_to", "sort") if name in data}
        return cls(chosen=chosen, **known)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom the asker may be shown on a day: people of these regions (None: of all), never those barred."""

    day: dt.date
    region_ids: frozenset[int] | None = None
    barred: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """A question made ready for any engine: the clauses, how many of them must be met, and the scope."""

    question: Question
    scope: Scope
    clauses: tuple[Clause, ...] = ()
    at_least: int = 0

    @property
    def wanted(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.excluded)

    @property
    def unwanted(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if clause.excluded)

    @property
    def scores(self) -> bool:
        return self.question.sort == "best" and bool(self.wanted)

    @property
    def is_partial(self) -> bool:
        return self.at_least < len(self.wanted)

    def relaxed(self, at_least: int) -> "Plan":
        return replace(self, at_least=at_least)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One stretch of the question that stands for itself."""

    text: str
    terms: tuple[str, ...]
    kind: str  # bare, exact or prefix
    excluded: bool


def clauses_of(text: str, vocabulary: Vocabulary) -> tuple[Clause, ...]:
    """The clauses of a typed question: bare words that make up a concept together become one clause."""
    pieces = list(_pieces(normal(text)[:LONGEST_QUESTION]))
    clauses: list[Clause] = []
    start = 0
    while start < len(pieces) and len(clauses) < MOST_CLAUSES:
        taken, clause = _clause_at(pieces, start, vocabulary)
        start += taken
        if clause not in clauses:
            clauses.append(clause)
    return tuple(clauses)


def _pieces(text: str) -> list[_Piece]:
    found = []
    for item in _ITEM.finditer(text):
        excluded = bool(item["no"])
        exact, bare = item["exact"], item["bare"] or ""
        typed = exact if exact is not None else bare
        is_prefix = exact is None and bare.endswith("*")
        # Somebody who asks for stop words alone means them.
        some = [w for w in words(typed) if w and w.term] or ([] if len(text.split()) > 1 else _all(typed))
        if not some:
            continue
        kind = "exact" if exact is not None else "prefix" if is_prefix else "bare"
        terms = tuple(w.plain if is_prefix and w is some[-1] else w.term for w in some)
        found.append(_Piece(typed.rstrip("*") if is_prefix else typed, terms, kind, excluded))
    return found


def _all(typed: str) -> list[Any]:
    return [word for word in words(typed, keep_all=True) if word]


def _clause_at(pieces: list[_Piece], start: int, vocabulary: Vocabulary) -> tuple[int, Clause]:
    piece = pieces[start]
    if piece.kind == "exact":
        return 1, _clause(piece.text, [Alternative(piece.terms, "phrase", piece.text)], piece.excluded)
    if piece.kind == "prefix":
        prefix = Alternative(piece.terms[-1:], "prefix", piece.text, is_prefix=True)
        return 1, _clause(f"{piece.text}*", [prefix], piece.excluded)
    run = [piece]
    for later in pieces[start + 1 :]:
        # Each excluded word stands alone; a run is of bare words that are all wanted.
        if later.kind != "bare" or later.excluded or piece.excluded:
            break
        run.append(later)
    flat = [term for each in run for term in each.terms]
    length, forms = vocabulary.at(flat, 0)
    taken = _whole_pieces(run, length)
    if not taken:
        return 1, _clause(piece.text, [Alternative(piece.terms, "word", piece.text)], piece.excluded)
    text = " ".join(each.text for each in run[:taken])
    return taken, _clause(text, _ways(tuple(flat[:length]), text, forms), piece.excluded)


def _whole_pieces(run: list[_Piece], length: int) -> int:
    """How many pieces make up exactly `length` terms; 0 if a piece would be cut in two."""
    count = 0
    for number, piece in enumerate(run, start=1):
        count += len(piece.terms)
        if count == length:
            return number
    return 0


def _ways(terms: tuple[str, ...], text: str, forms: tuple[Form, ...]) -> list[Alternative]:
    others = [Alternative(form.terms, "synonym", form.text) for form in forms if form.terms != terms]
    return [Alternative(terms, "word", text), *others]


def _clause(text: str, alternatives: list[Alternative], excluded: bool) -> Clause:
    return Clause(text, tuple(alternatives), excluded)
