"""The second factor and the CMS door: who is let through, who is sent where."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings

from portal import cms_groups
from portal.access import TRUSTED_ROLES
from portal.checks import demonstration_is_not_production, second_factor_is_required
from portal.middleware import SecondFactorMiddleware
from portal.models import Role
from tests.factories.portal import LONG_AGO, UserFactory, member, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", sorted(TRUSTED_ROLES))
@pytest.mark.parametrize("address", ["/home/", "/trusts/", "/cms/", "/accounts/email/", "/"])
def test_a_trusted_role_without_second_factor_is_sent_to_set_it_up(client: Client, role: Role, address: str):
    sign_in(client, member(role), second_factor=False)

    response = client.get(address)

    assert (response.status_code, response.url) == (302, "/accounts/2fa/")


@pytest.mark.parametrize("address", ["/accounts/2fa/", "/accounts/logout/"])
def test_the_set_up_pages_and_signing_out_stay_open(client: Client, address: str):
    sign_in(client, member(Role.REVIEWER), second_factor=False)

    assert client.get(address).status_code == 200


def test_a_superuser_needs_a_second_factor_too(client: Client):
    sign_in(client, UserFactory(is_superuser=True), second_factor=False)

    assert client.get("/cms/").url == "/accounts/2fa/"


def test_recovery_codes_alone_are_no_second_factor(client: Client):
    reviewer = sign_in(client, member(Role.REVIEWER), second_factor=False)
    Authenticator.objects.create(user=reviewer, type=Authenticator.Type.RECOVERY_CODES, data={})

    assert client.get("/home/").status_code == 302


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_with_a_second_factor_the_door_opens(client: Client, kind: str):
    reviewer = sign_in(client, member(Role.REVIEWER), second_factor=False)
    Authenticator.objects.create(user=reviewer, type=kind, data={})

    assert client.get("/home/").status_code == 200


def test_applicants_and_trust_users_may_go_without(client: Client):
    sign_in(client, member(Role.TRUST_USER), second_factor=False)

    assert client.get("/home/").status_code == 200


@override_settings(MFA_REQUIRED=False)
def test_the_demonstration_may_relax_it(client: Client):
    sign_in(client, member(Role.REVIEWER), second_factor=False)

    response = client.get("/home/")

    assert response.status_code == 200
    assert "Signing in with a second factor is switched off here" in response.content.decode()


@override_settings(MFA_REQUIRED=False, DEMONSTRATION=False)
def test_nobody_else_may():
    assert [error.id for error in second_factor_is_required(None)] == ["portal.E001"]
    with pytest.raises(ImproperlyConfigured):
        SecondFactorMiddleware(lambda request: None)


@override_settings(PRODUCTION=True, DEMONSTRATION=True)
def test_the_demonstration_is_no_production():
    assert [error.id for error in demonstration_is_not_production(None)] == ["portal.E002"]


@pytest.mark.parametrize("address", ["/cms/login/", "/cms/password_reset/", "/cms/password_reset/confirm/x/y/"])
def test_the_cms_has_no_way_in_of_its_own(client: Client, address: str):
    expected = "/accounts/login/" if "login" in address else "/accounts/password/reset/"

    assert client.get(address).url == expected


@pytest.mark.parametrize("address", ["/cms/", "/cms/pages/", "/cms/images/", "/cms/users/", "/cms/reports/locked/"])
def test_the_cms_is_shut_to_other_roles(client: Client, address: str):
    assert client.get(address).url == f"/accounts/login/?next={address}"
    for role in sorted(set(Role) - {Role.EDITOR, Role.TALENT_TEAM}):
        sign_in(client, member(role))
        assert (role, client.get(address).status_code) == (role, 403)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.TALENT_TEAM])
def test_the_cms_opens_to_its_roles(client: Client, role: Role):
    cms_groups.set_up()
    person = sign_in(client, member(role))
    cms_groups.keep_in_step(person, at=LONG_AGO)

    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize("role", [Role.EDITOR, Role.TALENT_TEAM])
@pytest.mark.parametrize("address", ["/cms/", "/cms/pages/"])
def test_a_role_without_its_group_is_told_so_and_not_sent_round(client: Client, role: Role, address: str):
    sign_in(client, member(role))

    assert client.get(address, follow=True).redirect_chain == []
    assert client.get(address).status_code == 403


def test_a_leaver_loses_the_cms_whatever_the_groups_say(client: Client):
    cms_groups.set_up()
    person = sign_in(client, member(Role.EDITOR))
    cms_groups.keep_in_step(person, at=LONG_AGO)
    person.memberships.update(ended_at=LONG_AGO)

    assert client.get("/cms/").status_code == 403
