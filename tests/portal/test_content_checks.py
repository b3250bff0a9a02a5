"""What editors are told about a page: each check on what it is for, and silence where all is well."""

import json

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage

from portal import cms_groups, cms_workflow
from portal.content_checks import Finding, check, check_page, reading_age, syllables_of
from portal.models import Role
from tests.factories import pages
from tests.factories.portal import member, sign_in

PLAIN = "We ask each new nurse how it goes. " * 12
HARD = "Organisational transformation necessitates multidisciplinary collaboration across institutions. " * 10


def found(html: str) -> list[tuple[str, str]]:
    return [(finding.check, finding.says) for finding in check(html).findings]


def test_nothing_is_said_of_a_page_in_order() -> None:
    html = f'<h2>One</h2><p>{PLAIN}</p><h3>Two</h3><p><a href="/x/">Host one</a></p><img src="a.png" alt="Ward">'

    assert found(html) == []


def test_a_heading_that_leaves_out_a_level_and_an_empty_one() -> None:
    assert found("<h2>One</h2><h4>Deep</h4><h2> </h2>") == [
        ("Headings", "“Deep” is at level 4, below level 2. Make it level 3."),
        ("Headings", "A heading of level 2 is empty. Write it or take it out."),
    ]


@pytest.mark.parametrize("words", ["Click here", "read more", "Here.", "Find out more →"])
def test_link_text_that_says_nothing(words: str) -> None:
    assert found(f'<a href="/x/">{words}</a>') == [
        ("Link text", f"“{words}” does not say where it leads. Name the page or what happens.")
    ]


def test_a_picture_without_words() -> None:
    assert found('<img src="/media/ward.png" alt=" ">') == [
        ("Pictures", "The picture ward.png has no words for those who cannot see it.")
    ]


def test_hard_text_is_said_and_plain_text_is_not() -> None:
    assert [finding.check for finding in check(f"<p>{HARD}</p>").findings] == ["Reading age"]
    assert check(f"<p>{PLAIN}</p>").findings == ()


@pytest.mark.parametrize(("word", "number"), [("ward", 1), ("nurse", 1), ("table", 2), ("hospital", 3), ("the", 1)])
def test_syllables(word: str, number: int) -> None:
    assert syllables_of(word) == number


def test_reading_age_by_the_formula() -> None:
    # 60 words in 10 sentences, each of one syllable: 0.39 * 6 + 11.8 * 1 - 15.59 = -1.45; five years more.
    assert reading_age("We ask each of them why. " * 10) == 5
    assert reading_age("Too short.") is None


@pytest.mark.django_db
def test_links_to_pages_that_are_gone_are_named() -> None:
    target, draft = pages.guidance_page("Target"), pages.guidance_page("Draft", live=False)
    page = pages.guidance_page("Page")
    html = "".join(
        [
            f'<p><a linktype="page" id="{target.pk}">The target</a> <a linktype="page" id="{draft.pk}">The draft</a>',
            ' <a href="/nowhere/">A typed address</a> <a href="/trusts/">Trusts</a>',
            ' <a linktype="page" id="0">Gone</a></p>',
        ]
    )
    page.body = json.dumps([{"type": "text", "value": html}])
    page.save()

    checked = check_page(page, {})

    assert checked.findings == (
        Finding("Links", "“The draft” leads to /guidance/draft/, where readers find no page."),
        Finding("Links", "“A typed address” leads to /nowhere/, where readers find no page."),
        Finding("Links", "The page behind “Gone” no longer stands. Choose another, or take the link out."),
    )


@pytest.mark.django_db
def test_an_editor_sees_them_above_the_fields(client: Client) -> None:
    page = pages.guidance_page("Page", body='<h2>One</h2><p><a href="https://example.org/">click here</a></p>')
    cms_groups.set_up()
    editor = member(Role.EDITOR)
    cms_groups.keep_in_step(editor, at=timezone.now())
    sign_in(client, editor)

    html = client.get(f"/cms/pages/{page.pk}/edit/").text

    assert "“click here” does not say where it leads. Name the page or what happens." in html
    assert "What to look at" in html


@pytest.mark.django_db
def test_the_workflow_is_put_back_and_is_there_once() -> None:
    cms_groups.set_up()
    WorkflowPage.objects.all().delete()
    Workflow.objects.update(active=False)
    GroupApprovalTask.objects.all().delete()

    workflow = cms_workflow.set_up()
    cms_workflow.set_up()

    assert Page.get_first_root_node().get_workflow() == workflow
    assert list(Workflow.objects.filter(active=True)) == [workflow]
    assert [list(task.specific.groups.values_list("name", flat=True)) for task in workflow.tasks] == [["Moderators"]]
