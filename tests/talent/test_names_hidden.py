"""Until a campaign's shortlist nobody on the staff learns who applied: list, page, person, files, search, export."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from appointments import campaigning
from portal.models import Role
from talent import finding
from talent.access import may_read_files
from talent.models import Application, Attachment, Person
from tests.factories.campaigns import Run, a_campaign
from tests.factories.portal import member, sign_in
from tests.factories.talent import PostHeldFactory

pytestmark = pytest.mark.django_db


def telling(run: Run) -> list[str]:
    """Whatever gives the first applicant away."""
    person = run.applications[0].person
    return [escape(person.full_name), person.email, "Harbour Homes", "curriculum.pdf", "LS1 4AP"]


@pytest.fixture
def sifted() -> Run:
    run = a_campaign("sift")
    person = run.applications[0].person
    person.headline = "Chair, Harbour Homes"
    person.save()
    PostHeldFactory(person=person, employer="Harbour Homes")
    Attachment.objects.create(
        application=run.applications[0],
        question_key="cv",
        file=ContentFile(b"%PDF-", name="a.pdf"),
        name="curriculum.pdf",
        content_type="application/pdf",
        size=5,
        sha256="0" * 64,
        uploaded_at=run.at,
    )
    return run


def pages_of(run: Run) -> list[str]:
    first = run.applications[0]
    return [
        "/talent/candidates/",
        "/talent/candidates/?sort=name",
        f"/talent/candidates/?intake={run.campaign.intake_id}",
        f"/talent/candidates/{first.reference}/",
        f"/talent/candidates/{first.reference}/interest/",
        f"/talent/candidates/{first.reference}/finding/",
        f"/talent/candidates/{first.reference}/redaction/",
        f"/campaigns/{run.campaign.pk}/",
        f"/campaigns/{run.campaign.pk}/choose/shortlist/",
    ]


@pytest.mark.parametrize("role", [Role.TALENT_TEAM, Role.REGIONAL_LEAD])
def test_no_page_of_the_staff_says_who_applied(client: Client, sifted, role):
    region = {"region": sifted.campaign.seat.board.region} if role == Role.REGIONAL_LEAD else {}
    sign_in(client, member(role, **region))

    answers = [client.get(page) for page in pages_of(sifted)]

    assert [answer.status_code for answer in answers] == [200] * len(answers)
    assert [sifted.applications[0].pseudonym in answer.text for answer in answers[:6]] == [True] * 6
    assert [word for answer in answers for word in telling(sifted) if word in answer.text] == []


def test_after_the_shortlist_the_same_pages_say_it(client: Client, sifted):
    first = sifted.applications[0]
    type(first.intake).objects.filter(pk=first.intake_id).update(names_hidden=False)
    sign_in(client, sifted.team)

    page = client.get(f"/talent/candidates/{first.reference}/").text

    assert [word in page for word in telling(sifted)] == [True, False, True, True, True]
    assert escape(first.person.full_name) in client.get("/talent/candidates/").text


def test_the_shortlist_uncovers_the_names():
    assert a_campaign("sift").campaign.intake.names_hidden is True
    assert a_campaign("shortlist").campaign.intake.names_hidden is False


def test_a_cancelled_campaign_uncovers_them_for_the_answers():
    run = a_campaign("sift")
    campaigning.cancel_campaign(run.campaign, by=run.team, at=timezone.now(), reason="Seat abolished")

    assert run.fresh().intake.names_hidden is False


def test_no_search_by_words_finds_who_is_read_blind(sifted):
    words = sifted.applications[0].person.full_name.split()[-1]
    before = finding.with_words(Application.objects.all(), words).count()
    type(sifted.campaign.intake).objects.update(names_hidden=False)

    assert (before, finding.with_words(Application.objects.all(), words).count() > 0) == (0, True)


def test_sorted_by_name_they_stand_by_pseudonym(sifted):
    rows = finding.in_order(Application.objects.filter(intake=sifted.campaign.intake), "name", "")

    assert [a.pseudonym for a in rows] == sorted(a.pseudonym for a in sifted.applications)


def test_the_file_of_the_list_has_pseudonyms(client: Client, sifted):
    sign_in(client, sifted.team)

    answer = client.post("/talent/candidates/export/", {"file_format": "csv", "reason": "For the panel"})
    rows = b"".join(answer.streaming_content).decode()

    assert sifted.applications[0].pseudonym in rows
    assert [word for word in telling(sifted) if word in rows] == []


def test_no_file_of_theirs_opens(client: Client, sifted):
    sign_in(client, sifted.team)
    first = sifted.applications[0]
    attachment = first.attachments.get()

    assert client.get(f"/talent/candidates/{first.reference}/files/{attachment.pk}/").status_code == 404
    stored = Application.objects.get(pk=first.pk)
    assert (may_read_files(sifted.team, stored), may_read_files(first.person.user, stored)) == (False, True)


def test_the_person_is_not_found_through_it(client: Client, sifted):
    person = sifted.applications[0].person
    sign_in(client, sifted.team)

    assert client.get(f"/talent/people/{person.pk}/").status_code == 404
    type(sifted.campaign.intake).objects.update(names_hidden=False)
    assert client.get(f"/talent/people/{person.pk}/").status_code == 200


def test_a_draft_to_a_campaign_has_no_name_either(client: Client):
    run = a_campaign("advertised", live=True, applicants=1)
    Application.objects.update(state="draft", submitted_at=None)
    sign_in(client, run.team)

    page = client.get("/talent/drafts/").text

    assert run.applications[0].pseudonym in page
    assert escape(run.applications[0].person.full_name) not in page


def test_the_applicant_sees_their_own_all_the_same(client: Client, sifted):
    first = sifted.applications[0]
    sign_in(client, first.person.user)

    assert client.get(f"/applications/{first.reference}/").status_code == 200
    assert list(Person.objects.visible_to(first.person.user)) == [first.person]
