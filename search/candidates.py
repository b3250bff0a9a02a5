"""Whom a match looks at: those an engine finds for the criteria, counted so that nobody's name brings them in."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from search.analysis import terms
from search.asking import first_choice
from search.criteria import Criterion, asked_of
from search.engines import registry
from search.engines.base import EngineDown
from search.models import Index
from search.queries import Alternative, Clause, Plan, Question, Scope
from search.specification import Filters
from search.weights import Weights
from talent.models import Person

log = logging.getLogger(__name__)

# People that an engine names for one criterion, and how many of those who meet most are read.
MOST_OF_ONE = 1_500
MOST_READ = 300
# A criterion of more things than this is asked by its first: the number of choices among them grows fast.
MOST_THINGS = 9


def candidates(
    criteria: Sequence[Criterion], filters: Filters, scope: Scope, weights: Weights, *, engine: str = ""
) -> tuple[list[int], int, str]:
    """Whom to read, how many met anything, and which engine said so: by one request, whatever the criteria."""
    kind, _ = first_choice(engine)
    try:
        found = _hits(criteria, filters, scope, weights, kind)
    except EngineDown:
        registry.note_failure(kind)
        if engine or kind == Index.Engine.POSTGRESQL:
            raise
        log.warning("match: %s did not answer, PostgreSQL does", kind)
        kind = Index.Engine.POSTGRESQL
        found = _hits(criteria, filters, scope, weights, kind)
    by_name = _whose_name_was_met(found, criteria)
    ranked = sorted(found.keys() - by_name, key=lambda person: (-found[person], person))
    return [*ranked[:MOST_READ], *sorted(by_name)], len(found), kind


def _hits(criteria: Sequence[Criterion], filters: Filters, scope: Scope, weights: Weights, kind: str) -> Counter[int]:
    live = Index.objects.get(engine=kind, is_live=True)
    asked = registry.engine(kind)
    hidden = registry.hidden_from(live) if kind != Index.Engine.POSTGRESQL else frozenset[int]()
    plans = [(number, plan) for number, each in enumerate(criteria) for plan in _plans(each, filters, scope)]
    people: dict[int, set[int]] = defaultdict(set)
    answers = asked.first([plan for _, plan in plans], index=live.name, hidden=hidden)
    for (number, _), some in zip(plans, answers, strict=True):
        people[number].update(some)
    found: Counter[int] = Counter()
    for number, criterion in enumerate(criteria):
        found.update(dict.fromkeys(people[number], weights.essential if criterion.essential else weights.desirable))
    return found


def _plans(criterion: Criterion, filters: Filters, scope: Scope) -> Iterator[Plan]:
    days = int(filters.days_a_month * 10) if filters.days_a_month is not None else None
    for enough, things in asked_of(criterion):
        clauses = tuple(Clause(text, tuple(_ways(phrases, text))) for text, phrases in things[:MOST_THINGS])
        for chosen in _chosen(filters):
            question = Question(
                text=criterion.text, chosen=chosen, days_from=days, at_least=enough, size=MOST_OF_ONE, counted=()
            )
            yield Plan(question, scope, clauses, at_least=min(enough, len(clauses)))


def _ways(phrases: Iterable[tuple[str, ...]], text: str) -> Iterator[Alternative]:
    return (Alternative(phrase, "word", text) for phrase in phrases)


def _chosen(filters: Filters) -> Iterator[dict[str, tuple[int, ...]]]:
    """The facets of one question each: where somebody lives or would serve are two ways to be of a region."""
    rest = filters.chosen()
    if not filters.region_ids:
        yield rest
        return
    regions = tuple(sorted(filters.region_ids))
    yield from ({**rest, name: regions} for name in ("region", "works_in"))


def _whose_name_was_met(found: Iterable[int], criteria: Iterable[Criterion]) -> set[int]:
    """Names stand in the index: who has a word of a criterion for a name is read whatever the engine made of it."""
    asked = {
        term
        for criterion in criteria
        for _, things in asked_of(criterion)
        for _, phrases in things
        for phrase in phrases
        for term in phrase
    }
    names = Person.objects.filter(pk__in=list(found)).values_list("pk", "full_name")
    return {person for person, name in names if not asked.isdisjoint(terms(name, keep_all=True))}
