"""The factories keep their word: a member has the access their role says."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.access import Access, access_of
from portal.models import Organisation, Role
from tests.factories.portal import OrganisationFactory, UserFactory, member, sign_in, the_body

pytestmark = pytest.mark.django_db


def test_a_person_without_membership_has_no_access():
    assert access_of(UserFactory()) == Access()


def test_a_trust_user_acts_for_the_trust():
    trust = OrganisationFactory()

    person = member(Role.TRUST_USER, organisation=trust, is_administrator=True)

    assert access_of(person) == Access(
        roles=frozenset({Role.TRUST_USER}),
        trust_ids=frozenset({trust.pk}),
        administers_ids=frozenset({trust.pk}),
        organisation_ids=frozenset({trust.pk}),
        membership_ids=frozenset({person.memberships.get().pk}),
    )


def test_everyone_else_acts_for_the_one_body():
    reviewer, lead = member(Role.REVIEWER), member(Role.REGIONAL_LEAD)

    assert access_of(reviewer).organisation_ids == access_of(lead).organisation_ids == {the_body().pk}
    assert len(access_of(lead).region_ids) == 1
    assert Organisation.objects.filter(kind=Organisation.Kind.BODY).count() == 1


def test_sign_in_leads_through_the_second_factor(client: Client):
    sign_in(client, member(Role.TALENT_TEAM))

    assert client.session["_auth_user_id"]
    assert reverse("portal:home") == "/home/"
