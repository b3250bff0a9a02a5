"""The CMS as editors and the talent team meet it."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site, Workflow

from portal import cms_groups
from portal.models import Role, User
from tests.factories import pages
from tests.factories.portal import member, sign_in

pytestmark = pytest.mark.django_db


def _in_cms(client: Client, role: str) -> User:
    cms_groups.set_up()
    user = member(role)
    cms_groups.keep_in_step(user, at=timezone.now())
    return sign_in(client, user)


def test_an_editor_sees_the_panel_and_no_reports(client: Client) -> None:
    pages.home_page()
    _in_cms(client, Role.EDITOR)

    html = client.get("/cms/").text

    assert "How a page gets published" in html
    assert "Pages of the talent portal" in html
    assert "/cms/reports/" not in html
    assert "/cms/snippets/programmes/scheme/" not in html


def test_the_talent_team_keeps_schemes_and_intakes(client: Client) -> None:
    scheme = pages.scheme(name="NExT Director")
    intake = pages.intake(scheme, "London, spring")
    _in_cms(client, Role.TALENT_TEAM)

    addresses = ["scheme/", f"scheme/edit/{scheme.pk}/", "intake/", f"intake/edit/{intake.pk}/", "intake/add/"]

    assert [client.get(f"/cms/snippets/programmes/{a}").status_code for a in addresses] == [200] * 5
    assert "London, spring" in client.get("/cms/snippets/programmes/intake/").text


def test_an_editor_reaches_no_scheme(client: Client) -> None:
    scheme = pages.scheme(name="NExT Director")
    _in_cms(client, Role.EDITOR)

    response = client.get(f"/cms/snippets/programmes/scheme/edit/{scheme.pk}/")

    assert response.status_code == 302
    assert response["Location"] == "/cms/"


def test_what_an_editor_submits_waits_for_the_talent_team() -> None:
    page = pages.standard_page("About", live=False)
    workflow = page.get_workflow()

    assert Workflow.objects.get(active=True) == workflow
    assert workflow.name == "Moderators approval"
    assert [task.specific.groups.get().name for task in workflow.tasks] == ["Moderators"]
    assert not page.permissions_for_user(member(Role.EDITOR)).can_publish()
    assert Page.objects.get(pk=page.pk).live is False


@pytest.mark.parametrize(("role", "address"), [(Role.EDITOR, "/cms/"), (Role.TALENT_TEAM, None)])
def test_the_talent_team_keeps_the_footer(client: Client, role: str, address: str | None) -> None:
    site = Site.objects.get(root_page=pages.home_page())
    _in_cms(client, role)

    response = client.get(f"/cms/settings/portal/footer/{site.pk}/")

    assert response.get("Location") == address
    assert response.status_code == (302 if address else 200)
