"""Between meetings: the secretariat sends a round, members declare and vote, the chair records; an action follows."""

import datetime as dt

import pytest
from django.utils import timezone

from appointments.models import CommitteeAction, Decision, Meeting
from portal.models import Role
from tests.factories.appointments import committee_of
from tests.factories.portal import PASSWORD, member
from tests.journeys.browser import Walk
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE, WHAT = "Dates of meetings for next year", "Tell the trusts the dates"


def test_a_round_by_correspondence_and_its_action(visitor: Visitor):
    committee, (chair, ann, ben) = committee_of(3)
    secretary = member(Role.TALENT_TEAM)

    clerk = visitor()
    plan_and_send(clerk, secretary.email)
    meeting = Meeting.objects.get(committee=committee)
    for user in (chair, ann, ben):
        declare_and_vote(visitor(scripts=user == ann), user.email, meeting)
    record(visitor(keyboard=True), chair.email, meeting)

    decision = Decision.objects.get()
    assert (decision.by_correspondence, decision.by, decision.outcome) == (True, chair, "approved")
    agree(clerk, meeting, str(ann))
    finish(visitor(), ann.email)
    assert CommitteeAction.objects.get().state == "done"


def plan_and_send(walk: Walk, email: str) -> None:
    until = timezone.localdate() + dt.timedelta(days=5)
    walk.signs_in(email, PASSWORD)
    walk.sees("Your home")
    walk.goes_to("/committees/meetings/")
    walk.sees("Committee meetings")
    walk.presses("Decide by correspondence")
    walk.sees("Decide by correspondence")
    walk.page.get_by_label("Committee").select_option(index=1)
    walk.fills_date("Votes until: date", str(until.day), str(until.month), str(until.year))
    walk.fills("Votes until: time", "17:00")
    walk.presses("Plan the round")
    walk.sees("Agenda")
    walk.follows("Add other business")
    walk.sees("Add other business")
    walk.fills("Title", TITLE)
    walk.presses("Add to the agenda")
    walk.sees("Agenda")
    walk.follows("See the meeting")
    walk.presses("Send to the members")
    walk.sees("Send this round to the members?")
    walk.presses("Send to the members")
    walk.reads("Open for votes")


def declare_and_vote(walk: Walk, email: str, meeting: Meeting) -> None:
    walk.signs_in(email, PASSWORD)
    walk.sees("Your home")
    walk.goes_to(f"/committees/meetings/{meeting.pk}/declare/")
    walk.sees("Declare your interests")
    walk.chooses("I have no interest", of=TITLE)
    walk.presses("Declare")
    walk.follows(f"Read the paper: {TITLE}")
    walk.sees(TITLE)
    walk.reads("Ask that this waits for a meeting")
    walk.chooses("For")
    walk.presses("Vote")
    walk.reads("You voted:")


def record(walk: Walk, email: str, meeting: Meeting) -> None:
    walk.signs_in(email, PASSWORD)
    walk.sees("Your home")
    walk.goes_to(f"/committees/meetings/{meeting.pk}/")
    walk.follows(f"Record decision on {TITLE}")
    walk.sees("Record the decision")
    walk.chooses("Approved", of="Outcome")
    walk.fills("Reason", "All agree.")
    walk.presses("Continue")
    walk.sees("Check the decision before you record it")
    walk.presses("Record the decision")
    walk.reads("Approved")


def agree(walk: Walk, meeting: Meeting, owner: str) -> None:
    due = timezone.localdate() + dt.timedelta(days=14)
    walk.goes_to(f"/committees/meetings/{meeting.pk}/")
    walk.follows("Add an action")
    walk.sees("Add an action")
    walk.fills("What is to be done", WHAT)
    walk.selects("Who does it", owner)
    walk.fills_date("By when", str(due.day), str(due.month), str(due.year))
    walk.presses("Add the action")
    walk.reads("Actions agreed")


def finish(walk: Walk, email: str) -> None:
    walk.signs_in(email, PASSWORD)
    walk.sees("Your home")
    walk.follows(WHAT)
    walk.sees("Say that it is done")
    walk.presses("It is done")
    walk.sees("Actions")
    walk.reads("Done")
