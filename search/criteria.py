"""A criterion as somebody wrote it -> the things it asks for, each with every way in which it can be said."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, product

from search.analysis import words
from search.vocabulary import Vocabulary
from search.wording import CHAIR, FILLER, LONGEST_NARROWER, NARROWER, ROLES, SOFT, plain_key, stems_of

_YEARS = re.compile(
    r"\b(\d{1,2}|two|three|four|five|six|seven|eight|ten)\s*(?:\+|or more|plus)?\s*years\b", re.IGNORECASE
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
# What follows is an example of what was asked, or another way to meet it.
_EXAMPLES = re.compile(r"\(?\b(?:e\.g\.|eg|for example|such as|for instance)[,:]?\s", re.IGNORECASE)
_OR = re.compile(r"\s*(?:/|\band/or\b|\bor\b)\s*", re.IGNORECASE)
_OR_ELSE = re.compile(r"[,;]\s*or\s+(?:else\s+)?", re.IGNORECASE)
_EQUIVALENT = re.compile(r"\s*,?\s*\(?\bor\s+(?:an?\s+)?(?:equivalent|similar|comparable)[^,;]*", re.IGNORECASE)
_ANY = re.compile(r",?\s*\b(?:in|of|from|at) any \w+", re.IGNORECASE)
# Of so many things asked for, so many must be met; of more, seven in ten.
_ENOUGH = {1: 1, 2: 2, 3: 3, 4: 3, 5: 4, 6: 4}
# Of one phrase, at most so many ways to spell its words are asked of an engine.
_MOST_PHRASES = 12
_LONGEST_FILLER = max(map(len, FILLER))

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing asked for. `ways` stand word by word in a text; `loose` are its own words, near each other."""

    text: str
    ways: frozenset[Keys]
    loose: Keys = ()
    is_soft: bool = False
    is_role: bool = False
    keys: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", frozenset(key for way in (*self.ways, self.loose) for key in way))

    @property
    def is_chair(self) -> bool:
        """Chairing is somebody's of something: it must stand by what is chaired."""
        return self.ways == frozenset({(CHAIR,)}) or CHAIR in self.loose


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to meet a criterion: things that must be met together."""

    things: tuple[Thing, ...]
    hard: tuple[Thing, ...] = field(init=False, compare=False, repr=False)
    enough: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        hard = tuple(thing for thing in self.things if not thing.is_soft)
        object.__setattr__(self, "hard", hard)
        object.__setattr__(self, "enough", _ENOUGH.get(len(hard), -(-len(hard) * 7 // 10)))


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a specification: any of its readings will do, for `years` if it asks for them."""

    text: str
    essential: bool
    readings: tuple[Reading, ...]
    years: int = 0

    @property
    def can_be_read(self) -> bool:
        return bool(self.readings)


def read(text: str, *, essential: bool, vocabulary: Vocabulary) -> Criterion:
    """`text` without its filler, as things; a criterion of filler alone has no reading and nobody meets it by words."""
    said = _YEARS.search(text)
    years = (_NUMBERS.get(said[1].lower()) or int(said[1])) if said else 0
    bare = _ANY.sub(" ", _EQUIVALENT.sub(" ", _YEARS.sub(" ", text)))
    main, *examples = _EXAMPLES.split(bare, maxsplit=1)
    parts = _branches(main.rstrip(" (")) + [part for each in examples for part in _listed(each)]
    readings = [reading for part in parts if (reading := _reading(part, vocabulary))]
    return Criterion(text.strip(), essential, tuple(dict.fromkeys(readings)), years)


def _branches(text: str) -> list[str]:
    """A clause after ", or" stands for itself, unless it only ends a list."""
    parts = _OR_ELSE.split(text)
    whole = len(parts) > 1 and not any("," in part for part in parts)
    return parts if whole and all(len(part.split()) > 1 for part in parts) else [text]


def _listed(text: str) -> list[str]:
    return [part.strip(" ).") for part in re.split(r",|;|\bor\b|\band\b|/", text) if part.strip(" ).")]


def _reading(text: str, vocabulary: Vocabulary) -> Reading | None:
    runs = _or_runs(text)
    things: list[Thing] = []
    for run in runs:
        found = [_things(part, vocabulary) for part in run]
        things += found[0] if len(found) == 1 else _merged(found)
    unique = tuple(dict.fromkeys(things))
    if not unique:
        return None
    if all(thing.is_soft for thing in unique):
        unique = tuple(replace(thing, is_soft=False) for thing in unique)
    return Reading(unique)


def _or_runs(text: str) -> list[list[str]]:
    """The text as a list of parts; a part that offers a choice (a, b or c) holds its alternatives."""
    pieces = _OR.split(text)
    if len(pieces) == 1:
        return [[text]]
    first, *rest = pieces
    if "," in first and not _OR_ELSE.search(text):
        listed = first.split(",")
        return [[*listed, *rest]]
    return [[first, *rest]]


def _merged(parts: Sequence[Sequence[Thing]]) -> list[Thing]:
    """Of alternatives, the words nearest to the "or" are the choice; what stands around them is asked of all."""
    filled = [list(part) for part in parts if part]
    if not filled:
        return []
    if len(filled) == 1:
        return filled[0]
    before, after = filled[0][:-1], filled[-1][1:]
    choice = [filled[0][-1], *(thing for part in filled[1:-1] for thing in part), filled[-1][0]]
    hard = [thing for thing in choice if not thing.is_soft] or choice
    one = Thing(
        " or ".join(thing.text for thing in hard),
        frozenset(way for thing in hard for way in thing.ways),
        is_role=all(thing.is_role for thing in hard),
        is_soft=all(thing.is_soft for thing in hard),
    )
    return [*before, one, *after]


def _things(text: str, vocabulary: Vocabulary) -> list[Thing]:
    found: list[Thing] = []
    some = [word for word in words(text) if word and word.term]
    place = [plain_key(word.plain) for word in some]
    terms = [word.term for word in some]
    start = 0
    while start < len(some):
        taken, thing = _thing_at(text, some, place, terms, start, vocabulary)
        if thing:
            found.append(thing)
        start += taken
    return found


def _thing_at(
    text: str, some: Sequence[object], place: list[str], terms: list[str], start: int, vocabulary: Vocabulary
) -> tuple[int, Thing | None]:
    general = _longest(place, start, NARROWER, LONGEST_NARROWER)
    known, forms = vocabulary.at(terms, start)
    if general and general >= known:
        said = tuple(place[start : start + general])
        return general, Thing(_text(text, some, start, general), frozenset({*NARROWER[said], said}))
    if known > 1 or (known and (place[start],) not in FILLER):
        said = tuple(place[start : start + known])
        ways = frozenset({said, *(tuple(_keys_of(form.terms)) for form in forms)})
        loose = said if known > 1 else ()
        return known, Thing(
            _text(text, some, start, known), ways, loose, is_soft=False, is_role=_is_role(said) or _are_roles(ways)
        )
    filler = _longest(place, start, FILLER, _LONGEST_FILLER)
    if filler:
        return filler, None
    key = place[start]
    return 1, Thing(_text(text, some, start, 1), frozenset({(key,)}), is_soft=key in SOFT, is_role=key in ROLES)


def _keys_of(terms: Iterable[str]) -> Iterable[str]:
    return (plain_key(term) for term in terms)


def _longest(place: Sequence[str], start: int, known: Iterable[Keys], longest: int) -> int:
    for length in range(min(longest, len(place) - start), 0, -1):
        if tuple(place[start : start + length]) in known:
            return length
    return 0


def _text(text: str, some: Sequence[object], start: int, length: int) -> str:
    first, last = some[start], some[start + length - 1]
    return text[first.start : last.end]  # type: ignore[attr-defined]


def _is_role(said: Keys) -> bool:
    return bool(said) and said[-1] in ROLES


def _are_roles(ways: Iterable[Keys]) -> bool:
    every = list(ways)
    return sum(_is_role(way) for way in every) * 2 > len(every)


def asked_of(criterion: Criterion) -> Iterable[tuple[int, tuple[tuple[str, tuple[Keys, ...]], ...]]]:
    """For an engine, of each reading: how many things are enough, and each hard one with its phrases of index terms."""
    for reading in criterion.readings:
        yield reading.enough, tuple((thing.text, tuple(dict.fromkeys(_terms(thing)))) for thing in reading.hard)


def _terms(thing: Thing) -> Iterable[Keys]:
    for way in sorted(thing.ways):
        yield from islice(product(*(stems_of(key) for key in way)), _MOST_PHRASES)
    if thing.loose:
        # Its own words may stand apart: the longest of them finds whoever has it, and the rest is read afterwards.
        yield from ((term,) for term in stems_of(max(thing.loose, key=lambda key: (key not in SOFT, len(key)))))
