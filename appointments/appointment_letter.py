"""The letter about a seat: what the committee decided, from when to when, for how much. Facts, html, PDF."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils import timezone

from appointments.models import Decision, Proposal
from portal.pdf import html_to_pdf


@dataclass(frozen=True, slots=True)
class AppointmentLetterFacts:
    """What a person is told about a decision on their seat."""

    name: str
    kind: str
    seat: str
    trust: str
    approved: bool
    decided_on: dt.date
    decision_number: int
    starts_on: dt.date | None
    ends_on: dt.date | None
    remuneration: int | None
    days_a_month: Decimal | None
    last_on: dt.date | None


def facts(decision: Decision) -> AppointmentLetterFacts:
    """Raises ValueError for a decision that is about no seat."""
    proposal = decision.item.proposal
    if proposal is None:
        raise ValueError(f"{decision} is about no seat")
    return AppointmentLetterFacts(
        name=proposal.person.full_name,
        kind=Proposal.Kind(proposal.kind).value,
        seat=proposal.seat.title,
        trust=proposal.seat.board.name,
        approved=decision.outcome == Decision.Outcome.APPROVED,
        decided_on=timezone.localdate(decision.at),
        decision_number=decision.number,
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        remuneration=proposal.remuneration,
        days_a_month=proposal.days_a_month,
        last_on=proposal.last_on,
    )


def html(said: AppointmentLetterFacts) -> str:
    return render_to_string("papers/appointment_letter.html", {"facts": said})


def pdf(decision: Decision) -> bytes:
    said = facts(decision)
    return html_to_pdf(html(said), title=f"{said.seat}, {said.trust}: our decision")
