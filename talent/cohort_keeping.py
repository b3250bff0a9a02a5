"""The team's acts on cohorts: make one, change it, take people in, name who helps them, see them through."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from portal.models import User
from portal.names import folded
from programmes.models import Cohort, Scheme
from talent.models import Application, CohortEvent, Participation, ParticipationOutcome, Person, State
from talent.participating import ENDS, OutcomeRefused, may_keep_cohorts, record_outcome

Kind = CohortEvent.Kind
# Who has a place: said yes to the offer, or is on with it already.
PLACED = (State.ACCEPTED, State.PLACED, State.COMPLETED)
FOUND_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class CohortFacts:
    """What a cohort is, as typed."""

    scheme: Scheme
    name: str
    starts_on: dt.date
    ends_on: dt.date | None = None

    def as_text(self) -> dict[str, str]:
        days = {"starts_on": str(self.starts_on), "ends_on": str(self.ends_on or "")}
        return {"scheme": str(self.scheme), "name": self.name, **days}


@transaction.atomic
def begin_cohort(facts: CohortFacts, *, by: User, at: dt.datetime) -> Cohort:
    """Raises OutcomeRefused for a name that the programme has already."""
    _refuse_others(by)
    _refuse_unfit(facts, but=None)
    made = Cohort.objects.create(scheme=facts.scheme, name=facts.name, starts_on=facts.starts_on, ends_on=facts.ends_on)
    _write(made, Kind.BEGUN, by, at, facts=facts.as_text())
    return made


@transaction.atomic
def change_cohort(cohort: Cohort, facts: CohortFacts, *, by: User, at: dt.datetime) -> Cohort:
    """Name and days; whose programme it is stays."""
    _refuse_others(by)
    row = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    _refuse_unfit(facts, but=row)
    row.name, row.starts_on, row.ends_on = facts.name, facts.starts_on, facts.ends_on
    row.save(update_fields=["name", "starts_on", "ends_on"])
    _write(row, Kind.CHANGED, by, at, facts=facts.as_text())
    return row


def _refuse_unfit(facts: CohortFacts, *, but: Cohort | None) -> None:
    if facts.ends_on and facts.ends_on < facts.starts_on:
        raise OutcomeRefused("The last day must be after the first.")
    twins = facts.scheme.cohorts.filter(name=facts.name)
    if (twins.exclude(pk=but.pk) if but else twins).exists():
        raise OutcomeRefused(f"{facts.scheme} has a cohort of that name.")


@transaction.atomic
def take_in(cohort: Cohort, person: Person, *, joined_on: dt.date, by: User, at: dt.datetime) -> Participation:
    """Somebody's place in the cohort; asked twice, it is one."""
    _refuse_others(by)
    made, is_new = Participation.objects.get_or_create(cohort=cohort, person=person, defaults={"joined_on": joined_on})
    if is_new:
        _write(cohort, Kind.JOINED, by, at, person=person)
    return made


@transaction.atomic
def take_in_newcomer(
    cohort: Cohort, *, name: str, email: str, joined_on: dt.date, by: User, at: dt.datetime
) -> Participation:
    """Somebody of whom there may be no record: who has that address, or else a new person."""
    _refuse_others(by)
    known = Person.objects.unmerged().filter(Q(email__iexact=email) | Q(user__email__iexact=email)).first()
    person = known or Person.objects.create(full_name=name, sort_name=folded(name)[:200], email=email, created_at=at)
    return take_in(cohort, person, joined_on=joined_on, by=by, at=at)


@transaction.atomic
def take_in_intake(cohort: Cohort, *, joined_on: dt.date, by: User, at: dt.datetime) -> int:
    """Everybody who has a place through the cohort's intake and is not in yet; returns how many."""
    people = [application.person for application in waiting_to_join(cohort).select_related("person")]
    for person in people:
        take_in(cohort, person, joined_on=joined_on, by=by, at=at)
    return len(people)


def waiting_to_join(cohort: Cohort) -> QuerySet[Application]:
    """Who accepted a place in the cohort's intake and does not take part yet."""
    if cohort.intake_id is None:
        return Application.objects.none()
    mine = Application.objects.filter(intake=cohort.intake_id, state__in=PLACED)
    return mine.exclude(person__in=cohort.participations.values("person"))


def found(cohort: Cohort, words: str, *, by: User) -> QuerySet[Person]:
    """People whom the team may see, not in the cohort yet, by name or address: the first few."""
    if not words.strip():
        return Person.objects.none()
    seen = Person.objects.visible_to(by).unmerged().exclude(participations__cohort=cohort)
    fits = Q(sort_name__contains=folded(words)) | Q(email__iexact=words.strip())
    return seen.filter(fits).order_by("sort_name", "pk")[:FOUND_AT_MOST]


@transaction.atomic
def name_helpers(
    participation: Participation, *, sponsor_name: str, mentor_name: str, joined_on: dt.date, by: User, at: dt.datetime
) -> Participation:
    """Who sponsors and mentors somebody, and since when they take part."""
    _refuse_others(by)
    row = Participation.objects.select_for_update(of=("self",)).select_related("cohort", "person").get(
        pk=participation.pk
    )  # fmt: skip
    row.sponsor_name, row.mentor_name, row.joined_on = sponsor_name.strip(), mentor_name.strip(), joined_on
    row.save(update_fields=["sponsor_name", "mentor_name", "joined_on"])
    facts = {"sponsor": row.sponsor_name, "mentor": row.mentor_name, "joined_on": str(joined_on)}
    _write(row.cohort, Kind.HELPED, by, at, person=row.person, facts=facts)
    return row


@transaction.atomic
def take_out(participation: Participation, *, by: User, at: dt.datetime, reason: str) -> None:
    """For somebody taken in by mistake; whoever took part and left has an outcome instead."""
    _refuse_others(by)
    row = Participation.objects.select_for_update(of=("self",)).select_related("cohort", "person").get(
        pk=participation.pk
    )  # fmt: skip
    if row.outcomes.exists():
        raise OutcomeRefused("Something is on record of their way through the programme: they cannot be taken out.")
    if not reason.strip():
        raise OutcomeRefused("Give the reason; it is kept with the cohort.")
    _write(row.cohort, Kind.TAKEN_OUT, by, at, person=row.person, reason=reason)
    row.delete()


def on_the_way(cohort: Cohort) -> QuerySet[Participation]:
    """Those of whom no end is on record, by name."""
    ended = ParticipationOutcome.objects.filter(kind__in=ENDS).values("participation")
    return cohort.participations.exclude(pk__in=ended).select_related("person").order_by("person__sort_name", "pk")


@transaction.atomic
def graduate(people: Iterable[Participation], *, on: dt.date, by: User, at: dt.datetime) -> int:
    """Records for each that they completed the programme that day; all or nobody. Raises OutcomeRefused."""
    done = [
        record_outcome(one, kind=ParticipationOutcome.Kind.COMPLETED, happened_on=on, by=by, at=at, reason="Graduation")
        for one in people
    ]
    return len(done)


def _refuse_others(by: User) -> None:
    if not may_keep_cohorts(by):
        raise PermissionDenied


def _write(
    cohort: Cohort,
    kind: CohortEvent.Kind,
    by: User,
    at: dt.datetime,
    *,
    person: Person | None = None,
    facts: dict[str, str] | None = None,
    reason: str = "",
) -> None:
    CohortEvent.objects.create(
        cohort=cohort, person=person, kind=kind, facts=facts or {}, by=by, at=at, reason=reason.strip()
    )
