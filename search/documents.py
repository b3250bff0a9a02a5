"""One document per person who agreed to be found: passages of text, each with where it stands, and facets.

Never in a document: equality answers, birthday, photograph, contact details, what an application said.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from portal.names import folded
from search.analysis import BREAK, capped, normal, words
from search.facets import BY_NAME, availability_of, board_of, place_of
from talent.models import (
    Background,
    Participation,
    Person,
    PersonSkill,
    PoolMembership,
    PostHeld,
    RoleSought,
    Sector,
)

# What a passage is worth, highest first: who they are and do now, what they can and want, what they did, where.
# Text without a level is found, but counts no more than that it was found.
LEVELS = ("A", "B", "C", "D")
LONGEST_CV = 60_000
READINESS = {Person.Readiness.NOW: 1, Person.Readiness.ONE_TO_TWO: 2, Person.Readiness.THREE_TO_FIVE: 3}
READINESS_UNKNOWN = 9


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one person's document: its level (or ""), where it stands in words for a reader, its text."""

    level: str
    where: str
    text: str
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of one findable person, before any engine."""

    person_id: int
    passages: tuple[Passage, ...]
    facets: Mapping[str, tuple[int, ...]]
    region_id: int | None
    fresh_until: dt.date
    sort_name: str
    readiness: int
    days: int

    @property
    def codes(self) -> list[int]:
        return [BY_NAME[name].code(value) for name, values in self.facets.items() for value in values]


@dataclass(frozen=True, slots=True)
class Indexed:
    """A document's terms: all of them in order, and by level those that count for more; how its words are spelt."""

    words: tuple[str, ...]
    levels: Mapping[str, tuple[str, ...]]
    spelt: frozenset[tuple[str, str]]  # (word, term); no word of a name


def indexed(document: Document) -> Indexed:
    """The terms of `document` as both engines hold them, with a BREAK between passages."""
    spelt: set[tuple[str, str]] = set()
    lists = capped(_terms(passage, spelt) for passage in document.passages)
    every: list[str] = []
    levels: dict[str, list[str]] = {}
    for passage, found in zip(document.passages, lists, strict=True):
        every += [*found, BREAK]
        if passage.level:
            levels.setdefault(passage.level, []).extend([*found, BREAK])
    return Indexed(tuple(every), {level: tuple(found) for level, found in levels.items()}, frozenset(spelt))


def _terms(passage: Passage, spelt: set[tuple[str, str]]) -> list[str]:
    found = []
    for word in words(passage.text, keep_all=passage.is_name):
        if word is None:
            found.append(BREAK)
        elif word.term:
            found.append(word.term)
            if not passage.is_name:
                spelt.add((word.plain, word.term))
    return found


def findable(day: dt.date) -> QuerySet[Person]:
    """Whoever consents, on `day`, to be found through a pool; a record merged into another is not found."""
    consenting = PoolMembership.objects.in_force(day).values("person")
    return Person.objects.unmerged().filter(pk__in=consenting)


def documents(person_ids: Iterable[int], *, day: dt.date) -> dict[int, Document]:
    """The documents of those among `person_ids` who are findable on `day`, in a fixed number of queries."""
    people = findable(day).filter(pk__in=list(person_ids))
    return {person.pk: document_of(person, day=day) for person in with_all(people, day)}


def with_all(people: QuerySet[Person], day: dt.date) -> QuerySet[Person]:
    """`people` with everything that a document is made of."""
    consents = PoolMembership.objects.in_force(day).select_related("pool")
    participations = Participation.objects.select_related("cohort")
    return people.prefetch_related(
        "posts",
        "works_in",
        Prefetch("pool_memberships", queryset=consents, to_attr="consents"),
        Prefetch("participations", queryset=participations),
        Prefetch("skills", queryset=PersonSkill.objects.select_related("skill")),
    )


def document_of(person: Person, *, day: dt.date) -> Document:
    """The document of a person fetched through `with_all`."""
    consents: list[PoolMembership] = person.consents  # type: ignore[attr-defined]
    return Document(
        person_id=person.pk,
        passages=tuple(_passages(person, day)),
        facets={name: values for name, values in _facets(person, consents, day).items() if values},
        region_id=person.region_id,
        fresh_until=min(consent.expires_on for consent in consents),
        sort_name=folded(person.full_name)[:200],
        readiness=READINESS.get(Person.Readiness(person.readiness), READINESS_UNKNOWN)
        if person.readiness
        else READINESS_UNKNOWN,
        days=int((person.days_a_month or 0) * 10),
    )


def _passages(person: Person, day: dt.date) -> Iterable[Passage]:
    posts = list(person.posts.all())
    yield Passage("A", "Name", normal(person.full_name), is_name=True)
    yield from _said("A", "Current role", person.headline)
    for post in posts:
        yield Passage("A" if post.ended_on is None or post.ended_on > day else "C", _post(post), normal(post.title))
    yield from _said("B", "Roles sought", _labels(RoleSought, person.roles_sought))
    for held in person.skills.all():
        yield Passage("B", "Skills", normal(held.skill.name))
    yield from _said("D", "Sectors", _labels(Sector, person.sectors))
    yield from _said("D", "Professional background", _labels(Background, [person.background]))
    for post in posts:
        yield Passage("D", _post(post), normal(post.employer))
    yield from _said("", "Summary", person.summary)
    for post in posts:
        yield from _said("", _post(post), post.description)
    for held in person.skills.all():
        yield from _said("", f"Skill: {held.skill.name}", held.evidence)
    yield from _said("", "CV", person.cv_text[:LONGEST_CV])


def _said(level: str, where: str, text: str) -> Iterable[Passage]:
    if text:
        yield Passage(level, where, normal(text))


def _post(post: PostHeld) -> str:
    until = post.ended_on.year if post.ended_on else "now"
    return f"{post.title}, {post.employer} ({post.started_on.year} to {until})"


def _labels(choices: type[Sector] | type[RoleSought] | type[Background], values: Iterable[str]) -> str:
    """Their labels, each a sentence of its own so that no phrase reaches across."""
    return ". ".join(str(choices(value).label) for value in values if value in choices.values)


def _facets(person: Person, consents: list[PoolMembership], day: dt.date) -> dict[str, tuple[int, ...]]:
    return {
        "region": (person.region_id,) if person.region_id else (),
        "works_in": tuple(sorted(region.pk for region in person.works_in.all())),
        "travel": (person.travel_minutes,) if person.travel_minutes else (),
        "sector": place_of(Sector, person.sectors),
        "role": place_of(RoleSought, person.roles_sought),
        "skill": tuple(sorted(held.skill_id for held in person.skills.all())),
        "readiness": place_of(Person.Readiness, [person.readiness]),
        "background": place_of(Background, [person.background]),
        "board": board_of(_board_years(person, day)),
        "availability": availability_of(person.days_a_month),
        "scheme": tuple(sorted({p.cohort.scheme_id for p in person.participations.all()})),
        "pool": tuple(sorted({consent.pool_id for consent in consents})),
    }


def _board_years(person: Person, day: dt.date) -> float:
    """Years in board-level posts up to `day`; posts held side by side count once each."""
    posts = [post for post in person.posts.all() if post.board_level and post.started_on <= day]
    return sum((min(post.ended_on or day, day) - post.started_on).days for post in posts) / 365.25
