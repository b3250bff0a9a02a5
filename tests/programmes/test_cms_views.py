"""The talent team has an open intake ask the questions as edited, and says why."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from portal import cms_groups
from portal.models import Role, User
from programmes.models import Intake, QuestionSet
from programmes.opening import questions_of
from tests.factories.portal import member, sign_in
from tests.factories.programmes import IntakeFactory

pytestmark = pytest.mark.django_db


def in_cms(client: Client, role: str) -> User:
    cms_groups.set_up()
    user = member(role)
    cms_groups.keep_in_step(user, at=timezone.now())
    return sign_in(client, user)


def edited_intake() -> Intake:
    """Open, with version 1 frozen, and a criterion dropped from its scheme since."""
    intake = IntakeFactory()
    questions_of(intake, at=timezone.now())
    del intake.scheme.rubric[-1]
    intake.scheme.save()
    return intake


def address(intake: Intake) -> str:
    return f"/cms/snippets/programmes/intake/questions/{intake.pk}/"


def asks(intake: Intake) -> int:
    return Intake.objects.get(pk=intake.pk).question_set.number


def test_the_list_of_intakes_leads_to_the_questions_of_open_ones(client: Client) -> None:
    in_cms(client, Role.TALENT_TEAM)
    intake = IntakeFactory()
    IntakeFactory(scheme=intake.scheme, closed=True)

    html = client.get("/cms/snippets/programmes/intake/").text

    assert re.findall(r'href="(/cms/snippets/programmes/intake/questions/\d+/)"', html) == [address(intake)]


def test_with_a_reason_new_applicants_get_the_new_version(client: Client) -> None:
    user, intake = in_cms(client, Role.TALENT_TEAM), edited_intake()
    page = client.get(address(intake))

    response = client.post(address(intake), {"reason": "Two criteria said the same"})

    assert "This intake asks version 1 of the scheme’s questions" in page.text
    assert "Ask the new questions from now on" in page.text
    assert (response.status_code, response["Location"]) == (302, address(intake))
    assert asks(intake) == 2
    adopted = QuestionSet.objects.get(number=2)
    assert (adopted.by, adopted.reason) == (user, "Two criteria said the same")


def test_without_a_reason_nothing_changes(client: Client) -> None:
    in_cms(client, Role.TALENT_TEAM)
    intake = edited_intake()

    response = client.post(address(intake), {"reason": " "})

    assert "Say why the questions change." in response.text
    assert asks(intake) == 1


def test_where_nothing_was_edited_there_is_no_form(client: Client) -> None:
    in_cms(client, Role.TALENT_TEAM)
    intake = IntakeFactory()
    begun = client.get(address(intake)).text
    questions_of(intake, at=timezone.now())

    page = client.get(address(intake)).text
    response = client.post(address(intake), {"reason": "Again"}, follow=True)

    assert "Nobody has begun an application yet." in begun
    assert "Ask the new questions from now on" not in begun + page
    assert "Nothing to change: the intake has closed, or asks these questions already." in response.text
    assert asks(intake) == 1


def test_an_editor_changes_no_questions(client: Client) -> None:
    in_cms(client, Role.EDITOR)
    intake = edited_intake()

    response = client.post(address(intake), {"reason": "I would like to"})

    assert response.status_code in (302, 403)
    assert asks(intake) == 1
