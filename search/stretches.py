"""What of a person can be read as evidence: posts, skills, CV and summary, each with its period.

Never: the name, photograph, contact details, birthday, school dates, where somebody lives, equality answers.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from search.analysis import normal
from search.cv import blocks, days_of, is_undated, period
from search.documents import LONGEST_CV
from search.sentences import Sentence, sentences
from talent.models import Background, Person, PersonSkill, PostHeld, Sector

# What a post that is marked so says besides its words.
_BOARD_LEVEL = sentences("board level post")


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when; both None where it is not said, no end while it goes on."""

    first_on: dt.date | None = None
    last_on: dt.date | None = None
    goes_on: bool = False

    @property
    def is_dated(self) -> bool:
        return self.first_on is not None

    def __str__(self) -> str:
        if self.first_on is None:
            return ""
        return f"{self.first_on.year} to {self.last_on.year if self.last_on else 'now'}"


UNDATED = Span()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text that belongs together: what a post, skill or paragraph says, with its title as context of each sentence."""

    where: str
    kind: str  # post, skill, cv, summary, headline or stated
    context: tuple[Sentence, ...]
    body: tuple[Sentence, ...]
    span: Span = UNDATED
    keys: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        every = frozenset[str]().union(*(sentence.keys for sentence in (*self.context, *self.body)))
        object.__setattr__(self, "keys", every)


def stretches(person: Person, *, day: dt.date) -> tuple[Stretch, ...]:
    """Everything of a person fetched through `matching.with_evidence` that may count, posts first."""
    posts: list[PostHeld] = person.all_posts  # type: ignore[attr-defined]
    found = [
        *(_post(post, day) for post in posts),
        *(_skill(held) for held in person.skills.all()),
        Stretch("Current role", "headline", sentences(normal(person.headline)), (), Span(None, None, True)),
        *_cv(person.cv_text[:LONGEST_CV]),
        Stretch("Summary", "summary", (), sentences(normal(person.summary))),
        *_stated("Sectors", Sector, person.sectors),
        *_stated("Professional background", Background, [person.background]),
    ]
    return tuple(stretch for stretch in found if stretch.context or stretch.body)


def _post(post: PostHeld, day: dt.date) -> Stretch:
    until = post.ended_on if post.ended_on and post.ended_on <= day else None
    where = f"{post.title}, {post.employer}"
    context = (
        *sentences(normal(post.title)),
        *sentences(normal(post.employer), is_place=True),
        *(_BOARD_LEVEL if post.board_level else ()),
    )
    span = Span(post.started_on, until, until is None)
    return Stretch(where, "post", context, sentences(normal(post.description)), span)


def _skill(held: PersonSkill) -> Stretch:
    # Of an imported skill the evidence only names the file.
    told = "" if held.source == PersonSkill.Source.IMPORTED else normal(held.evidence)
    return Stretch(f"Skill: {held.skill.name}", "skill", sentences(held.skill.name), sentences(told))


def _cv(text: str) -> Iterator[Stretch]:
    for block in blocks(normal(text)):
        context, span = (
            sentences(block.heading),
            Span(*days_of(block.first, block.last), bool(block.first and not block.last)),
        )
        dated = [(line, period(line)) for line in block.lines]
        plain = " \n".join(line for line, own in dated if not own)
        where = f"CV: {block.heading}" if block.heading else "CV"
        yield Stretch(where, "cv", context, sentences(plain), span)
        for line, own in dated:
            if own:
                own_span = Span(*days_of(own.first, own.last), own.last is None)
                yield Stretch("CV", "cv", (), sentences(line), UNDATED if is_undated(line) else own_span)


def _stated(where: str, choices: type[Sector] | type[Background], values: Iterable[str]) -> Sequence[Stretch]:
    labels = [str(choices(value).label) for value in values if value in choices.values]
    return [Stretch(where, "stated", (), sentences(label)) for label in labels]
