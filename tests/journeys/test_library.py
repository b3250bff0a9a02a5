"""A trust's reader finds guidance, narrows, prints and answers; a trust shares a story and an editor moderates it."""

import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from portal.models import Role
from programmes.models import StoryPage, Topic, UsefulAnswer
from tests.factories import hub, pages
from tests.factories.portal import PASSWORD, OrganisationFactory, member
from tests.journeys.browser import Walk
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def library() -> None:
    retention, falls = (Topic.objects.create(name=name, slug=name.lower()) for name in ("Retention", "Falls"))
    chart = {"title": "Nursing turnover", "says": "It fell.", "source": "A report", "unit": "%"}
    chart["bars"] = [{"label": "2016", "value": 16.8}, {"label": "2018", "value": 15.2}]
    page = pages.guidance_page("Keeping nurses", topics=[retention], sectors=["acute"])
    page.body = json.dumps(
        [
            {"type": "text", "value": "<h2>Ask why</h2><p>Turnover has reasons.</p><h2>Measure</h2><p>Each month.</p>"},
            {"type": "bar_chart", "value": chart},
        ]
    )
    page.save()
    pages.guidance_page("Preventing falls", topics=[falls], body="<p>Turnover of patients.</p>")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_finds_narrows_prints_and_answers(visitor: Visitor, scripts: bool):
    library()
    walk = visitor(scripts=scripts)

    walk.goes_to("/guidance/")
    walk.sees("Guidance")
    walk.fills("Words", "turnover")
    walk.presses("Show these")
    walk.reads("2 pages for “turnover”")
    walk.chooses("Retention (1)")
    walk.presses("Show these")
    walk.reads("1 page for “turnover”")
    walk.sees("Guidance")
    walk.follows("Keeping nurses")
    walk.sees("Keeping nurses")
    paper = walk.page.request.get(f"{walk.page.url}?view=pdf").body()
    assert "Nursing turnover" in PdfReader(io.BytesIO(paper)).pages[0].extract_text()
    walk.follows("Print view of this page")
    walk.sees("Keeping nurses")
    walk.follows("Back to the page")
    walk.presses("No, it was not")
    walk.sees("What was wrong with the page?")
    walk.chooses("It is out of date")
    walk.presses("Send")
    walk.sees("Keeping nurses")
    walk.reads("Thank you. Your answer helps us to keep this page right.")
    assert list(UsefulAnswer.objects.values_list("was_useful", "reason")) == [(False, "out_of_date")]


def test_a_trust_shares_a_story_and_an_editor_moderates_it(visitor: Visitor, tmp_path: Path, settings):
    settings.MEDIA_ROOT = tmp_path
    pages.hub_index()
    hub.topic("Safety")
    writer = hub.trust_writer(OrganisationFactory(name="Hill NHS Trust"))
    editor = member(Role.EDITOR)

    trust = visitor()
    trust.signs_in(writer.email, PASSWORD)
    write_story(trust)
    send(trust)

    desk = visitor()
    desk.signs_in(editor.email, PASSWORD)
    desk.sees("Your home")
    desk.follows("Read “Fewer falls at night”")
    desk.sees("Fewer falls at night")
    desk.presses("Return with what to change")
    desk.sees("Return with what to change")
    desk.fills("What should be changed, or why not?", "Say by how much.")
    desk.presses("Return with what to change")
    desk.reads("Say by how much.")

    trust.goes_to("/home/")
    trust.follows("Change “Fewer falls at night”")
    trust.reads("Say by how much.")
    trust.presses("Write")
    trust.fills("The result in one sentence", "30% fewer falls.")
    trust.presses("Save and go on")
    send(trust)

    desk.page.reload()
    desk.presses("Publish")
    desk.sees("Publish")
    desk.presses("Publish")
    desk.follows("See it on the hub")
    desk.sees("Fewer falls at night")
    desk.reads("Hill NHS Trust")
    desk.reads("30% fewer falls.")
    assert StoryPage.objects.get().trust.name == "Hill NHS Trust"


def write_story(walk: Walk) -> None:
    walk.goes_to("/hub/submissions/new/")
    walk.sees("Share something on the Improvement Hub")
    walk.chooses("Improvement story")
    walk.presses("Begin")
    walk.sees("Write your improvement story")
    walk.fills("Title", "Fewer falls at night")
    walk.fills("Summary", "Warm light and shoes within reach.")
    walk.fills("What did you want to change?", "People fell at three in the morning.")
    expect(walk.page.locator("[data-autosave-said]")).to_contain_text("Saved at")
    walk.fills("What did you do?", "We walked the ward in socks.")
    walk.fills("What happened?", "Fewer falls.")
    walk.chooses("Safety")
    walk.presses("Save and go on")
    walk.sees("Fewer falls at night")
    walk.presses("Add a picture")
    walk.sees("Add a picture")
    picture = {"name": "ward.png", "mimeType": "image/png", "buffer": hub.picture().read()}
    walk.page.get_by_label("Picture", exact=True).set_input_files(picture)
    walk.fills("What does the picture show?", "A lamp beside a bed")
    walk.presses("Add it")
    walk.reads("Read out as: A lamp beside a bed")


def send(walk: Walk) -> None:
    walk.presses("Send to an editor")
    walk.sees("Send to an editor")
    walk.presses("Send to an editor")
    walk.reads("With an editor")
