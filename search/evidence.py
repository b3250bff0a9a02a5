"""Which words of which post, skill or paragraph meet a criterion, and in which period: pure."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.criteria import Criterion, Keys, Reading, Thing
from search.sentences import Sentence, is_somebody_elses
from search.stretches import Span, Stretch
from search.wording import CHAIR, ROLES

# Words of one thing that stand apart: so many others may stand between them.
_APART = 5
# Chairing is of what stands this near.
_NEAR = 6
_LONGEST_QUOTE = 160
# Roles that are only in a bare list of words ("Sectors") are no post held.
_UNDATED_WORTH = {"stated": 0.8}


@dataclass(frozen=True, slots=True)
class Spot:
    """Content words of one sentence, from the first to the last."""

    sentence: Sentence
    first: int
    last: int

    @property
    def bounds(self) -> tuple[int, int]:
        tokens, content = self.sentence.tokens, self.sentence.content
        return tokens[content[self.first]].start, tokens[content[self.last]].end


@dataclass(frozen=True, slots=True)
class Evidence:
    """A criterion met: how much of what it asks, by which words, where, and when."""

    share: float  # of the things asked for, 0 to 1
    words: str
    where: str
    kind: str
    span: Span
    sentence: str = ""


def find(criterion: Criterion, there: Sequence[Stretch]) -> tuple[Evidence, ...]:
    """Everything in `there` that meets the criterion, at most one a stretch, the best first."""
    found = [best for stretch in there if (best := _best(criterion, stretch))]
    return tuple(sorted(found, key=_worth, reverse=True))


def _worth(evidence: Evidence) -> tuple[float, dt.date, bool]:
    until = dt.date.max if evidence.span.goes_on else evidence.span.last_on or dt.date.min
    return evidence.share * _UNDATED_WORTH.get(evidence.kind, 1.0), until, evidence.kind == "post"


def _best(criterion: Criterion, stretch: Stretch) -> Evidence | None:
    keys = stretch.keys
    best: Evidence | None = None
    for reading in criterion.readings:
        if not _could_meet(reading, keys):
            continue
        for window in _windows(stretch):
            found = _met(reading, window, stretch)
            if found and (best is None or found.share > best.share):
                best = found
            if best and best.share == 1.0:
                return best
    return best


def _could_meet(reading: Reading, keys: frozenset[str]) -> bool:
    return sum(1 for thing in reading.hard if thing.keys & keys) >= reading.enough


def _windows(stretch: Stretch) -> Iterator[tuple[Sentence, ...]]:
    """The title alone, with each sentence, then with each two that follow one another."""
    if stretch.context:
        yield stretch.context
    for sentence in stretch.body:
        yield (*stretch.context, sentence)
    for pair in zip(stretch.body, stretch.body[1:], strict=False):
        yield (*stretch.context, *pair)


def _met(reading: Reading, window: Sequence[Sentence], stretch: Stretch) -> Evidence | None:
    every = [(thing, _spots(thing, window)) for thing in reading.things]
    every = [(thing, _by_what_is_chaired(thing, found, every)) for thing, found in every]
    hard = [(thing, found) for thing, found in every if not thing.is_soft]
    met = [found for _, found in hard if found]
    if len(met) < reading.enough or any(not found for thing, found in hard if thing.is_chair or thing.is_role):
        return None
    soft = [found for thing, found in every if thing.is_soft]
    helped = sum(1 for found in soft if found) / len(soft) if soft else 1.0
    share = len(met) / len(hard) * (0.95 + 0.05 * helped)
    shown = sorted((max(found, key=_length) for found in met), key=lambda spot: window.index(spot.sentence))
    return Evidence(round(share, 4), _quoted(shown), stretch.where, stretch.kind, stretch.span, _around(shown))


def _length(spot: Spot) -> int:
    return spot.last - spot.first


def _spots(thing: Thing, window: Iterable[Sentence]) -> list[Spot]:
    """Every place where the thing is said as something done, in one sentence."""
    found = []
    for sentence in window:
        if not thing.keys & sentence.keys:
            continue
        for first, last in (*_phrases(thing.ways, sentence), *_loose(thing, sentence)):
            if not _is_void(sentence, first, last) and _is_own(sentence, first, last):
                found.append(Spot(sentence, first, last))
    return found


def _is_own(sentence: Sentence, first: int, last: int) -> bool:
    """Of a role, that it is the person's own: not that of a place, and not of whom they work for."""
    if sentence.said[last] not in ROLES and sentence.said[first] not in ROLES:
        return True
    return not sentence.is_place and not is_somebody_elses(sentence, first, last)


def _phrases(ways: Iterable[Keys], sentence: Sentence) -> Iterator[tuple[int, int]]:
    number = len(sentence.content)
    for way in ways:
        if not sentence.keys.issuperset(way):
            continue
        for start in range(number - len(way) + 1):
            if all(sentence.said[start + n] == key for n, key in enumerate(way)):
                yield start, start + len(way) - 1


def _loose(thing: Thing, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The thing's own words near each other, in any order; for a role hardly apart."""
    if not thing.loose or not sentence.keys.issuperset(thing.loose):
        return
    longest = len(thing.loose) + (1 if thing.is_role else _APART)
    number = len(sentence.content)
    for start in range(number):
        if sentence.said[start] not in thing.loose:
            continue
        for end in range(start + 1, min(start + longest, number)):
            some = [sentence.said[n] for n in range(start, end + 1)]
            if set(thing.loose) <= set(some):
                if CHAIR not in thing.loose or _chairs(sentence, some.index(CHAIR) + start, set(thing.loose) - {CHAIR}):
                    yield start, end
                break


def _is_void(sentence: Sentence, first: int, last: int) -> bool:
    return any(sentence.tokens[sentence.content[n]].is_void for n in range(first, last + 1))


def _by_what_is_chaired(thing: Thing, found: list[Spot], every: Sequence[tuple[Thing, list[Spot]]]) -> list[Spot]:
    """Of a chairing, the places where what is chaired stands by it, where something is asked for that is chaired."""
    others = [spots for other, spots in every if other is not thing and not other.is_soft]
    if not thing.is_chair or not others:
        return found
    return [
        spot for spot in found if spot.last > spot.first or _stands_by(spot, [s for spots in others for s in spots])
    ]


def _stands_by(spot: Spot, others: Sequence[Spot]) -> bool:
    here = [other for other in others if other.sentence is spot.sentence]
    keys = {spot.sentence.said[n] for other in here for n in range(other.first, other.last + 1)}
    # A committee's name may stand in a post's title and the chairing in its text.
    return _chairs(spot.sentence, spot.first, keys) if keys else len(others) > 0


def _chairs(sentence: Sentence, number: int, what: set[str]) -> bool:
    """Whether the word `number` is a chairing of one of `what`: "chair of ..." and "chaired ..." look ahead only."""
    place = sentence.content[number]
    token = sentence.tokens[place]
    after = sentence.tokens[place + 1].plain if place + 1 < len(sentence.tokens) else ""
    ahead = {sentence.said[n] for n in range(number + 1, min(number + 1 + _NEAR, len(sentence.content)))}
    if after in ("of", "to", "for") or token.plain in ("chaired", "chairing", "chairs"):
        return bool(ahead & what)
    behind = {sentence.said[n] for n in range(max(number - _NEAR, 0), number)}
    return bool((ahead | behind) & what)


def _quoted(spots: Sequence[Spot]) -> str:
    """The words that met it: the stretch of a sentence from the first to the last, or each for itself."""
    said: list[str] = []
    for sentence in dict.fromkeys(spot.sentence for spot in spots):
        bounds = sorted(spot.bounds for spot in spots if spot.sentence is sentence)
        first, last = bounds[0][0], max(end for _, end in bounds)
        whole = sentence.text[first:last]
        parts = [whole] if len(whole) <= _LONGEST_QUOTE else [sentence.text[a:b] for a, b in dict.fromkeys(bounds)]
        said += [" ".join(part.split()) for part in parts]
    return " … ".join(dict.fromkeys(said))


def _around(spots: Sequence[Spot]) -> str:
    """The sentence that the last words stand in."""
    sentence = spots[-1].sentence
    text = sentence.text[sentence.tokens[0].start : sentence.tokens[-1].end]
    return " ".join(text.split())


def years_of(found: Iterable[Evidence], *, day: dt.date) -> float | None:
    """Years of all the dated periods together, each day once; None where none is dated."""
    spans = sorted(
        (evidence.span.first_on, min(evidence.span.last_on or day, day)) for evidence in found if evidence.span.first_on
    )
    if not spans:
        return None
    total, until = 0, dt.date.min
    for first, last in spans:
        begin = max(first, until)
        if last > begin:
            total += (last - begin).days
            until = last
    return total / 365.25


def years_ago(found: Iterable[Evidence], *, day: dt.date) -> float | None:
    """Years since the latest of it ended; 0 for what goes on, None where nothing is dated."""
    ends = [
        day if evidence.span.goes_on else evidence.span.last_on
        for evidence in found
        if evidence.span.goes_on or evidence.span.last_on
    ]
    return max((day - max(end for end in ends if end)).days / 365.25, 0.0) if ends else None
