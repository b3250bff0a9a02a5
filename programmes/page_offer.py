"""What a programme's page tells beside its words: events to come, cohorts, the collaborative's waves, its networks."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from programmes.models.collaborative import Wave
from programmes.models.event import Event
from programmes.models.learning_network import LearningNetwork
from programmes.models.scheme import Cohort, Scheme

if TYPE_CHECKING:
    from programmes.models.pages import ProgrammePage

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Offer:
    """Events are those of the public list; of a cohort only its name, its days and how many take part."""

    events: list[Event]
    cohorts: list[Cohort]
    waves: list[Wave]
    networks: list[LearningNetwork]


def of(page: "ProgrammePage", schemes: list[Scheme], *, at: dt.datetime) -> Offer:
    """Five queries, however much there is."""
    collaboratives, networks = list(page.collaboratives.all()), list(page.networks.all())
    belongs = Q(scheme__in=schemes) | Q(collaborative__in=collaboratives) | Q(network__in=networks)
    coming = Event.objects.for_everybody().coming(at).filter(belongs).order_by("starts_at", "pk")
    cohorts = Cohort.objects.filter(scheme__in=schemes).annotate(people=Count("participations"))
    waves = Wave.objects.filter(collaborative__in=collaboratives).annotate(trusts=Count("enrolments"))
    return Offer(
        events=list(coming[:SHOWN]),
        cohorts=list(cohorts.filter(people__gt=0).order_by("-starts_on", "name")[:SHOWN]),
        waves=list(waves.order_by("-starts_on", "name")[:SHOWN]),
        networks=networks,
    )
