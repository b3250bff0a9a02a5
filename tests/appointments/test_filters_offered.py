"""Lists about boards ask only what their reader has more than one of; what the address asks can always be seen."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.models import Organisation, Role, User
from tests.factories.boards import SeatFactory, seated
from tests.factories.portal import MembershipFactory, OrganisationFactory, RegionFactory, member, sign_in

pytestmark = pytest.mark.django_db

# What each list asks of the boards.
ASKED = {
    "appointments:board_list": ["q", "region", "sector", "kind", "closed"],
    "appointments:term_list": ["region"],
    "appointments:appointment_list": ["region", "trust", "trusts"],
    "appointments:case_list": ["region", "trust"],
    "appointments:proposal_list": ["region", "trust"],
}


@pytest.fixture
def trust(db: None) -> Organisation:
    return OrganisationFactory(ods_code="RX1")


def trust_user(trust: Organisation) -> User:
    return member(Role.TRUST_USER, organisation=trust, is_administrator=True)


def lead(trust: Organisation) -> User:
    return member(Role.REGIONAL_LEAD, region=trust.region)


def offered(client: Client, user: User, name: str, **query: str) -> list[str]:
    """Of the filters about boards those on the page, in order."""
    sign_in(client, user)
    form = client.get(reverse(name), query).context["form"]
    return [field for field in form.fields if field in ASKED[name]]


@pytest.mark.parametrize("name", ASKED)
def test_the_talent_team_is_asked_everything(client: Client, trust: Organisation, name: str):
    assert sorted(offered(client, member(Role.TALENT_TEAM), name)) == sorted(ASKED[name])


@pytest.mark.parametrize("name", ASKED)
def test_a_trusts_people_are_asked_nothing_about_boards(client: Client, trust: Organisation, name: str):
    assert offered(client, trust_user(trust), name) == []


@pytest.mark.parametrize("name", ASKED)
def test_a_lead_of_one_region_is_not_asked_for_it(client: Client, trust: Organisation, name: str):
    there = [field for field in ASKED[name] if field != "region"]

    assert sorted(offered(client, lead(trust), name)) == sorted(there)


def test_who_acts_for_two_trusts_chooses_between_them(client: Client, trust: Organisation):
    user = trust_user(trust)
    MembershipFactory(user=user, role=Role.TRUST_USER, organisation=OrganisationFactory(region=RegionFactory()))

    name = "appointments:appointment_list"
    assert sorted(offered(client, user, name)) == sorted(ASKED[name])


def test_what_the_address_asks_is_kept_and_shown(client: Client, trust: Organisation):
    seated(SeatFactory(board=trust), "2018-01-01", "2100-12-31")
    user, elsewhere = trust_user(trust), RegionFactory()

    shown = offered(client, user, "appointments:board_list", region=str(elsewhere.pk))
    response = client.get(reverse("appointments:board_list"), {"region": elsewhere.pk})

    assert shown == ["region"]
    assert response.context["page"].paginator.count == 0


def test_a_home_leads_to_all_boards_where_there_are_some(client: Client, trust: Organisation):
    homes = {}
    for role, user in (("trust", trust_user(trust)), ("lead", lead(trust))):
        sign_in(client, user)
        link = f'href="{reverse("appointments:board_list")}"'
        homes[role] = link in client.get(reverse("portal:home")).content.decode()

    assert homes == {"trust": False, "lead": True}
