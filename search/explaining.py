"""Why somebody was found: for each thing asked for, which words of which post, skill or text met it, and how."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.analysis import Word, stem, words
from search.documents import LEVELS, Document, Passage
from search.queries import Alternative, Clause

# Characters of a text quoted before and after the words that were found.
AROUND = 70
HOW = {
    "word": "The same word",
    "stem": "Another form of the word",
    "synonym": "Means the same",
    "phrase": "The exact phrase",
    "prefix": "Begins so",
    "spelling": "The nearest spelling",
}
_ORDER = {level: number for number, level in enumerate((*LEVELS, ""))}


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of text with what was found in the middle."""

    before: str
    found: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.found}{self.after}"


@dataclass(frozen=True, slots=True)
class Met:
    """One thing asked for, and what met it."""

    asked: str
    how: str  # word, stem, synonym, phrase, prefix or spelling
    where: str
    quote: Quote

    @property
    def said(self) -> str:
        """How it was met, in words for the screen."""
        return HOW[self.how]

    @property
    def words(self) -> str:
        """What stands in the person's own text."""
        return self.quote.found


@dataclass(frozen=True, slots=True)
class _Read:
    passage: Passage
    words: tuple[Word | None, ...]


def explain(document: Document, clauses: Sequence[Clause]) -> tuple[Met, ...]:
    """The best place of each clause that `document` meets, in the order in which they were asked for."""
    read = [
        _Read(passage, tuple(w for w in words(passage.text, keep_all=passage.is_name) if w is None or w.term))
        for passage in sorted(document.passages, key=lambda passage: _ORDER[passage.level])
    ]
    found = (_met(clause, read) for clause in clauses if not clause.excluded)
    return tuple(met for met in found if met)


def _met(clause: Clause, read: Iterable[_Read]) -> Met | None:
    for one in read:
        for way in clause.alternatives:
            place = _place(way, one.words)
            if place:
                start, end = place
                quote = _quote(one.passage.text, start.start, end.end)
                return Met(clause.text, _how(way, start, end, one.words), one.passage.where, quote)
    return None


def _place(way: Alternative, there: Sequence[Word | None]) -> tuple[Word, Word] | None:
    """The first and last word of the first place where the terms stand next to each other."""
    length = len(way.terms)
    for start in range(len(there) - length + 1):
        some = there[start : start + length]
        if all(word and _is(word, term, way) for word, term in zip(some, way.terms, strict=True)):
            first, last = some[0], some[-1]
            if first and last:
                return first, last
    return None


def _is(word: Word, term: str, way: Alternative) -> bool:
    return word.term.startswith(term) if way.is_prefix else word.term == term


def _how(way: Alternative, first: Word, last: Word, there: Sequence[Word | None]) -> str:
    """A word that was typed in another form counts as its stem."""
    if way.how != "word":
        return way.how
    typed = [word.plain for word in words(way.text, keep_all=True) if word and stem(word.plain) in way.terms]
    begin = there.index(first)
    met = [word.plain for word in there[begin : begin + len(way.terms)] if word]
    return "word" if met == typed else "stem"


def _quote(text: str, start: int, end: int) -> Quote:
    begin, stop = max(start - AROUND, 0), min(end + AROUND, len(text))
    if begin:
        begin = text.find(" ", begin, start) + 1 or start
    if stop < len(text):
        stop = max(text.rfind(" ", end, stop), end)
    return Quote(
        ("… " if begin else "") + text[begin:start],
        text[start:end],
        text[end:stop] + (" …" if stop < len(text) else ""),
    )
