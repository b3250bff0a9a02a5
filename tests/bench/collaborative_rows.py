"""Rows for the benchmark of collaboratives: every trust, ten measures, five years of months."""

import datetime as dt
import io
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from django.db import connection
from django.test import Client

from portal.models import Organisation, Role, User
from programmes.models import Collaborative, Enrolment, Measure, Reading, Wave
from tests.factories.collaboratives import CollaborativeFactory, MeasureFactory, WaveFactory, months_from
from tests.factories.portal import OrganisationFactory, RegionFactory, member, sign_in

TRUSTS, MEASURES, COHORT = 238, 10, 35
FIRST, MONTHS = dt.date(2013, 4, 1), 60
ENTERED = dt.datetime(2018, 6, 1, 9, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Bench:
    collaborative: Collaborative
    wave: Wave
    trusts: list[Organisation]
    measures: list[Measure]
    enrolments: list[Enrolment]
    lead: User


def fill() -> Bench:
    chance, region = Random(6), RegionFactory()
    sectors = [sector for sector in Organisation.Sector if sector != Organisation.Sector.ACUTE]
    trusts = [
        OrganisationFactory(
            region=region, sector=Organisation.Sector.ACUTE if number < 140 else sectors[number % len(sectors)]
        )
        for number in range(TRUSTS)
    ]
    measures = [MeasureFactory() for _ in range(MEASURES)]
    collaborative = CollaborativeFactory(measures=measures)
    wave, later = WaveFactory(collaborative=collaborative), WaveFactory(collaborative=collaborative)
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(wave=wave if number < COHORT else later, trust=trust, joined_on=wave.starts_on)
        for number, trust in enumerate(trusts)
    )
    months = months_from(FIRST, MONTHS)
    Reading.objects.bulk_create(
        (
            Reading(
                measure=measure,
                trust=trust,
                month=month,
                numerator=Decimal(round(chance.gauss(150, 12))),
                denominator=Decimal(1000),
                source=Reading.Source.FILE,
                at=ENTERED,
            )
            for measure in measures
            for trust in trusts
            for month in months
        ),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    lead = member(Role.TALENT_TEAM)
    return Bench(collaborative, wave, trusts, measures, enrolments, lead)


def reader(world: Bench) -> Client:
    client = Client()
    sign_in(client, world.lead)
    return client


def large_file(world: Bench) -> bytes:
    """100,000 rows: what stands, each put right by one."""
    lines = io.StringIO()
    lines.write("trust,measure,month,numerator,denominator\n")
    left = 100_000
    rows = Reading.objects.values_list("trust__ods_code", "measure__code", "month", "numerator").order_by("pk")
    for trust, measure, month, top in rows[:left]:
        lines.write(f"{trust},{measure},{month:%Y-%m},{top + 1},1000\n")
    return lines.getvalue().encode()
