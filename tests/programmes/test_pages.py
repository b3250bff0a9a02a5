"""Programme pages: what is open, what belongs to a programme, and how many queries it takes."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from programmes import opportunities
from talent.models import Participation
from tests.factories import pages
from tests.factories.collaboratives import CollaborativeFactory, WaveFactory
from tests.factories.events import EventFactory
from tests.factories.learning import LearningNetworkFactory
from tests.factories.portal import RegionFactory
from tests.factories.programmes import CohortFactory
from tests.factories.talent import PersonFactory

pytestmark = pytest.mark.django_db


def test_a_live_intake_is_shown_with_its_closing_time_in_london(client: Client) -> None:
    scheme = pages.scheme()
    closes_at = dt.datetime(timezone.now().year + 1, 7, 2, 16, 30, tzinfo=dt.UTC)
    intake = pages.intake(scheme, "London, summer", closes_at=closes_at, places=12, starts_on=dt.date(2031, 9, 1))
    intake.regions.set([RegionFactory(name="London"), RegionFactory(name="Midlands and East")])
    pages.programme_page("NExT Director", schemes=[scheme])

    html = client.get("/programmes/next-director/").text

    assert f"<strong>Closes 2 July {closes_at.year} at 5:30pm</strong>, London time" in html
    assert '<dd class="nhsuk-summary-list__value">London and Midlands and East</dd>' in html
    assert '<dd class="nhsuk-summary-list__value">12</dd>' in html
    assert '<dd class="nhsuk-summary-list__value">1 September 2031</dd>' in html


def test_coming_and_closed_intakes_are_shown_without_a_way_in(client: Client) -> None:
    scheme = pages.scheme()
    pages.intake(scheme, "Next spring", opens_in=3, closes_in=30)
    pages.intake(scheme, "Last autumn", opens_in=-90, closes_in=-60)
    pages.programme_page("NExT Director", schemes=[scheme])

    html = client.get("/programmes/next-director/").text

    assert "No intake is open today. The next opens" in html
    assert "<strong>Next spring</strong>" in html
    assert "<strong>Last autumn</strong>" in html
    assert "Check you can apply" not in html


def test_a_scheme_without_intakes_says_so_and_a_page_without_scheme_says_nothing(client: Client) -> None:
    pages.programme_page("With scheme", schemes=[pages.scheme()])
    pages.programme_page("Without")

    assert "the dates of the next are not set yet" in client.get("/programmes/with-scheme/").text
    assert '<h2 id="apply">' not in client.get("/programmes/without/").text


def test_intakes_are_parted_at_the_very_moment_they_open_and_close() -> None:
    scheme = pages.scheme()
    at = timezone.now()
    closing = pages.intake(scheme, "Closing", closes_at=at)
    opening = pages.intake(scheme, "Opening", opens_at=at)
    coming = pages.intake(scheme, "Coming", opens_at=at + dt.timedelta(seconds=1))

    assert opportunities.of_schemes([scheme.pk], at=at) == opportunities.Opportunities(
        live=[opening], upcoming=[coming], closed=[closing]
    )


def test_the_list_groups_programmes_and_marks_what_is_open(client: Client) -> None:
    scheme = pages.scheme()
    pages.intake(scheme, "Now")
    pages.programme_page("Falls", group="improvement")
    pages.programme_page("NExT Director", group="talent", schemes=[scheme])
    pages.programme_page("Draft", live=False)

    response = client.get("/programmes/")

    groups = [(label, [(p.title, p.is_open) for p in members]) for label, members in response.context["groups"]]
    assert groups == [
        ("Talent schemes", [("NExT Director", True)]),
        ("Improvement collaboratives", [("Falls", False)]),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_programmes(client: Client, rows: int, django_assert_num_queries) -> None:
    for _ in range(rows):
        pages.programme_page(schemes=[pages.scheme()])
    client.get("/programmes/")

    with django_assert_num_queries(12):
        client.get("/programmes/")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_intakes(client: Client, rows: int, django_assert_num_queries) -> None:
    scheme, region = pages.scheme(), RegionFactory()
    pages.programme_page("NExT Director", schemes=[scheme])
    for number in range(rows):
        pages.intake(scheme, f"Live {number}").regions.add(region)
    client.get("/programmes/next-director/")

    with django_assert_num_queries(21):
        client.get("/programmes/next-director/")
    with django_assert_num_queries(15):
        client.get("/")


def test_a_programme_lists_its_events_cohorts_waves_and_network(client: Client) -> None:
    scheme = pages.scheme()
    page = pages.programme_page("Retention", schemes=[scheme])
    collaborative, network = CollaborativeFactory(), LearningNetworkFactory(name="Keeping nurses")
    page.collaboratives.set([collaborative])
    page.networks.set([network])
    page.save()
    EventFactory(title="Masterclass of the programme", collaborative=collaborative)
    EventFactory(title="Session of a cohort", scheme=scheme, audience="group", cohort=CohortFactory(scheme=scheme))
    EventFactory(title="Another programme’s")
    Participation.objects.create(
        cohort=CohortFactory(scheme=scheme, name="First cohort"), person=PersonFactory(), joined_on="2017-09-01"
    )
    WaveFactory(collaborative=collaborative, name="Wave 7")

    html = client.get("/programmes/retention/").text

    shown = ("Masterclass of the programme", "First cohort", "Wave 7", "Join Keeping nurses")
    hidden = ("Session of a cohort", "Another programme’s", network.slug)
    assert [words for words in shown if words not in html] == []
    assert [words for words in hidden if words in html] == []
