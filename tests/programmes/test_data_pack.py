"""The data pack: one trust among its sector and over time, as a paper; charts as pictures."""

import datetime as dt
import io

import pytest
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from portal.models import Organisation, Role
from programmes.data_pack import data_pack_facts, data_pack_pdf
from tests.factories.collaboratives import (
    CollaborativeFactory,
    EnrolmentFactory,
    MeasureFactory,
    TimelineStepFactory,
    WaveFactory,
    counted,
)
from tests.factories.portal import OrganisationFactory, member, sign_in

pytestmark = pytest.mark.django_db
TODAY = dt.date(2018, 7, 20)
ACUTE = Organisation.Sector.ACUTE


@pytest.fixture
def own():
    measures = [MeasureFactory(name="Turnover"), MeasureFactory(name="Vacancies")]
    wave = WaveFactory(collaborative=CollaborativeFactory(measures=measures), starts_on=dt.date(2018, 7, 2))
    TimelineStepFactory(collaborative=wave.collaborative, name="Visit by the buddies", day=45)
    enrolment = EnrolmentFactory(wave=wave, trust=OrganisationFactory(name="Elm Trust", sector=ACUTE))
    for trust in OrganisationFactory.create_batch(12, sector=ACUTE):
        counted(trust, measures[0], [150] * 14)
    counted(enrolment.trust, measures[0], [250] * 14)
    return enrolment


def test_it_says_where_the_trust_stands_in_each_measure(own):
    first, second = data_pack_facts(own, today=TODAY).measures

    assert first.standing.sentence == (
        "Turnover: 25.0% in February 2018, beyond the 99.8% limit of acute trusts (average 15.8%)."
    )
    assert "Elm Trust" in first.funnel
    assert (second.standing.spot, second.funnel, second.chart.latest) == (None, None, "No figures yet")


def test_the_paper_is_tagged_and_holds_both_pictures_in_words(own):
    reader = PdfReader(io.BytesIO(data_pack_pdf(own, today=TODAY)))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())

    assert reader.metadata.title == "Data pack: Elm Trust"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] is not None
    assert "Visit by the buddies due on 16 August 2018" in text
    assert "Turnover: 25.0% in February 2018, beyond the 99.8% limit of acute trusts (average 15.8%)." in text
    assert "February 2018 25.0 Common cause" in text


def test_a_trust_without_a_sector_is_not_compared(own):
    own.trust.sector = ""
    own.trust.save()

    assert [page.standing for page in data_pack_facts(own, today=TODAY).measures] == [None, None]


def test_the_queries_do_not_grow_with_months_and_trusts(own, django_assert_num_queries):
    facts = data_pack_facts(own, today=TODAY)
    more = own.wave.collaborative.measures.first()
    for trust in OrganisationFactory.create_batch(3, sector=ACUTE):
        counted(trust, more, [150] * 30)

    with django_assert_num_queries(12):
        data_pack_facts(facts.enrolment, today=TODAY)


def test_a_chart_is_a_picture_too(client: Client, own):
    sign_in(client, member(Role.TRUST_USER, organisation=own.trust))
    turnover, vacancies = own.wave.collaborative.measures.order_by("aims__position")
    chart = f"/collaboratives/trusts/{own.pk}/charts/"

    control = client.get(f"{chart}{turnover.code}/png/")
    run = client.get(f"{chart}{turnover.code}/png/?view=run")

    assert Image.open(io.BytesIO(control.content)).size == (1280, 668)
    assert control.content != run.content
    assert control["Content-Disposition"] == f'attachment; filename="{turnover.code}-{own.trust.ods_code}.png"'
    assert client.get(f"{chart}{vacancies.code}/png/").status_code == 404


def test_a_chart_is_shown_as_a_run_chart(client: Client, own):
    sign_in(client, member(Role.TRUST_USER, organisation=own.trust))
    turnover = own.wave.collaborative.measures.get(name="Turnover")
    counted(own.trust, turnover, [140, 130, 120, 110, 100], first=dt.date(2018, 3, 1))

    page = client.get(f"/collaboratives/trusts/{own.pk}/charts/{turnover.code}/?view=run")

    assert page.context["run"].alternative == (
        "Median 25.0, which the line crosses 0 times. Improvement: five or more going one way."
    )
