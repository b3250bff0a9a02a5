"""What stands between users and the people whom a matter is about, as records alone show: a pure reading.

Themselves; a shared employer or trust (posts, memberships, seats on boards; now, or as lately as the policy on
conflicts says); and a relationship that staff have recorded, however long ago it began. Whatever record of a person it
stands at: one that was merged into theirs counts.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from appointments.models import Relationship, Tenure
from portal.models import Membership, Organisation
from portal.names import folded
from talent.access import account_of
from talent.merging import kept_of
from talent.models import ConflictKind, ConflictPolicy, Person, PostHeld

# By the folded name of an employer or trust: what kind of conflict it makes, and how it is told.
Places = Mapping[str, tuple[ConflictKind, str]]


@dataclass(frozen=True, slots=True)
class Matter:
    """One proposal or application: whom it is about, and the folded names of places that it brings itself."""

    key: int
    person: Person
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """Why one user takes no part in one matter."""

    user: int
    matter: int
    kind: ConflictKind
    why: str


def found_in(
    matters: Iterable[Matter], users: Collection[int], policy: ConflictPolicy, *, own: str, at: dt.datetime
) -> list[Found]:
    """Every conflict between these matters and these users; `own` says that one is about oneself. Six queries.

    Whoever has a recorded relationship is named too, asked for or not.
    """
    rows = list(matters)
    circle = _circle(rows, users)
    people, places = _places(circle, users, policy, at)
    found = []
    for matter in rows:
        top = circle.kept[matter.person.pk]
        themselves = {user for user in users if circle.tops.get(user) == top}
        found += [Found(user, matter.key, ConflictKind.PERSONAL, own) for user in sorted(themselves)]
        there = people[top] | matter.places
        found += [f for user in users if user not in themselves for f in _shared(matter, user, there, places[user])]
    return [*found, *_related(rows, circle, at)]


@dataclass(frozen=True, slots=True)
class Circle:
    """Everybody who is asked about: by record the one that stands for it, and by user their own."""

    kept: Mapping[int, int]
    tops: Mapping[int, int]


def _circle(rows: Iterable[Matter], users: Collection[int]) -> Circle:
    """Two queries."""
    whose = dict(Person.objects.filter(user__in=users).values_list("user", "pk"))
    kept = kept_of({*whose.values(), *(row.person.pk for row in rows)})
    return Circle(kept, {user: kept[record] for user, record in whose.items()})


def _shared(matter: Matter, user: int, there: Collection[str], places: Places) -> Iterator[Found]:
    """One conflict, by the first name in order: one is enough."""
    for name in sorted(places.keys() & set(there))[:1]:
        kind, why = places[name]
        yield Found(user, matter.key, kind, why)


def _places(
    circle: Circle, users: Collection[int], policy: ConflictPolicy, at: dt.datetime
) -> tuple[Mapping[int, set[str]], Mapping[int, Places]]:
    """By person, folded names of where they work or lately worked, and of the boards they sit or lately sat on; by user
    the same with what it makes. What weighs most is written last. Three queries."""
    since = policy.counts_from(at.date())
    people, places = defaultdict[int, set[str]](set), {user: dict[str, tuple[ConflictKind, str]]() for user in users}
    accounts = defaultdict[int, list[int]](list)
    for user, top in circle.tops.items():
        accounts[top].append(user)
    for record, employer in _posts(since).filter(person__in=circle.kept).values_list("person", "employer"):
        people[circle.kept[record]].add(folded(employer))
        for user in accounts[circle.kept[record]]:
            places[user][folded(employer)] = ConflictKind.EMPLOYER, f"Both at {employer}, {policy.reach}."
    acting = Membership.objects.in_force(at).filter(user__in=users, organisation__kind__in=Organisation.TRUST_KINDS)
    for user, trust in acting.values_list("user", "organisation__name"):
        places[user][folded(trust)] = ConflictKind.SAME_TRUST, f"Acts for {trust}."
    seats = _tenures(since, at).filter(person__in=circle.kept).order_by("ends_on", "pk")
    for record, trust, ends_on in seats.values_list("person", "seat__board__name", "ends_on"):
        people[circle.kept[record]].add(folded(trust))
        sits = ends_on is None or ends_on >= at.date()
        why = f"Sits on the board of {trust}." if sits else f"Sat on the board of {trust} {policy.lately}."
        for user in accounts[circle.kept[record]]:
            places[user][folded(trust)] = ConflictKind.SAME_TRUST, why
    return people, places


def _posts(since: dt.date) -> models.QuerySet[PostHeld]:
    return PostHeld.objects.filter(Q(ended_on=None) | Q(ended_on__gte=since))


def _tenures(since: dt.date, at: dt.datetime) -> models.QuerySet[Tenure]:
    """As long ago as an employer counts: a seat given up last month is no less an interest than a post."""
    return Tenure.objects.filter(Q(ends_on=None) | Q(ends_on__gte=since), starts_on__lte=at.date())


def _related(rows: Iterable[Matter], circle: Circle, at: dt.datetime) -> Iterator[Found]:
    """Recorded between a user and the person, or the other way round, where both have accounts."""
    known = Relationship.objects.in_force(at).select_related(
        "person__merged_into__user", "person__user", "user__person"
    )
    pairs = defaultdict[int, list[tuple[int, Relationship]]](list)
    for row in known.filter(Q(person__in=circle.kept) | Q(user__person__in=circle.kept)):
        if row.person_id in circle.kept:
            pairs[circle.kept[row.person_id]].append((row.user_id, row))
        account, theirs = account_of(row.person), getattr(row.user, "person", None)
        if account is not None and theirs is not None and theirs.pk in circle.kept:
            pairs[circle.kept[theirs.pk]].append((account.pk, row))
    for matter in rows:
        for user, row in pairs[circle.kept[matter.person.pk]]:
            yield Found(user, matter.key, ConflictKind(row.kind), row.detail)
