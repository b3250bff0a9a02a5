"""What the committee reads of a proposal, from its row alone: the change, who, from when, for how much, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from appointments.models import Proposal
from portal.words import long_date

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ProposalPaper:
    """`facts` are label and value in the order to be read; `texts` are heading and free text."""

    facts: tuple[Fact, ...]
    texts: tuple[Fact, ...]


def proposal_paper(proposal: Proposal) -> ProposalPaper:
    """No query where seat, board, person and tenure are loaded."""
    texts = (
        ("Why it is proposed", proposal.reason),
        ("Exceptional justification", proposal.exceptional),
    )
    return ProposalPaper(tuple(_facts(proposal)), tuple((title, text) for title, text in texts if text.strip()))


def _facts(proposal: Proposal) -> Iterator[Fact]:
    seat, tenure = proposal.seat, proposal.tenure
    yield "Proposal", proposal.get_kind_display()
    yield "Person", proposal.person.full_name
    yield "Seat", f"{seat.title}{' (acting)' if proposal.acting else ''}"
    yield "Trust", seat.board.name
    if tenure is not None:
        last = f" to {long_date(tenure.ends_on)}" if tenure.ends_on else ""
        yield "In the seat now", f"From {long_date(tenure.starts_on)}{last}"
    yield from _days(proposal)
    yield from _pay(proposal)
    yield from _renewal(proposal)


def _days(proposal: Proposal) -> Iterator[Fact]:
    days = (
        ("First day", proposal.starts_on),
        ("Last day", proposal.ends_on),
        ("Last day in the seat", proposal.last_on),
    )
    yield from ((label, long_date(day)) for label, day in days if day is not None)
    if proposal.ground:
        yield "Ground", proposal.ground


def _pay(proposal: Proposal) -> Iterator[Fact]:
    if proposal.remuneration is not None:
        yield "Remuneration", f"£{proposal.remuneration:,} a year{', off payroll' if proposal.off_payroll else ''}"
    if proposal.days_a_month is not None:
        yield "Time", f"{proposal.days_a_month.normalize():f} days a month"
    if proposal.authority:
        yield "Authority for the pay", proposal.authority


def _renewal(proposal: Proposal) -> Iterator[Fact]:
    if proposal.appraisal_on is not None:
        satisfactory = {True: "satisfactory", False: "not satisfactory", None: "no result"}
        yield "Appraisal", f"{long_date(proposal.appraisal_on)}, {satisfactory[proposal.appraisal_satisfactory]}"
    if proposal.declaration_on is not None:
        yield "Declaration renewed", long_date(proposal.declaration_on)
    if proposal.reviewed_on is not None:
        yield "Rigorous review", long_date(proposal.reviewed_on)
