"""Conflicts that records alone give away: a reviewer who works where the applicant works, or lately did."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from portal.models import Membership, Organisation, User
from portal.names import folded
from talent.merging import kept_of
from talent.models import (
    Application,
    ConflictKind,
    DeclaredInterest,
    Person,
    PostHeld,
    SectionAnswer,
    conflict_policy_on,
)
from talent.redaction import identifying_values


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why one person may not review one application; `known` when it already stands as a DeclaredInterest."""

    user: int
    application: int
    kind: str
    detail: str
    known: bool = False


def conflicts_among(applications: Iterable[Application], users: Iterable[User], *, at: dt.datetime) -> list[Conflict]:
    """Every conflict between these applications and these people, known ones first. Nine queries, however many.

    Applications come with person, partner and question set.
    """
    rows, ids = list(applications), [u.pk for u in users]
    known = DeclaredInterest.objects.in_force().filter(user__in=ids, application__in=[a.pk for a in rows])
    found = [Conflict(i.user_id, i.application_id, i.kind, i.detail, known=True) for i in known]
    since = conflict_policy_on(at.date()).counts_from(at.date())
    employers, places = employers_of(rows, since=since), _places_of(ids, at, since)
    accounts = _accounts_of(rows, ids)
    for application in rows:
        found += _themselves(application, accounts)
        for user in ids:
            found += _shared(application, user, employers[application.pk], places[user])
    return found


def _themselves(application: Application, accounts: Mapping[int, set[int]]) -> list[Conflict]:
    own = set[int]().union(*(accounts[person.pk] for person in application.applicants))
    return [Conflict(user, application.pk, ConflictKind.PERSONAL, "The applicant.") for user in sorted(own)]


def _accounts_of(applications: list[Application], users: list[int]) -> Mapping[int, set[int]]:
    """By applicant's record, those of `users` who sign in for it or for one merged with it. Two queries."""
    records = [person.pk for application in applications for person in application.applicants]
    kept = kept_of(records)
    accounts: dict[int, set[int]] = defaultdict(set)
    for record, user in Person.objects.filter(pk__in=kept, user__in=users).values_list("pk", "user"):
        accounts[kept[record]].add(user)
    return {record: accounts[kept[record]] for record in records}


def _shared(application: Application, user: int, employers: set[str], places: Mapping[str, str]) -> list[Conflict]:
    """One conflict, by the first name in order: one is enough."""
    names = sorted(employers & places.keys())
    return [Conflict(user, application.pk, places[name], f"Both at {name.title()}.") for name in names[:1]]


def employers_of(applications: list[Application], *, since: dt.date) -> dict[int, set[str]]:
    """By application, folded names of where somebody works or worked since: posts on record, and answers naming one.

    Posts of records that were merged with the applicant's count too. Applications come with their question set. Three
    queries, none without an application.
    """
    if not applications:
        return {}
    posts: dict[int, set[str]] = defaultdict(set)
    kept = kept_of([person.pk for a in applications for person in a.applicants])
    recent = PostHeld.objects.filter(Q(ended_on=None) | Q(ended_on__gte=since), person__in=kept)
    for record, employer in recent.values_list("person", "employer"):
        posts[kept[record]].add(folded(employer))
    answers = _answers_of(applications)
    return {
        a.pk: set().union(*(posts[kept[person.pk]] for person in a.applicants))
        | {folded(v) for v in identifying_values(a.question_set.questions, answers[a.pk])}
        for a in applications
    }


def _answers_of(applications: list[Application]) -> dict[int, dict[str, object]]:
    merged: dict[int, dict[str, object]] = {a.pk: {} for a in applications}
    found = SectionAnswer.objects.filter(application__in=applications)
    for application, values in found.values_list("application", "values"):
        merged[application].update(values)
    return merged


def _places_of(users: list[int], at: dt.datetime, since: dt.date) -> dict[int, dict[str, str]]:
    """For each person: folded names of where they act or work, with the kind of conflict that makes."""
    places: dict[int, dict[str, str]] = {user: {} for user in users}
    whose = dict(Person.objects.filter(user__in=users).values_list("user", "pk"))
    kept = kept_of(whose.values())
    own: dict[int, set[str]] = defaultdict(set)
    recent = PostHeld.objects.filter(Q(ended_on=None) | Q(ended_on__gte=since), person__in=kept)
    for record, employer in recent.values_list("person", "employer"):
        own[kept[record]].add(folded(employer))
    for user, record in whose.items():
        places[user].update(dict.fromkeys(own[kept[record]], ConflictKind.EMPLOYER))
    memberships = Membership.objects.in_force(at).filter(user__in=users).select_related("organisation")
    for membership in memberships:
        trust = membership.organisation.kind in Organisation.TRUST_KINDS
        kind = ConflictKind.SAME_TRUST if trust else ConflictKind.EMPLOYER
        places[membership.user_id][folded(membership.organisation.name)] = kind
    return places
