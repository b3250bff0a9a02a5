"""One person across everything the body offers: schemes, applications, placements, pools and boards, in order."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from talent.models import Participation, Person, Placement, PoolMembership
from talent.models.application import ApplicationQuerySet


@dataclass(frozen=True, slots=True)
class Step:
    """One thing in somebody's way: since when, until when if it has ended, and what came of it."""

    since: dt.date
    until: dt.date | None
    what: str
    kind: str
    detail: str = ""
    came_of_it: str = ""


def journey_of(person: Person, applications: ApplicationQuerySet) -> list[Step]:
    """The person's way, the latest first; of applications only those the reader works on. Six queries at most."""
    steps = [
        *_cohorts(person),
        *_applications(applications),
        *_placements(applications),
        *_pools(person),
        *_boards(person),
    ]
    return sorted(steps, key=lambda step: (step.since, step.what), reverse=True)


def _cohorts(person: Person) -> Iterator[Step]:
    rows = Participation.objects.filter(person=person).select_related("cohort__scheme").prefetch_related("outcomes")
    for one in rows:
        helped = [f"sponsor {one.sponsor_name}"] if one.sponsor_name else []
        helped += [f"mentor {one.mentor_name}"] if one.mentor_name else []
        outcomes = [f"{o.get_kind_display()}, {o.happened_on:%B %Y}" for o in one.outcomes.all()]
        yield Step(one.joined_on, one.cohort.ends_on, str(one.cohort), "Scheme", ", ".join(helped), "; ".join(outcomes))


def _applications(applications: ApplicationQuerySet) -> Iterator[Step]:
    for one in applications.select_related("intake__scheme"):
        day = (one.submitted_at or one.started_at).date()
        yield Step(day, None, f"Applied: {one.intake}", "Application", one.reference, one.get_state_display())


def _placements(applications: ApplicationQuerySet) -> Iterator[Step]:
    for one in Placement.objects.filter(application__in=applications).select_related("host"):
        yield Step(
            one.starts_on,
            one.ends_on,
            str(one),
            "Placement",
            f"mentor {one.mentor_name}",
            one.get_outcome_display(),
        )


def _pools(person: Person) -> Iterator[Step]:
    for one in PoolMembership.objects.filter(person=person).select_related("pool"):
        until = one.left_at.date() if one.left_at else one.expires_on
        yield Step(one.consented_at.date(), until, f"Consented to the pool {one.pool}", "Pool")


def _boards(person: Person) -> Iterator[Step]:
    # The rows of the floor above, by the name of their relation.
    for one in person.tenures.select_related("seat__board"):
        yield Step(one.starts_on, one.ends_on, str(one.seat), "Board", "acting" if one.acting else "")
