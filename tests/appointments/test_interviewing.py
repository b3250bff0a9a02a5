"""The interview: drafts that are kept, conflicts that are talked about, and the verdict that waits for it."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from appointments import campaigning, panel
from appointments.campaigning import CampaignRefused
from appointments.models import ConflictTalk, Mark, MarkDraft
from talent.models import Application, State
from tests.factories.campaigns import Run, a_campaign, everybody_scores
from tests.factories.portal import sign_in

pytestmark = pytest.mark.django_db


def first(run: Run) -> Application:
    return Application.objects.get(pk=run.applications[0].pk)


def declared(run: Run, number: int = 0) -> str:
    """The panel's member has said that there is no conflict; returns where they score."""
    panel.declare_none(first(run), by=run.panel[number], at=timezone.now())
    return f"/panels/applications/{run.applications[0].reference}/"


def test_what_is_typed_is_kept_and_stands_there_again(client: Client):
    run = a_campaign("interview", applicants=1)
    address, criterion = declared(run), run.campaign.criteria.first()
    sign_in(client, run.panel[0])
    typed = {f"points_{criterion.pk}": "3", f"evidence_{criterion.pk}": "Half a sentence", "revision": "0"}

    saved = client.post(f"{address}draft/", typed)
    late = client.post(f"{address}draft/", typed | {f"evidence_{criterion.pk}": "From another tab"})
    page = client.get(address)

    assert (saved.json()["status"], saved.json()["revision"]) == ("saved", 1)
    assert (late.status_code, late.json()["status"]) == (409, "clash")
    assert ("Half a sentence" in page.text, page.context["revision"]) == (True, 1)
    assert Mark.objects.filter(round="interview").count() == 0


def test_a_draft_is_its_writers_alone_and_goes_once_sent(client: Client):
    run = a_campaign("interview", applicants=1)
    address, criterion = declared(run), run.campaign.criteria.first()
    panel.save_draft(first(run), {f"evidence_{criterion.pk}": "Mine"}, revision=0, by=run.panel[0], at=timezone.now())
    declared(run, 1)
    sign_in(client, run.panel[1])

    assert "Mine" not in client.get(address).text
    everybody_scores(run)
    assert MarkDraft.objects.count() == 0


def test_whoever_may_not_score_keeps_no_draft(client: Client):
    run = a_campaign("interview", applicants=1)
    address = f"/panels/applications/{run.applications[0].reference}/draft/"
    sign_in(client, run.panel[0])

    undeclared = client.post(address, {"revision": "0"})
    sign_in(client, run.team)

    assert (undeclared.status_code, client.post(address, {"revision": "0"}).status_code) == (403, 404)
    assert MarkDraft.objects.count() == 0


def test_no_verdict_before_conflicts_were_discussed():
    run = a_campaign("interview", applicants=1)
    everybody_scores(run)
    ledger = ConflictTalk.objects.count()
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("DELETE FROM appointments_conflicttalk")
    other = a_campaign("interview", applicants=1)
    for user in other.panel:
        panel.declare_none(first(other), by=user, at=other.at)
        given = {c.pk: panel.Given(3, "Clear.") for c in other.campaign.criteria.all()}
        panel.score(first(other), given, by=user, at=other.at)

    with pytest.raises(CampaignRefused, match="Conflicts have not been discussed with"):
        campaigning.record_verdicts(other.campaign, appointable=[], by=other.team, at=other.at, reason="None")

    assert (ledger, other.states()) == (1, [State.INTERVIEW])


def test_a_manageable_conflict_is_no_bar(client: Client):
    run = a_campaign("interview", applicants=1)
    address = declared(run)
    sign_in(client, run.panel[0])

    empty = client.post(f"{address}conflicts/", {"manageable": "yes", "said": ""})
    client.post(f"{address}conflicts/", {"manageable": "yes", "said": "A cousin supplies the trust; steps aside."})

    talk = ConflictTalk.objects.get()
    assert "Say what was discussed" in empty.text
    assert (talk.manageable, talk.by, talk.reason) == (True, run.panel[0], "A cousin supplies the trust; steps aside.")
    assert "A cousin supplies the trust" in client.get(address).text


def test_conflicts_are_not_discussed_before_the_interview():
    run = a_campaign("sift", applicants=1)
    declared(run)

    with pytest.raises(panel.PanelRefused, match="discussed at interview"):
        panel.talk_of_conflicts(first(run), manageable=True, said="None", by=run.panel[0], at=timezone.now())
