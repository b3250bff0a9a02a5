"""Who meets a specification, by which words of what they did, and who is left out and why: `match` is the one door."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from django.db.models import Prefetch, QuerySet

from search.candidates import candidates
from search.criteria import Criterion
from search.documents import findable
from search.evidence import Evidence, find, years_ago, years_of
from search.leaving_out import reasons_of
from search.merged import with_merged
from search.queries import Scope
from search.setting import Setting, setting_of
from search.specification import Filters, Specification
from search.stretches import Stretch, stretches
from search.weights import Weights, weights_on
from talent.models import Person, PersonSkill, PoolMembership

SHOWN = 50
# Places quoted for one criterion.
MOST_QUOTED = 3


@dataclass(frozen=True, slots=True)
class Met:
    """One criterion that somebody meets: the best place first, and what it counts of 100 points."""

    criterion: Criterion
    best: Evidence
    others: tuple[Evidence, ...]
    points: int
    recency: int
    depth: int
    years: float | None

    @property
    def period(self) -> str:
        return str(self.best.span)


@dataclass(frozen=True, slots=True)
class Missed:
    """One criterion of which no word was found, or too few years."""

    criterion: Criterion
    why: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """One person with the score of 100, and what it is made of."""

    person: Person
    score: float
    met: tuple[Met, ...]
    missed: tuple[Missed, ...]
    beyond: float  # of the points for the title and text
    reasons: tuple[str, ...] = ()  # why they are left out

    @property
    def essential_met(self) -> int:
        return sum(1 for met in self.met if met.criterion.essential)

    @property
    def desirable_met(self) -> int:
        return len(self.met) - self.essential_met

    def of(self, criterion: Criterion) -> Met | Missed:
        both: tuple[Met | Missed, ...] = (*self.met, *self.missed)
        return next(one for one in both if one.criterion is criterion)


@dataclass(frozen=True, slots=True)
class Matches:
    """The answer: people in order, those left out with their reasons, and the weights by which it was worked out."""

    specification: Specification
    people: tuple[Matched, ...]
    left_out: tuple[Matched, ...]
    total: int  # who meets anything at all
    weights: Weights
    day: dt.date
    engine: str


class Check(Protocol):
    """Looks at all the people of a match at once: person -> why they are left out."""

    def __call__(self, people: Sequence[Person]) -> dict[int, list[str]]: ...


def match(
    specification: Specification,
    scope: Scope,
    *,
    checks: Iterable[Check] = (),
    engine: str = "",
    size: int = SHOWN,
    with_left_out: bool = True,
) -> Matches:
    """People who meet `specification`, best first. Ties stand in the order of ids: nothing of a person decides them."""
    weights = weights_on(scope.day)
    ids, total, kind = candidates(specification.criteria, specification.filters, scope, weights, engine=engine)
    if with_left_out and specification.filters != Filters():
        wide, _, _ = candidates(specification.criteria, Filters(), scope, weights, engine=kind)
        ids = list(dict.fromkeys([*ids, *wide]))
    people = with_evidence(readable(ids, scope), scope.day)
    every = [one for one in _weighed_all(people, specification, checks, weights, scope.day) if one.met]
    return Matches(
        specification,
        tuple(one for one in every if not one.reasons)[:size],
        tuple(one for one in every if one.reasons)[:size] if with_left_out else (),
        total,
        weights,
        scope.day,
        kind,
    )


def of_people(
    specification: Specification, ids: Iterable[int], scope: Scope, *, checks: Iterable[Check] = ()
) -> Matches:
    """The same of people who are named: whoever may not be shown is not in the answer."""
    weights = weights_on(scope.day)
    people = with_evidence(readable(ids, scope), scope.day)
    every = _weighed_all(people, specification, checks, weights, scope.day)
    fit, out = (tuple(one for one in every if bool(one.reasons) is left) for left in (False, True))
    return Matches(specification, fit, out, len(every), weights, scope.day, "")


def _weighed_all(
    people: Sequence[Person],
    specification: Specification,
    checks: Iterable[Check],
    weights: Weights,
    day: dt.date,
) -> list[Matched]:
    """Everybody with points and reasons, best first; equal ones in the order of ids."""
    reasons = reasons_of(people, specification.filters)
    for check in checks:
        for person, more in check(people).items():
            reasons.setdefault(person, []).extend(more)
    setting = setting_of(specification)
    every = [
        replace(weighed(person, specification, setting, weights, day), reasons=tuple(reasons.get(person.pk, ())))
        for person in people
    ]
    return sorted(every, key=lambda one: (-one.score, one.person.pk))


def readable(ids: Iterable[int], scope: Scope) -> QuerySet[Person]:
    """Those of `ids` who may be shown within `scope` now, whatever an index still holds."""
    people = findable(scope.day).filter(pk__in=list(ids)).exclude(pk__in=scope.barred)
    return people if scope.region_ids is None else people.filter(region__in=scope.region_ids)


def with_evidence(people: QuerySet[Person], day: dt.date) -> list[Person]:
    """`people` with everything that is read of them, posts of merged records too, in a fixed number of queries."""
    consents = PoolMembership.objects.in_force(day)
    fetched = people.select_related("region").prefetch_related(
        Prefetch("posts", to_attr="all_posts"),
        "works_in",
        Prefetch("skills", queryset=PersonSkill.objects.select_related("skill")),
        Prefetch("pool_memberships", queryset=consents, to_attr="consents"),
    )
    return with_merged(fetched)


def weighed(person: Person, specification: Specification, setting: Setting, weights: Weights, day: dt.date) -> Matched:
    """What one person, fetched through `with_evidence`, brings of what is asked."""
    there = stretches(person, day=day)
    read = [_weigh(criterion, there, weights, day) for criterion in specification.criteria]
    met = tuple(one for one in read if isinstance(one, Met))
    missed = tuple(one for one in read if isinstance(one, Missed))
    beyond = setting.share_met(person, there)
    return Matched(person, _score(specification, met, beyond, weights), met, missed, round(beyond or 0, 4))


def _weigh(criterion: Criterion, there: Sequence[Stretch], weights: Weights, day: dt.date) -> Met | Missed:
    found = find(criterion, there)
    if not found:
        return Missed(criterion)
    whole = [evidence for evidence in found if evidence.share >= found[0].share]
    years, ago = years_of(whole, day=day), years_ago(whole, day=day)
    if criterion.years and years is not None and years < criterion.years:
        return Missed(criterion, f"{years:.0f} of {criterion.years} years: {found[0].words} ({found[0].where})")
    recency, depth = round(weights.recency * weights.lately(ago)), round(weights.depth * weights.long(years))
    points = round(weights.met * found[0].share) + recency + depth
    return Met(criterion, found[0], found[1:MOST_QUOTED], points, recency, depth, years)


def _score(specification: Specification, met: Sequence[Met], beyond: float | None, weights: Weights) -> float:
    def weight(criterion: Criterion) -> int:
        return weights.essential if criterion.essential else weights.desirable

    asked = sum(weight(criterion) for criterion in specification.criteria)
    share = sum(weight(one.criterion) * one.points for one in met) / asked if asked else 0.0
    if beyond is None:
        return round(share, 1)
    return round(share * (100 - weights.beyond) / 100 + weights.beyond * beyond, 1)
