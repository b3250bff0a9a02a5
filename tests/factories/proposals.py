"""Proposals for tests: `proposed(tenure)` is a reappointment that is ready for an agenda; policies must be loaded."""

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from appointments.agenda import add_proposals
from appointments.decisions import record_decision
from appointments.models import Decision, Meeting, Proposal, Seat, Tenure
from appointments.proposing import propose
from portal.models import Role, User
from talent.models import Person
from tests.factories.appointments import MeetingFactory, committee_of
from tests.factories.boards import somebody
from tests.factories.fitness import fit_for
from tests.factories.portal import member

ONE_DAY = dt.timedelta(days=1)


def renewal_facts(tenure: Tenure, *, months: int = 36) -> dict[str, Any]:
    """What a further term of `tenure` needs before a meeting may have it."""
    assert tenure.ends_on is not None
    first = tenure.ends_on + ONE_DAY
    return {
        "tenure": tenure,
        "starts_on": first,
        "ends_on": first + relativedelta(months=months) - ONE_DAY,
        "appraisal_on": tenure.starts_on + relativedelta(months=6),
        "appraisal_satisfactory": True,
    }


def proposed(
    tenure: Tenure,
    *,
    kind: str = Proposal.Kind.REAPPOINTMENT,
    by: User | None = None,
    fit: bool = True,
    **facts: Any,
) -> Proposal:
    """With `fit` every check that its first day asks for is clear."""
    proposal = propose(
        kind=kind,
        seat=tenure.seat,
        person=tenure.person,
        by=by or member(Role.TALENT_TEAM),
        at=timezone.now(),
        reason="A good first term.",
        **{**renewal_facts(tenure), **facts},
    )
    return fit_for(proposal) if fit else proposal


def proposed_new(
    seat: Seat,
    first: str,
    last: str,
    *,
    person: Person | None = None,
    by: User | None = None,
    fit: bool = True,
    **facts: Any,
) -> Proposal:
    proposal = propose(
        kind=Proposal.Kind.NEW_APPOINTMENT,
        seat=seat,
        person=person or somebody("Nadia Okoro"),
        by=by or member(Role.TALENT_TEAM),
        at=timezone.now(),
        reason="The strongest of an open field.",
        starts_on=dt.date.fromisoformat(first),
        ends_on=dt.date.fromisoformat(last),
        **facts,
    )
    return fit_for(proposal) if fit else proposal


def decided(proposal: Proposal, *, outcome: str = "approved", meeting: Meeting | None = None) -> Decision:
    """The proposal before a meeting of three, and what they decided of it, all through the acts."""
    secretary = member(Role.TALENT_TEAM)
    meeting = meeting or MeetingFactory(committee=committee_of(3)[0])
    [item] = add_proposals(meeting, [proposal], by=secretary, at=timezone.now())
    vote = "against" if outcome == "not_approved" else "for"
    votes = dict.fromkeys(meeting.seats(timezone.now()).values_list("user", flat=True), vote)
    return record_decision(item, outcome=outcome, votes=votes, reason="Considered.", by=secretary, at=timezone.now())
