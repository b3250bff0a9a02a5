"""Choosing trusts: funnels by sector, who stands out, and a reason for each that is picked."""

import datetime as dt

import pytest
from django.test import Client

from portal.models import Organisation, Role
from programmes.choosing import field_of, months_of
from programmes.models import Enrolment, EnrolmentEvent
from tests.factories.collaboratives import (
    CollaborativeFactory,
    EnrolmentFactory,
    MeasureFactory,
    WaveFactory,
    counted,
)
from tests.factories.portal import OrganisationFactory, member, sign_in

pytestmark = pytest.mark.django_db
JUNE, TODAY = dt.date(2018, 6, 1), dt.date(2018, 7, 20)
SECTOR = Organisation.Sector.ACUTE


@pytest.fixture
def field():
    """Twenty acute trusts at 15%, one at 25%; a mental health trust at 40%; all counted in June 2018."""
    turnover = MeasureFactory(name="Turnover", code="turnover")
    collaborative = CollaborativeFactory(measures=[turnover])
    wave = WaveFactory(collaborative=collaborative, name="Cohort 3", starts_on=dt.date(2018, 9, 3))
    usual = [OrganisationFactory(sector=SECTOR, name=f"Usual {number:02}") for number in range(20)]
    high = OrganisationFactory(sector=SECTOR, name="Elm")
    other = OrganisationFactory(sector=Organisation.Sector.MENTAL_HEALTH, name="Oak")
    for trust, value in [*((one, 150) for one in usual), (high, 250), (other, 400)]:
        counted(trust, turnover, [value], first=JUNE)
    return collaborative, wave, high, usual


def test_a_trust_is_compared_with_its_own_sector_and_the_farthest_comes_first(field):
    collaborative, _, high, usual = field

    found = field_of(collaborative, list(collaborative.measures.all()), sector=SECTOR, month=JUNE, today=TODAY)

    [funnel] = found.funnels
    assert [one.trust for one in found.candidates] == [high, *usual]
    assert [one.significant for one in found.candidates[:2]] == [1, 0]
    assert funnel.alternative == (
        "21 trusts around 15.5%. Beyond the 99.8% limits: 1, of which 1 on the side of concern."
    )
    assert found.candidates[0].reason == (
        "Turnover: 25.0% in June 2018, beyond the 99.8% limit of acute trusts (average 15.5%)."
    )
    assert found.candidates[1].reason == ""


def test_the_facts_of_a_choice_are_those_of_the_funnel(field):
    collaborative, _, _, _ = field

    best = field_of(
        collaborative, list(collaborative.measures.all()), sector=SECTOR, month=JUNE, today=TODAY
    ).candidates[0]

    kept = best.facts["turnover"]
    assert (kept["month"], kept["value"], kept["centre"], kept["distance"]) == ("2018-06-01", 25.0, 15.4762, "alarm")
    assert kept["z"] > 3.09


def test_a_plain_count_and_a_month_without_figures_have_no_funnel(field):
    collaborative, _, _, _ = field
    falls = MeasureFactory(count=True, name="Falls")

    found = field_of(
        collaborative, [falls, *collaborative.measures.all()], sector=SECTOR, month=dt.date(2018, 5, 1), today=TODAY
    )

    assert [funnel.said for funnel in found.funnels] == [
        "Falls is a plain count: trusts cannot be compared by it.",
        "Turnover: no trust has figures for this period.",
    ]
    assert [funnel.picture for funnel in found.funnels] == [None, None]


def test_months_are_offered_in_which_at_least_half_counted(field):
    collaborative, _, high, usual = field
    measures = list(collaborative.measures.all())
    for trust in usual[:11]:
        counted(trust, measures[0], [150], first=dt.date(2018, 5, 1))
    for trust in usual[:10]:
        counted(trust, measures[0], [150], first=dt.date(2018, 7, 1))

    assert months_of(measures) == [JUNE, dt.date(2018, 5, 1)]
    assert months_of(measures, trust=high) == [JUNE]


def test_the_queries_do_not_grow_with_the_trusts(field, django_assert_num_queries):
    collaborative, _, _, _ = field
    measures = list(collaborative.measures.all())
    with django_assert_num_queries(3):
        field_of(collaborative, measures, sector=SECTOR, month=JUNE, today=TODAY)
    with django_assert_num_queries(3):
        field_of(collaborative, measures, sector=Organisation.Sector.MENTAL_HEALTH, month=JUNE, today=TODAY)


def team(client: Client, collaborative) -> None:
    collaborative.leads.add(sign_in(client, member(Role.IMPROVEMENT_LEAD)))


def test_the_team_ticks_trusts_says_why_and_they_join_together(client: Client, field):
    collaborative, wave, high, usual = field
    team(client, collaborative)
    page = f"/collaboratives/{collaborative.slug}/choose/"
    shown = client.get(page)
    ticked = f"{page}confirm/?sector=acute&month=2018-06&trust={high.pk}&trust={usual[0].pk}"

    confirm = client.get(ticked)
    typed = {"wave": wave.pk, f"reason_{high.pk}": "Beyond the limit, and the board asked."}
    refused = client.post(ticked, typed | {f"reason_{usual[0].pk}": " "})
    done = client.post(ticked, typed | {f"reason_{usual[0].pk}": "A neighbour of Elm."}, follow=True)

    assert [one.trust for one in shown.context["found"].candidates[:1]] == [high]
    assert confirm.context["form"].fields[f"reason_{high.pk}"].initial.startswith("Turnover: 25.0% in June 2018")
    assert refused.context["form"].errors == {f"reason_{usual[0].pk}": ["Say why Usual 00 is chosen"]}
    assert "Beyond the limit, and the board asked." in refused.content.decode()
    assert [str(m) for m in done.context["messages"]] == [
        "Chosen for Cohort 3: Elm, Usual 00. Name their buddies next."
    ]
    assert {(e.trust, e.wave) for e in Enrolment.objects.all()} == {(high, wave), (usual[0], wave)}
    event = EnrolmentEvent.objects.get(enrolment__trust=high)
    assert (event.reason, event.facts["turnover"]["value"]) == ("Beyond the limit, and the board asked.", 25.0)


def test_a_trust_that_takes_part_cannot_be_ticked_and_a_wave_that_ended_not_be_joined(client: Client, field):
    collaborative, wave, high, _ = field
    team(client, collaborative)
    EnrolmentFactory(wave=wave, trust=high)
    wave.ends_on = dt.date(2018, 12, 31)
    wave.save()

    page = client.get(f"/collaboratives/{collaborative.slug}/choose/").content.decode()

    assert "No wave of this collaborative is open." in page
    assert 'name="trust"' not in page


def test_nobody_chosen_is_said_so(client: Client, field):
    collaborative, _, _, _ = field
    team(client, collaborative)

    response = client.get(f"/collaboratives/{collaborative.slug}/choose/confirm/?sector=acute&trust=x", follow=True)

    assert [str(m) for m in response.context["messages"]] == ["Tick the trusts that you want to choose."]


def test_without_figures_the_page_says_what_to_do(client: Client):
    collaborative = CollaborativeFactory()
    team(client, collaborative)

    page = client.get(f"/collaboratives/{collaborative.slug}/choose/").content.decode()

    assert "No figures have been entered for this collaborative’s measures yet." in page
