"""What was asked -> who was found and why: one door for pages, commands and saved searches, whatever the engine."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from search.documents import Document, document_of, findable, with_all
from search.engines import registry
from search.engines.base import EngineDown, Raw
from search.explaining import Met, explain
from search.facets import BY_NAME
from search.models import Index
from search.preparing import Correction, prepare
from search.queries import Clause, Plan, Question, Scope
from talent.models import Person

log = logging.getLogger(__name__)

# With fewer people than this, those who meet nearly all that was asked for are shown too.
FEW = 10
# People who left between the engine's answer and ours are taken out, and the rest is counted again, so often.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Found:
    """One person of a page, looked up in the database, with the points and the reasons."""

    person: Person
    document: Document
    score: int
    why: tuple[Met, ...]


@dataclass(frozen=True, slots=True)
class Ids:
    """How many people a question finds, and who the first of them are."""

    total: int
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of people, the exact total, and what each facet's values would show."""

    question: Question
    clauses: tuple[Clause, ...]
    total: int
    people: tuple[Found, ...]
    facets: Mapping[str, Mapping[int, int]]
    corrections: tuple[Correction, ...]
    at_least: int
    asked_for: int
    engine: str
    note: str  # why another engine than the one set up has answered
    next_place: tuple[Any, ...] | None

    @property
    def is_relaxed(self) -> bool:
        return self.at_least < self.asked_for


def ask(question: Question, scope: Scope, *, engine: str = "") -> Answer:
    """Answers `question` within `scope`; from `engine` alone if one is named (raises EngineDown), else from any.

    Nobody is shown who is not findable and in scope in the database now, whatever an index still holds.
    """
    plan, corrections = prepare(question, scope)
    kind, note = first_choice(engine)
    plan, raw, people, kind, note = _found(plan, kind, note, alone=bool(engine))
    clauses = plan.wanted
    return Answer(
        question=plan.question,
        clauses=clauses,
        total=raw.total,
        people=tuple(Found(person, document, score, explain(document, clauses)) for person, document, score in people),
        facets=raw.counts,
        corrections=corrections,
        at_least=plan.at_least,
        asked_for=len(clauses),
        engine=kind,
        note=note,
        next_place=raw.rows[-1].place if raw.has_more else None,
    )


def ids_found(question: Question, scope: Scope, *, most: int) -> Ids:
    """Who is found, without reasons or facets: for watches, which compare one day with another. From PostgreSQL."""
    plan, _ = prepare(replace(question, size=most, counted=(), sort="name", after=None), scope)
    live = Index.objects.get(engine=Index.Engine.POSTGRESQL, is_live=True)
    raw = registry.engine(Index.Engine.POSTGRESQL).find(plan, index=live.name, hidden=frozenset())
    shown = set(_shown([row.person_id for row in raw.rows], scope).values_list("pk", flat=True))
    return Ids(raw.total, tuple(row.person_id for row in raw.rows if row.person_id in shown))


def first_choice(engine: str) -> tuple[str, str]:
    """Which engine to ask, and why it is not the one set up, if so."""
    if engine:
        return engine, ""
    if not registry.has_elasticsearch():
        return Index.Engine.POSTGRESQL, ""
    reason = registry.why_not_elasticsearch()
    return (Index.Engine.POSTGRESQL, reason) if reason else (Index.Engine.ELASTICSEARCH, "")


Looked = list[tuple[Person, Document, int]]


def _found(plan: Plan, kind: str, note: str, *, alone: bool) -> tuple[Plan, Raw, Looked, str, str]:
    try:
        plan, raw, people = _relaxing(plan, kind)
    except EngineDown as down:
        registry.note_failure(kind)
        if alone or kind == Index.Engine.POSTGRESQL:
            raise
        log.warning("search: %s, PostgreSQL answers", down)
        kind, note = Index.Engine.POSTGRESQL, str(down)
        plan, raw, people = _relaxing(plan, kind)
    return plan, raw, people, kind, note


def _relaxing(plan: Plan, kind: str) -> tuple[Plan, Raw, Looked]:
    """Everything asked for must be met; when few do, all but one thing, then all but two, never under half.

    Of two things one will do only when nobody meets both.
    """
    raw, people = _checked(plan, kind)
    settled = plan.question.at_least is not None or plan.question.after is not None
    things = len(plan.wanted)
    enough = FEW if things > 2 else 1
    for least in range(things - 1, max(things - 3, (things - 1) // 2), -1):
        if settled or raw.total >= enough:
            break
        plan = plan.relaxed(least)
        raw, people = _checked(plan, kind)
    return plan, raw, people


def _checked(plan: Plan, kind: str) -> tuple[Raw, Looked]:
    """The engine's answer with everyone looked up; asked again without those who must not be shown any more."""
    live = Index.objects.get(engine=kind, is_live=True)
    asked = registry.engine(kind)
    gone: frozenset[int] = frozenset()
    for _ in range(TRIES):
        hidden = registry.hidden_from(live) | gone if kind != Index.Engine.POSTGRESQL else gone
        raw = asked.find(_without(plan, gone), index=live.name, hidden=hidden)
        people = _look_up(raw, plan.scope)
        shown = {person.pk for person, _, _ in people}
        missing = {row.person_id for row in raw.rows} - shown
        late = registry.hidden_from(live) - hidden if kind != Index.Engine.POSTGRESQL else frozenset()
        if not missing and not late:
            break
        gone |= missing | late
    return raw, people


def _without(plan: Plan, gone: frozenset[int]) -> Plan:
    return replace(plan, scope=replace(plan.scope, barred=plan.scope.barred | gone)) if gone else plan


def _shown(ids: Sequence[int], scope: Scope) -> QuerySet[Person]:
    """Those of `ids` who may be shown within `scope`, by the database."""
    people = findable(scope.day).filter(pk__in=ids).exclude(pk__in=scope.barred)
    return people if scope.region_ids is None else people.filter(region__in=scope.region_ids)


@transaction.atomic
def _look_up(raw: Raw, scope: Scope) -> Looked:
    people = _shown([row.person_id for row in raw.rows], scope).select_related("region")
    by_id = {person.pk: person for person in with_all(people, scope.day)}
    return [
        (person, document_of(person, day=scope.day), row.score)
        for row in raw.rows
        if (person := by_id.get(row.person_id))
    ]


def labelled(counts: Mapping[str, Mapping[int, int]]) -> dict[str, dict[str, int]]:
    """Facet counts by the values' labels, most people first."""
    found = {}
    for name, values in counts.items():
        labels = BY_NAME[name].labels()
        ordered = sorted(values.items(), key=lambda each: (-each[1], labels.get(each[0], "")))
        found[name] = {labels[value]: people for value, people in ordered if value in labels}
    return found
