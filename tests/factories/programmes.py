"""Schemes and intakes for tests: the real NExT Director questions, an intake that is open now."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone

from portal.models import Region
from programmes.demo_schemes import next_director
from programmes.models import Cohort, Intake, Scheme
from tests.factories.portal import RegionFactory

NEXT_DIRECTOR = next_director()


def _base36(number: int) -> str:
    """Four letters of a code hold few decimal numbers, and a long run makes more than a thousand schemes."""
    rest, last = divmod(number, 36)
    return (_base36(rest) if rest else "") + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[last]


class SchemeFactory(factory.django.DjangoModelFactory):
    """NExT Director; the first is called so, later ones carry a number."""

    class Meta:
        model = Scheme

    class Params:
        n = factory.Sequence(lambda n: n)

    name = factory.LazyAttribute(lambda o: f"NExT Director {o.n}" if o.n else "NExT Director")
    slug = factory.LazyAttribute(lambda o: f"next-director-{o.n}" if o.n else "next-director")
    code = factory.LazyAttribute(lambda o: f"N{_base36(o.n):0>3}" if o.n else "ND")
    summary = NEXT_DIRECTOR["summary"]
    track = NEXT_DIRECTOR["track"]
    outcome = NEXT_DIRECTOR["outcome"]
    positive_action = NEXT_DIRECTOR["positive_action"]
    positive_action_reason = NEXT_DIRECTOR["positive_action_reason"]
    guaranteed_interview = NEXT_DIRECTOR["guaranteed_interview"]
    placement_months = NEXT_DIRECTOR["placement_months"]
    eligibility = factory.LazyFunction(lambda: next_director()["eligibility"])
    sections = factory.LazyFunction(lambda: next_director()["sections"])
    rubric = factory.LazyFunction(lambda: next_director()["rubric"])


class IntakeFactory(factory.django.DjangoModelFactory):
    """Open since a month, closing in a month: `regions=[...]` or one new region; `closed=True`, `upcoming=True`."""

    class Meta:
        model = Intake
        skip_postgeneration_save = True

    class Params:
        closed = factory.Trait(
            opens_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=60)),
            closes_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1)),
        )
        upcoming = factory.Trait(
            opens_at=factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=10)),
            closes_at=factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=40)),
        )

    scheme = factory.SubFactory(SchemeFactory)
    name = factory.Sequence(lambda n: f"Intake {n}")
    places = 12
    opens_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=30))
    closes_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=30))
    sift_by = factory.LazyAttribute(lambda o: o.closes_at.date() + dt.timedelta(days=14))
    interviews_from = factory.LazyAttribute(lambda o: o.closes_at.date() + dt.timedelta(days=35))
    decision_by = factory.LazyAttribute(lambda o: o.closes_at.date() + dt.timedelta(days=60))
    starts_on = factory.LazyAttribute(lambda o: o.closes_at.date() + dt.timedelta(days=90))

    @factory.post_generation
    def regions(self: Any, create: bool, extracted: list[Region] | None, **kwargs: Any) -> None:
        if create:
            self.regions.set(extracted if extracted is not None else [RegionFactory()])


class CohortFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cohort

    scheme = factory.SubFactory(SchemeFactory)
    name = factory.Sequence(lambda n: f"Cohort {n}")
    starts_on = dt.date(2017, 9, 1)
