"""Wagtail's own bar with its accessibility checker: for those who may edit, on the CMS's pages and in the preview."""

import pytest
from django.test import Client
from django.utils import timezone

from portal import cms_groups
from portal.models import Role, User
from tests.factories import pages
from tests.factories.portal import UserFactory, member, sign_in

pytestmark = pytest.mark.django_db

BAR = "<wagtail-userbar>"


def in_cms(client: Client, role: str) -> User:
    cms_groups.set_up()
    user = member(role)
    cms_groups.keep_in_step(user, at=timezone.now())
    return sign_in(client, user)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.TALENT_TEAM])
def test_those_who_edit_have_it_on_a_page_of_the_cms(client: Client, role: str) -> None:
    page = pages.guidance_page("Keeping nurses")
    in_cms(client, role)

    html = client.get(page.get_url()).text

    assert html.count(BAR) == 1
    assert f"/cms/pages/{page.pk}/edit/" in html


def test_nobody_else_has_it(client: Client) -> None:
    address = pages.guidance_page("Keeping nurses").get_url()
    public = client.get(address).text
    answers = {"anybody": public}
    for user in (UserFactory(), member(Role.TRUST_USER), member(Role.REVIEWER)):
        sign_in(client, user)
        answers[str(user)] = client.get(address).text

    assert [who for who, html in answers.items() if "userbar" in html] == []


def test_an_editor_has_it_on_no_page_of_the_portals_own(client: Client) -> None:
    pages.home_page()
    in_cms(client, Role.EDITOR)

    assert BAR not in client.get("/events/").text


def test_whoever_lost_the_role_has_it_no_more(client: Client) -> None:
    page, user = pages.guidance_page("Keeping nurses"), in_cms(client, Role.EDITOR)
    user.memberships.update(ended_at=timezone.now())

    assert BAR not in client.get(page.get_url()).text


def test_the_policy_of_the_page_stays_strict_with_it(client: Client) -> None:
    page = pages.guidance_page("Keeping nurses")
    in_cms(client, Role.EDITOR)

    policy = client.get(page.get_url()).headers["Content-Security-Policy"]

    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
