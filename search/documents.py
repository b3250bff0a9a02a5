"""One document per person who agreed to be found: passages of text, each with where it stands, and facets.

Never in a document: equality answers, birthday, photograph, contact details, what an application said.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet, TextChoices

from portal.models import Region
from portal.names import folded
from search.analysis import BREAK, capped, normal, read
from search.facets import BY_NAME, availability_of, board_of, place_of
from search.merged import with_merged
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
READINESS: Mapping[str, int] = {
    Person.Readiness.NOW: 1,
    Person.Readiness.ONE_TO_TWO: 2,
    Person.Readiness.THREE_TO_FIVE: 3,
}
READINESS_UNKNOWN = 9
_LABELS: Mapping[type[TextChoices], Mapping[str, str]] = {
    choices: {choice.value: str(choice.label) for choice in choices} for choices in (RoleSought, Sector, Background)
}


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
    stretches: frozenset[str]  # of text between spaces, for `analysis.spellings`; none of a name


def indexed(document: Document) -> Indexed:
    """The terms of `document` as both engines hold them, with a BREAK between passages."""
    found = [read(passage.text, keep_all=passage.is_name) for passage in document.passages]
    every: list[str] = []
    levels: dict[str, list[str]] = {}
    stretches: set[str] = set()
    lists = capped([terms for terms, _ in found])
    for passage, terms, (_, spelt) in zip(document.passages, lists, found, strict=True):
        every += terms
        every.append(BREAK)
        if passage.level:
            level = levels.setdefault(passage.level, [])
            level += terms
            level.append(BREAK)
        if not passage.is_name:
            stretches.update(spelt)
    return Indexed(tuple(every), {level: tuple(terms) for level, terms in levels.items()}, frozenset(stretches))


def findable(day: dt.date) -> QuerySet[Person]:
    """Whoever consents, on `day`, to be found through a pool; a record merged into another is not found."""
    consenting = PoolMembership.objects.in_force(day).values("person")
    return Person.objects.unmerged().filter(pk__in=consenting)


def documents(person_ids: Iterable[int], *, day: dt.date) -> dict[int, Document]:
    """The documents of those among `person_ids` who are findable on `day`, in a fixed number of queries."""
    people = findable(day).filter(pk__in=list(person_ids))
    return {person.pk: document_of(person, day=day) for person in with_all(people, day)}


@dataclass(frozen=True, slots=True)
class _Rows:
    """What stands in the tables about one person."""

    posts: list[PostHeld]
    serves_in: list[Region]
    consents: list[PoolMembership]
    participations: list[Participation]
    skills: list[PersonSkill]

    @classmethod
    def of(cls, person: Any) -> "_Rows":
        return cls(*(getattr(person, f"all_{name}") for name in cls.__slots__))


def with_all(people: QuerySet[Person], day: dt.date) -> list[Person]:
    """`people` with everything that a document is made of, for `document_of`; posts of merged records among theirs."""
    # Into lists: a manager for each person and table would take longer than all the analysis.
    fetched = people.prefetch_related(
        Prefetch("posts", to_attr="all_posts"),
        Prefetch("works_in", to_attr="all_serves_in"),
        Prefetch("pool_memberships", PoolMembership.objects.in_force(day), to_attr="all_consents"),
        Prefetch("participations", Participation.objects.select_related("cohort"), to_attr="all_participations"),
        Prefetch("skills", PersonSkill.objects.select_related("skill"), to_attr="all_skills"),
    )
    return with_merged(fetched)


def document_of(person: Person, *, day: dt.date) -> Document:
    """The document of a person fetched through `with_all`."""
    rows = _Rows.of(person)
    return Document(
        person_id=person.pk,
        passages=tuple(_passages(person, rows, day)),
        facets={name: values for name, values in _facets(person, rows, day).items() if values},
        region_id=person.region_id,
        fresh_until=min(consent.expires_on for consent in rows.consents),
        sort_name=folded(person.full_name)[:200],
        readiness=READINESS.get(person.readiness, READINESS_UNKNOWN),
        days=int((person.days_a_month or 0) * 10),
    )


def _passages(person: Person, rows: _Rows, day: dt.date) -> Iterable[Passage]:
    yield Passage("A", "Name", normal(person.full_name), is_name=True)
    yield from _said("A", "Current role", person.headline)
    for post in rows.posts:
        yield Passage("A" if post.ended_on is None or post.ended_on > day else "C", _post(post), normal(post.title))
    yield from _said("B", "Roles sought", _labels(RoleSought, person.roles_sought))
    for held in rows.skills:
        yield Passage("B", "Skills", normal(held.skill.name))
    yield from _said("D", "Sectors", _labels(Sector, person.sectors))
    yield from _said("D", "Professional background", _labels(Background, [person.background]))
    for post in rows.posts:
        yield Passage("D", _post(post), normal(post.employer))
    yield from _said("", "Summary", person.summary)
    for post in rows.posts:
        yield from _said("", _post(post), post.description)
    for held in rows.skills:
        yield from _said("", f"Skill: {held.skill.name}", held.evidence)
    yield from _said("", "CV", person.cv_text[:LONGEST_CV])


def _said(level: str, where: str, text: str) -> Iterable[Passage]:
    if text:
        yield Passage(level, where, normal(text))


def _post(post: PostHeld) -> str:
    until = post.ended_on.year if post.ended_on else "now"
    return f"{post.title}, {post.employer} ({post.started_on.year} to {until})"


def _labels(choices: type[TextChoices], values: Iterable[str]) -> str:
    """Their labels, each a sentence of its own so that no phrase reaches across."""
    labels = _LABELS[choices]
    return ". ".join(labels[value] for value in values if value in labels)


def _facets(person: Person, rows: _Rows, day: dt.date) -> dict[str, tuple[int, ...]]:
    return {
        "region": (person.region_id,) if person.region_id else (),
        "works_in": tuple(sorted(region.pk for region in rows.serves_in)),
        "travel": (person.travel_minutes,) if person.travel_minutes else (),
        "sector": place_of(Sector, person.sectors),
        "role": place_of(RoleSought, person.roles_sought),
        "skill": tuple(sorted(held.skill_id for held in rows.skills)),
        "readiness": place_of(Person.Readiness, [person.readiness]),
        "background": place_of(Background, [person.background]),
        "board": board_of(_board_years(rows.posts, day)),
        "availability": availability_of(person.days_a_month),
        "scheme": tuple(sorted({taken.cohort.scheme_id for taken in rows.participations})),
        "pool": tuple(sorted({consent.pool_id for consent in rows.consents})),
    }


def _board_years(posts: Iterable[PostHeld], day: dt.date) -> float:
    """Years in board-level posts up to `day`; posts held side by side count once each."""
    held = [post for post in posts if post.board_level and post.started_on <= day]
    return sum((min(post.ended_on or day, day) - post.started_on).days for post in held) / 365.25
