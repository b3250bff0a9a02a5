"""What stands between users and the people whom a matter is about, as records alone show: a pure reading.

Themselves; a shared employer or trust (posts, memberships, seats on boards; now, or as lately as the policy on
conflicts says); and a relationship that staff have recorded, however long ago it began.
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
    """Every conflict between these matters and these users; `own` says that one is about oneself. Five queries.

    Whoever has a recorded relationship is named too, asked for or not.
    """
    rows = list(matters)
    people, places = _places(rows, users, policy, at)
    found = []
    for matter in rows:
        theirs = matter.person.user_id
        if theirs is not None and theirs in users:
            found.append(Found(theirs, matter.key, ConflictKind.PERSONAL, own))
        there = people[matter.person.pk] | matter.places
        found += [f for user in users if user != theirs for f in _shared(matter, user, there, places[user])]
    return [*found, *_related(rows, at)]


def _shared(matter: Matter, user: int, there: Collection[str], places: Places) -> Iterator[Found]:
    """One conflict, by the first name in order: one is enough."""
    for name in sorted(places.keys() & set(there))[:1]:
        kind, why = places[name]
        yield Found(user, matter.key, kind, why)


def _places(
    rows: Iterable[Matter], users: Collection[int], policy: ConflictPolicy, at: dt.datetime
) -> tuple[Mapping[int, set[str]], Mapping[int, Places]]:
    """By person, folded names of where they work or lately worked, and of the boards they sit or lately sat on; by user
    the same with what it makes. What weighs most is written last. Four queries."""
    since = policy.counts_from(at.date())
    people, places = defaultdict[int, set[str]](set), {user: dict[str, tuple[ConflictKind, str]]() for user in users}
    whose = dict(Person.objects.filter(user__in=users).values_list("pk", "user"))
    asked = {*whose, *(row.person.pk for row in rows)}
    for person, employer in _posts(since).filter(person__in=asked).values_list("person", "employer"):
        people[person].add(folded(employer))
        if person in whose:
            places[whose[person]][folded(employer)] = ConflictKind.EMPLOYER, f"Both at {employer}, {policy.reach}."
    acting = Membership.objects.in_force(at).filter(user__in=users, organisation__kind__in=Organisation.TRUST_KINDS)
    for user, trust in acting.values_list("user", "organisation__name"):
        places[user][folded(trust)] = ConflictKind.SAME_TRUST, f"Acts for {trust}."
    seats = _tenures(since, at).filter(person__in=asked).order_by("ends_on", "pk")
    for person, trust, ends_on in seats.values_list("person", "seat__board__name", "ends_on"):
        people[person].add(folded(trust))
        if person in whose:
            sits = ends_on is None or ends_on >= at.date()
            why = f"Sits on the board of {trust}." if sits else f"Sat on the board of {trust} {policy.lately}."
            places[whose[person]][folded(trust)] = ConflictKind.SAME_TRUST, why
    return people, places


def _posts(since: dt.date) -> models.QuerySet[PostHeld]:
    return PostHeld.objects.filter(Q(ended_on=None) | Q(ended_on__gte=since))


def _tenures(since: dt.date, at: dt.datetime) -> models.QuerySet[Tenure]:
    """As long ago as an employer counts: a seat given up last month is no less an interest than a post."""
    return Tenure.objects.filter(Q(ends_on=None) | Q(ends_on__gte=since), starts_on__lte=at.date())


def _related(rows: Iterable[Matter], at: dt.datetime) -> Iterator[Found]:
    """Recorded between a user and the person, or the other way round, where both have accounts."""
    people = {row.person.pk for row in rows}
    known = Relationship.objects.in_force(at).select_related("person", "user__person")
    pairs = defaultdict[int, list[tuple[int, Relationship]]](list)
    for row in known.filter(Q(person__in=people) | Q(user__person__in=people)):
        pairs[row.person_id].append((row.user_id, row))
        if row.person.user_id is not None and hasattr(row.user, "person"):
            pairs[row.user.person.pk].append((row.person.user_id, row))
    for matter in rows:
        for user, row in pairs[matter.person.pk]:
            yield Found(user, matter.key, ConflictKind(row.kind), row.detail)
