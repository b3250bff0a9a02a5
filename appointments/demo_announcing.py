"""The demonstration's campaign that came to its end: decided, accepted, announced with the political activity."""

import datetime as dt
from random import Random

from appointments import announcing, recommending
from appointments.agenda import add_proposals, close_meeting
from appointments.decisions import record_decision
from appointments.demo_meetings import ballot, meeting_on
from appointments.models import Campaign, Committee, Decision, Proposal
from portal.demo import Stage, london
from talent.applying import answer_offer

DECIDED_AGO, ACCEPTED_AGO, ANNOUNCED_AGO = 5, 4, 2  # days
DECIDED = "The panel’s choice was clear and its reasons are good."
WORDS = (
    "Sat for seven years on the board of a housing association and chaired its audit committee through a merger. Lives "
    "in the county, volunteers at a food bank, and wants the trust’s patients to be heard where its money is spent."
)


def announce(stage: Stage, campaign: Campaign, proposal: Proposal, committee: Committee, chance: Random) -> None:
    """From the committee's meeting to the announcement that anybody can read."""
    team, held = stage.accounts["talent_team"], stage.days_ago(DECIDED_AGO).date()
    meeting, at = meeting_on(committee, held), london(held, hour=14)
    [item] = add_proposals(meeting, [proposal], by=team, at=at - dt.timedelta(days=2))
    votes, interests = ballot([seat.user for seat in meeting.seats(at)], chance, approved=True)
    said = {"outcome": Decision.Outcome.APPROVED, "reason": DECIDED, "by": team}
    decision = record_decision(item, votes=votes, interests=interests, at=at + dt.timedelta(minutes=20), **said)
    close_meeting(meeting, by=team, at=at + dt.timedelta(hours=1))
    application = proposal.application
    answer_offer(application, accept=True, by=application.person.user, at=stage.days_ago(ACCEPTED_AGO))
    given = {"by": team, "at": stage.days_ago(ACCEPTED_AGO - 1)}
    recommending.confirm_appointment(campaign, application, reason="Accepted the day after the decision.", **given)
    given["at"] = stage.days_ago(ANNOUNCED_AGO)
    draft = announcing.draft_announcement(decision.appointments.get(), words=WORDS, **given)
    announcing.publish_announcement(draft, **given)
    recommending.conclude(campaign, reason="The panel’s first choice was appointed.", **given)
