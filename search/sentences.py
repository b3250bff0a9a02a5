"""A text as sentences of keys, with the words marked that say what was not done or is only wished for."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.analysis import Word, words
from search.wording import BESIDE, IRREGULAR, LESSER, NEGATORS, NOT_NEGATING, RISING, ROLES, WISHES, plain_key

# Words after which a clause of its own begins.
_TURNING = frozenset(
    "but although though however yet while whereas instead rather except because since then so having".split()  # noqa: SIM905
)
_PERSONS = frozenset("i we he she they it who which that".split())  # noqa: SIM905
# May stand between "worked with" and the role it is about.
_BETWEEN = frozenset("the a an their our his her my its new and or both then group trust board".split())  # noqa: SIM905
_LONGEST_MARK = max(map(len, NEGATORS | WISHES))
_ENDS = ";:()\u2013\u2014"


@dataclass(frozen=True, slots=True)
class Token:
    """One word: where it stands, its key ("" when it says nothing), and whether nothing may be read out of it."""

    start: int
    end: int
    plain: str
    key: str
    is_void: bool
    after_comma: bool


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """One sentence, itself and no other: two that read alike are two."""

    text: str
    tokens: tuple[Token, ...]  # every word
    content: tuple[int, ...]  # places in tokens of those that say something
    said: tuple[str, ...]  # their keys
    keys: frozenset[str]
    is_place: bool = False  # an employer's name: whatever it is called, nobody holds a role by it


def sentences(text: str, *, is_place: bool = False) -> tuple[Sentence, ...]:
    return tuple(sentence for some in _split(text) if (sentence := _sentence(text, some, is_place)).content)


def _split(text: str) -> Iterator[list[Word]]:
    some: list[Word] = []
    for word in words(text):
        if word is None:
            if some:
                yield some
            some = []
        else:
            some.append(word)
    if some:
        yield some


def _sentence(text: str, some: Sequence[Word], is_place: bool) -> Sentence:
    between = ["", *(text[a.end : b.start] for a, b in itertools.pairwise(some))]
    void = _void(some, between)
    tokens = tuple(
        Token(
            word.start,
            word.end,
            word.plain,
            plain_key(word.plain) if word.term else "",
            void[number],
            "," in between[number] or any(end in between[number] for end in _ENDS),
        )
        for number, word in enumerate(some)
    )
    content = tuple(number for number, token in enumerate(tokens) if token.key)
    said = tuple(tokens[number].key for number in content)
    return Sentence(text, tokens, content, said, frozenset(said), is_place)


def _void(some: Sequence[Word], between: Sequence[str]) -> list[bool]:
    """Of each word, whether a negation or a wish reaches it: from that word to the end of its clause."""
    plain = [word.plain for word in some]
    found, reaching = [False] * len(some), False
    for number in range(len(some)):
        if reaching and _ends_clause(plain, number, between[number]):
            reaching = False
        length = _mark_at(plain, number)
        if length and (plain[number + length : number + length + 1] or [""])[0] not in NOT_NEGATING:
            reaching = True
        found[number] = reaching
    return found


def _mark_at(plain: Sequence[str], start: int) -> int:
    for length in range(min(_LONGEST_MARK, len(plain) - start), 0, -1):
        some = tuple(plain[start : start + length])
        if some in NEGATORS or some in WISHES:
            return length
    return 0


def _ends_clause(plain: Sequence[str], number: int, gap: str) -> bool:
    if plain[number] in _TURNING or any(end in gap for end in _ENDS):
        return True
    begins = number + 1 if plain[number] in ("and", "or") else number
    after = plain[begins] if begins < len(plain) else ""
    if "," in gap or begins > number:
        return after in _PERSONS or after in _TURNING or _is_doing(after)
    return False


def _is_doing(word: str) -> bool:
    """A verb of something done, as far as its ending tells."""
    return (len(word) > 4 and word.endswith("ed")) or (word in IRREGULAR and not word.startswith("chair"))


def is_somebody_elses(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the role of the content words `first` to `last` is another person's, or a lesser one."""
    tokens = sentence.tokens
    begin, end = sentence.content[first], sentence.content[last]
    if any(sentence.text[token.start : token.end].endswith(("'s", "’s")) for token in tokens[begin : end + 1]):
        return True
    place = begin - 1
    while place >= 0 and begin - place < 9 and not tokens[place + 1].after_comma:
        token = tokens[place]
        if token.key in LESSER:
            return True
        if token.plain in BESIDE:
            near = tokens[max(place - 4, 0) : place]
            return not any(other.plain in RISING for other in near)
        if token.plain not in _BETWEEN and token.key not in _ROLE_WORDS:
            return False
        place -= 1
    return False


_PARTS = "chief financial finance medical nursing operating information people strategy non vice managing"
_ROLE_WORDS = ROLES | frozenset(plain_key(word) for word in _PARTS.split())
