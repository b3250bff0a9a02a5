"""Pages of the chair networks: what is typed is done, readers read, lists run a fixed number of queries."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from appointments.models import NetworkAction, NetworkChange, NetworkSession
from portal.demo import london
from portal.models import Role
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.networks import NetworkActionFactory, NetworkPaperFactory, NetworkSessionFactory, a_chair
from tests.factories.portal import OrganisationFactory, RegionFactory, member, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return RegionFactory(code="north", name="North")


@pytest.fixture
def keeper(client: Client, region):
    return sign_in(client, member(Role.REGIONAL_LEAD, region=region))


def test_a_session_is_planned_and_moved(client: Client, keeper):
    typed = {"title": "Boards", "day": "2018-02-06", "time": "11:00", "place": "Leeds"}

    client.post("/networks/north/sessions/new/", typed)
    session = NetworkSession.objects.get()
    client.post(f"/networks/sessions/{session.pk}/edit/", {**typed, "time": "12:30"})

    session.refresh_from_db()
    assert timezone.localtime(session.starts_at).strftime("%d.%m.%Y %H:%M") == "06.02.2018 12:30"


def test_two_sessions_at_one_time_are_refused_in_words(client: Client, keeper):
    typed = {"title": "Boards", "day": "2018-02-06", "time": "11:00", "place": "Leeds"}
    client.post("/networks/north/sessions/new/", typed)

    response = client.post("/networks/north/sessions/new/", typed)

    assert response.context["form"].errors == {"time": ["This network already has a session at that time."]}


def test_nobody_came_is_an_answer(client: Client, keeper, region):
    a_chair(region)
    session = NetworkSessionFactory(region=region)

    client.post(f"/networks/sessions/{session.pk}/attendance/", {})

    session.refresh_from_db()
    assert (session.state, list(session.attendance.values_list("came", flat=True))) == ("held", [False])


def test_somebody_from_a_board_of_the_region_is_added_and_left_out(client: Client, keeper, region):
    person = somebody("Zoe")
    seated(SeatFactory(board=OrganisationFactory(region=region)), "2016-04-01", "2100-03-31", person=person)

    client.post("/networks/north/members/new/", {"person": person.pk, "reason": "Chair designate"})
    client.post(f"/networks/north/members/{person.pk}/", {"kind": "left_out", "reason": "Moved away"})

    kept = NetworkChange.objects.values_list("person", "kind", "reason", "by")
    assert list(kept) == [
        (person.pk, "added", "Chair designate", keeper.pk),
        (person.pk, "left_out", "Moved away", keeper.pk),
    ]


def test_an_action_is_added_and_done(client: Client, keeper, region):
    session = NetworkSessionFactory(region=region)
    typed = {"what": "Send it round", "owner": keeper.pk, "due_on": "2018-03-01"}

    client.post(f"/networks/sessions/{session.pk}/actions/new/", typed)
    client.post(f"/networks/actions/{NetworkAction.objects.get().pk}/done/")

    assert NetworkAction.objects.get().done_by == keeper


def test_the_latest_past_session_stands_first(client: Client, keeper, region):
    held = [
        NetworkSessionFactory(region=region, state=NetworkSession.State.HELD, starts_at=london(day))
        for day in (dt.date(2017, 6, 30), dt.date(2026, 11, 6), dt.date(2017, 10, 27))
    ]

    past = client.get("/networks/north/").context["past"]

    assert list(past) == [held[1], held[2], held[0]]


def test_a_chair_reads_without_the_reasons_and_the_buttons(client: Client, region):
    sign_in(client, a_chair(region))
    lead = member(Role.REGIONAL_LEAD, region=region)
    for person, kind in ((somebody("Zoe"), "added"), (somebody("Left Out"), "left_out")):
        NetworkChange.objects.create(
            region=region, person=person, kind=kind, by=lead, at=timezone.now(), reason="Confidential"
        )

    page = client.get("/networks/north/").content.decode()

    assert "Zoe" in page
    assert "Confidential" not in page
    assert "Left Out" not in page
    assert "/members/" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_network_detail(client: Client, keeper, region, rows: int, django_assert_num_queries):
    for _ in range(rows):
        a_chair(region)
        NetworkActionFactory(session=NetworkSessionFactory(region=region))
        NetworkSessionFactory(region=region, state="held")

    with django_assert_num_queries(13):
        response = client.get("/networks/north/")

    assert len(response.context["members"].belonging) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_network_session_detail(client: Client, keeper, region, rows: int, django_assert_num_queries):
    session = NetworkSessionFactory(region=region)
    NetworkPaperFactory.create_batch(rows, session=session)
    NetworkActionFactory.create_batch(rows, session=session, done_at=timezone.now(), done_by=keeper)

    with django_assert_num_queries(11):
        response = client.get(f"/networks/sessions/{session.pk}/")

    assert len(response.context["papers"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_network_list(client: Client, rows: int, django_assert_num_queries):
    for _ in range(rows):
        NetworkSessionFactory()
    sign_in(client, member(Role.TALENT_TEAM))

    with django_assert_num_queries(8):
        response = client.get("/networks/")

    assert len(response.context["regions"]) == rows
