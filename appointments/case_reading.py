"""A case as its page shows it: the term that ends, what the policy says of more, and what is still to be done."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from appointments.ending import Ending, endings
from appointments.models import Campaign, Case, Proposal
from appointments.models.policy import rule_on
from appointments.proposing import obstacles_told
from appointments.terms import Rule
from portal.models import User

KEPT_BY_THE_TRUST = "The trust appoints. Once it has, enter whom on the board’s page."


@dataclass(frozen=True, slots=True)
class CaseReading:
    ending: Ending
    rule: Rule | None  # in force on the day after the term
    lacking: tuple[str, ...]
    campaign: Campaign | None  # that runs for the seat


def read_case(case: Case, *, day: dt.date, reader: User) -> CaseReading:
    """What `reader` is told of it.

    The same number of queries for every case but those that its proposal's obstacles ask. Seat and board loaded."""
    [ending] = endings([case.tenure], day)
    campaign = Campaign.objects.running().filter(seat=case.seat_id).first()
    first = (case.tenure.ends_on or day) + dt.timedelta(days=1)
    rule = rule_on(first, foundation_trust=not case.seat.board.body_appoints)
    return CaseReading(ending, rule, tuple(_lacking(case, campaign, day, reader)), campaign)


def _lacking(case: Case, campaign: Campaign | None, day: dt.date, reader: User) -> Iterator[str]:
    proposal = case.proposal if case.proposal and case.proposal.is_open else None
    if case.closed_at is not None:
        return
    if not case.intent:
        yield "Say what should happen to this seat."
    elif case.intent == Case.Intent.RECRUIT:
        if campaign is None:
            yield "A campaign for the seat has to begin."
    elif not case.seat.board.body_appoints:
        yield KEPT_BY_THE_TRUST
    elif proposal is None:
        yield "The further term has to be proposed."
    else:
        yield from _of_the_proposal(proposal, day, reader)


def _of_the_proposal(proposal: Proposal, day: dt.date, reader: User) -> Iterator[str]:
    lacking = obstacles_told(proposal, day=day, reader=reader)
    yield from lacking
    if not lacking and Proposal.objects.on_no_agenda().filter(pk=proposal.pk).exists():
        yield "Nothing: the proposal is ready, and waits for the talent team to put it on an agenda."
