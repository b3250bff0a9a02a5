"""Lists of the ground floor run the same number of queries with one row and with three."""

import pytest
from django.test import Client

from portal.models import Role
from tests.factories.portal import InvitationFactory, MembershipFactory, OrganisationFactory, member, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_organisation_list(client: Client, rows: int, django_assert_num_queries):
    OrganisationFactory.create_batch(rows)

    with django_assert_num_queries(6):
        response = client.get("/trusts/?closed=on")

    assert response.context["page"].paginator.count == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_people_list(client: Client, rows: int, django_assert_num_queries):
    trust = OrganisationFactory(ods_code="R0A")
    chair = sign_in(client, member(Role.TRUST_USER, organisation=trust, is_administrator=True))
    MembershipFactory.create_batch(rows, organisation=trust)
    InvitationFactory.create_batch(rows, organisation=trust, invited_as=chair.memberships.get())

    with django_assert_num_queries(10):
        response = client.get("/organisations/R0A/people/")

    assert len(response.context["people"]) == rows + 1
