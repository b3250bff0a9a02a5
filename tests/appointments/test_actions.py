"""The action log: who is asked, who settles, what is overdue, and that a conflict keeps an action out of sight."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments.actions import ActionRefused, add_action, cancel_action, change_action, finish_action
from appointments.models import ActionEvent, CommitteeAction
from appointments.papers import minutes_facts
from portal.worklist import entries_for
from tests.appointments.conftest import Sitting
from tests.factories.appointments import CommitteeActionFactory, MeetingFactory
from tests.factories.portal import UserFactory, sign_in
from tests.factories.talent import DeclaredInterestFactory

pytestmark = pytest.mark.django_db

WHAT = "Write to the trusts"


def agreed(sitting: Sitting, **more: Any) -> CommitteeAction:
    said = {"what": WHAT, "owner": sitting.ann, "due_on": timezone.localdate(), "by": sitting.secretary}
    return add_action(sitting.meeting, **{**said, "at": timezone.now(), **more})


def steps(action: CommitteeAction) -> list[tuple[str, str]]:
    return list(action.events.values_list("kind", "reason"))


def test_an_action_is_agreed_moved_and_done(sitting: Sitting):
    action, later = agreed(sitting), timezone.localdate() + dt.timedelta(days=7)

    change_action(action, owner=sitting.ben, due_on=later, by=sitting.secretary, at=timezone.now(), note="On leave.")
    finish_action(action, by=sitting.ben, at=timezone.now(), note="Sent to all.")

    action.refresh_from_db()
    assert (action.owner, action.due_on, action.state) == (sitting.ben, later, "done")
    assert steps(action) == [("added", ""), ("changed", "On leave."), ("done", "Sent to all.")]
    assert ActionEvent.objects.get(kind="changed").facts == {"owner": sitting.ben.pk, "due_on": later.isoformat()}


def test_an_action_is_cancelled_with_its_reason_by_the_secretariat(sitting: Sitting):
    action = agreed(sitting)

    with pytest.raises(ActionRefused, match="Say why"):
        cancel_action(action, by=sitting.secretary, at=timezone.now(), note=" ")
    with pytest.raises(ActionRefused, match="The secretariat cancels"):
        cancel_action(action, by=sitting.ann, at=timezone.now(), note="No time.")
    cancel_action(action, by=sitting.secretary, at=timezone.now(), note="Overtaken.")

    assert steps(action) == [("added", ""), ("cancelled", "Overtaken.")]


def test_a_settled_action_stays_settled(sitting: Sitting):
    action = agreed(sitting)
    finish_action(action, by=sitting.ann, at=timezone.now())

    with pytest.raises(ActionRefused, match="“Done” already"):
        cancel_action(action, by=sitting.secretary, at=timezone.now(), note="Overtaken.")


def test_somebody_elses_action_is_not_ones_to_finish(sitting: Sitting):
    action = agreed(sitting)

    with pytest.raises(ActionRefused, match="not yours"):
        finish_action(action, by=sitting.ben, at=timezone.now())


@pytest.mark.parametrize("who", ["a stranger", "a member with a conflict"])
def test_who_is_not_asked(sitting: Sitting, who: str):
    owner = UserFactory() if who == "a stranger" else sitting.ann
    DeclaredInterestFactory(user=sitting.ann, application=sitting.item.application)

    with pytest.raises(ActionRefused, match=r"Actions are for|takes no part"):
        agreed(sitting, owner=owner, item=sitting.item)

    assert CommitteeAction.objects.count() == 0


def test_the_owner_finds_it_on_their_worklist_until_a_conflict_shows(sitting: Sitting):
    overdue = timezone.localdate() - dt.timedelta(days=3)
    agreed(sitting, item=sitting.item, due_on=overdue)

    def waiting() -> list[tuple[str, dt.date | None]]:
        return [(e.title, e.due_on) for e in entries_for(sitting.ann, at=timezone.now()) if e.title == WHAT]

    assert waiting() == [(WHAT, overdue)]
    DeclaredInterestFactory(user=sitting.ann, application=sitting.item.application)
    assert waiting() == []


def test_the_minutes_have_it_and_the_next_meeting_finds_it_arising(sitting: Sitting):
    action = agreed(sitting)
    later = MeetingFactory(committee=sitting.meeting.committee, starts_at=timezone.now() + dt.timedelta(days=30))

    now, then = (minutes_facts(m, reader=sitting.ben) for m in (sitting.meeting, later))

    assert [(a.what, a.owner, a.due_on) for a in now.actions] == [(WHAT, str(sitting.ann), action.due_on)]
    assert (now.arising, [a.what for a in then.arising], then.actions) == ((), [WHAT], ())
    finish_action(action, by=sitting.ann, at=timezone.now())
    assert minutes_facts(later, reader=sitting.ben).arising == ()


def test_an_action_on_its_pages(client: Client, sitting: Sitting):
    sign_in(client, sitting.secretary)
    said = {"what": WHAT, "owner": sitting.ann.pk, "due_on": timezone.localdate().isoformat()}
    client.post(reverse("appointments:action_add", args=[sitting.meeting.pk]), said)
    action = CommitteeAction.objects.get()
    sign_in(client, sitting.ann)

    client.post(reverse("appointments:action_finish", args=[action.pk]), {"note": ""})

    listed = client.get(reverse("appointments:action_list"))
    assert (list(listed.context["open"]), list(listed.context["page"])) == ([], [action])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_log_takes_the_same_queries(client: Client, sitting: Sitting, rows: int, django_assert_num_queries: Any):
    for state in ("open", "done"):
        CommitteeActionFactory.create_batch(rows, meeting=sitting.meeting, item=sitting.item, state=state)
    sign_in(client, sitting.secretary)

    with django_assert_num_queries(11):
        response = client.get(reverse("appointments:action_list"))

    assert len(response.context["open"]) == rows
