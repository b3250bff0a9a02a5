"""A programme's cohorts as they stand: who takes part, who came to which sessions, what became of them."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from portal.models import User
from programmes.models import Booking, Cohort, Event, Scheme
from talent.models import Participation, ParticipationOutcome

COMPLETED = ParticipationOutcome.Kind.COMPLETED


@dataclass(frozen=True, slots=True)
class Row:
    """One participant: came to so many of the sessions that were held."""

    participation: Participation
    came: int
    outcomes: tuple[ParticipationOutcome, ...]


@dataclass(frozen=True, slots=True)
class CohortView:
    cohort: Cohort
    rows: tuple[Row, ...]
    sessions: tuple[Event, ...]
    held: int
    completed: int


def cohorts() -> QuerySet[Cohort]:
    """All but those of board appointments, the newest first, each with its people, sessions and how many completed."""
    done = Q(participations__outcomes__kind=COMPLETED)
    return (
        Cohort.objects.exclude(scheme__track=Scheme.Track.CAMPAIGN)
        .select_related("scheme")
        .annotate(
            people=Count("participations", distinct=True),
            sessions=Count("events", distinct=True),
            completed=Count("participations", filter=done, distinct=True),
        )
        .order_by("-starts_on", "scheme__name", "name")
    )


def cohort_view(cohort: Cohort) -> CohortView:
    """Four queries."""
    sessions = tuple(Event.objects.published().filter(cohort=cohort).counted().order_by("starts_at"))
    held = [event.pk for event in sessions if event.state == Event.State.HELD]
    came = Counter(Booking.objects.filter(event__in=held, came=True).values_list("user", flat=True))
    people = cohort.participations.select_related("person").prefetch_related("outcomes")
    rows = tuple(
        Row(one, came[one.person.user_id] if one.person.user_id else 0, tuple(one.outcomes.all()))
        for one in people.order_by("person__sort_name", "pk")
    )
    completed = sum(any(outcome.kind == COMPLETED for outcome in row.outcomes) for row in rows)
    return CohortView(cohort, rows, sessions, len(held), completed)


def own_participations(user: User) -> QuerySet[Participation]:
    """The programmes that `user` goes through or went through, the newest first."""
    mine = Participation.objects.filter(person__user=user).select_related("cohort__scheme")
    return mine.prefetch_related("outcomes").order_by("-joined_on", "pk")
