"""Collaboratives for tests: a measure, trusts in a wave, and their monthly figures."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import factory

from portal.models import Organisation
from programmes.models import (
    Aim,
    Collaborative,
    Enrolment,
    Measure,
    Reading,
    TimelineStep,
    Wave,
)
from tests.factories.portal import OrganisationFactory

ENTERED = dt.datetime(2018, 6, 1, 9, tzinfo=dt.UTC)


class MeasureFactory(factory.django.DjangoModelFactory):
    """Turnover, in per cent; lower is better. `count=True`: a plain count."""

    class Meta:
        model = Measure

    class Params:
        count = factory.Trait(denominator="", unit="falls", numerator="Falls")

    code = factory.Sequence(lambda n: f"turnover-{n}")
    name = factory.Sequence(lambda n: f"Turnover {n}")
    definition = "Permanent staff who left, over the average number of permanent staff."
    numerator = "Leavers in 12 months"
    denominator = "Average headcount"
    unit = "%"
    better = Measure.Better.DOWN


class CollaborativeFactory(factory.django.DjangoModelFactory):
    """With one measure, or those given: `measures=[...]`; `leads=[user]`."""

    class Meta:
        model = Collaborative
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Retention {n}")
    slug = factory.Sequence(lambda n: f"retention-{n}")
    aim = "Fewer people leave within a year."

    @factory.post_generation
    def measures(self, create, extracted, **kwargs):
        for position, measure in enumerate(extracted if extracted is not None else [MeasureFactory()]):
            Aim.objects.create(collaborative=self, measure=measure, position=position)

    @factory.post_generation
    def leads(self, create, extracted, **kwargs):
        self.leads.set(extracted or [])


class TimelineStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TimelineStep

    collaborative = factory.SubFactory(CollaborativeFactory)
    kind = TimelineStep.Kind.VISIT
    name = factory.Sequence(lambda n: f"Visit {n}")
    day = 42


class WaveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Wave

    collaborative = factory.SubFactory(CollaborativeFactory)
    name = factory.Sequence(lambda n: f"Cohort {n}")
    starts_on = dt.date(2017, 7, 3)


class EnrolmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enrolment

    wave = factory.SubFactory(WaveFactory)
    trust = factory.SubFactory(OrganisationFactory)
    joined_on = factory.SelfAttribute("wave.starts_on")


def months_from(first: dt.date, number: int) -> list[dt.date]:
    start = first.year * 12 + first.month - 1
    return [dt.date((start + n) // 12, (start + n) % 12 + 1, 1) for n in range(number)]


def counted(
    trust: Organisation,
    measure: Measure,
    numerators: Sequence[float | None],
    *,
    denominator: float | None = 1000,
    first: dt.date = dt.date(2017, 1, 1),
    at: dt.datetime = ENTERED,
) -> list[Reading]:
    """Readings month by month from `first`; None leaves a month out."""
    rows = [
        Reading(
            trust=trust,
            measure=measure,
            month=month,
            numerator=Decimal(str(numerator)),
            denominator=None if denominator is None else Decimal(str(denominator)),
            source=Reading.Source.TYPED,
            at=at,
        )
        for month, numerator in zip(months_from(first, len(numerators)), numerators, strict=True)
        if numerator is not None
    ]
    return Reading.objects.bulk_create(rows)
