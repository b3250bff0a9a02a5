"""Aspiring chief executives for the demonstration: two cohorts that ended in 2017, and who of them got the post."""

import datetime as dt

from appointments.models import Seat, Tenure
from portal.demo import Stage, london
from portal.names import folded
from programmes.models import Cohort, Scheme
from talent.demo.cohorts import FIRST, LAST
from talent.models import Participation, ParticipationOutcome, Person

# How many took part in each cohort, and how many of those were chief executives by March 2018.
COHORTS = (("First cohort", 13, 6), ("Second cohort", 14, 5))
POSTS_FROM, POSTS_UNTIL = dt.date(2017, 5, 1), dt.date(2018, 3, 31)


def load_aspiring_chief_executives(stage: Stage) -> None:
    scheme = Scheme.objects.get(slug="aspiring-chief-executives")
    appointed = iter(_chief_executives())
    for name, size, became in COHORTS:
        cohort = Cohort.objects.get(scheme=scheme, name=name)
        starts_on, ends_on = cohort.starts_on, cohort.ends_on or cohort.starts_on
        people = [next(appointed) for _ in range(became)] + _others(stage, size - became, starts_on)
        joined = [
            Participation(
                cohort=cohort,
                person=person,
                joined_on=starts_on,
                sponsor_name=f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}",
                mentor_name=f"{FIRST[(number + 3) % len(FIRST)]} {LAST[(number + 5) % len(LAST)]}",
            )
            for number, person in enumerate(people)
        ]
        Participation.objects.bulk_create(joined)
        ParticipationOutcome.objects.bulk_create(
            ParticipationOutcome(
                participation=one,
                kind=ParticipationOutcome.Kind.COMPLETED,
                happened_on=ends_on,
                by=stage.accounts["talent_team"],
                at=london(ends_on),
            )
            for one in joined
        )


def _chief_executives() -> list[Person]:
    """People whom a board has seated as its chief executive in the year: the tenure is the record of it."""
    tenures = Tenure.objects.filter(
        seat__role=Seat.Role.CHIEF_EXECUTIVE, acting=False, starts_on__range=(POSTS_FROM, POSTS_UNTIL)
    )
    return [tenure.person for tenure in tenures.select_related("person").order_by("starts_on", "pk")]


def _others(stage: Stage, number: int, day: dt.date) -> list[Person]:
    names = [stage.new_name() for _ in range(number)]
    people = [Person(full_name=name, sort_name=folded(name), created_at=london(day)) for name in names]
    return Person.objects.bulk_create(people)
