"""Executive directors: what keeps an appointment or move from the committee, and where somebody moves from."""

import datetime as dt
from collections.abc import Iterator

from appointments.models import Proposal, Seat, Tenure
from appointments.pay import cap_on, range_of
from appointments.proposing import obstacle
from talent.models import Person

Kind = Proposal.Kind


def seat_left(person: Person, seat: Seat, day: dt.date) -> Tenure | None:
    """The executive's seat that somebody who comes to `seat` on `day` sits in until then."""
    sitting = Tenure.objects.sitting_on(day).filter(person=person, starts_on__lt=day).exclude(seat=seat)
    return sitting.exclude(seat__role__in=Seat.NON_EXECUTIVE).select_related("seat__board").first()


@obstacle
def executive_pay_beyond_bounds(proposal: Proposal, day: dt.date) -> Iterator[str]:
    """Pay above the cap, or above the benchmarked range, goes to the committee with the authority for it only."""
    paid, first = proposal.remuneration, proposal.starts_on or day
    if paid is None or proposal.seat.is_non_executive or proposal.authority.strip():
        return
    cap, benchmark = cap_on(first), range_of(proposal.seat, first)
    if cap is not None and paid > cap.amount:
        yield f"£{paid:,} is above the cap of {cap} ({cap.source}). Name the authority that allows it."
    elif benchmark is not None and paid > benchmark.upper:
        yield f"£{paid:,} is above the range of the post ({benchmark}). Name the authority that allows it."


@obstacle
def executive_without_pay(proposal: Proposal, day: dt.date) -> Iterator[str]:
    """The committee approves pay with the person; a day rate off the payroll is explained instead."""
    unexplained = proposal.remuneration is None and not proposal.off_payroll_reason.strip()
    if proposal.kind == Kind.EXECUTIVE_MOVE and unexplained:
        yield "Give the pay, or explain why the post is filled off the payroll."


@obstacle
def acting_up_without_an_end(proposal: Proposal, day: dt.date) -> Iterator[str]:
    if proposal.kind == Kind.EXECUTIVE_MOVE and proposal.acting and proposal.ends_on is None:
        yield "Give the last day of the acting-up."


@obstacle
def off_payroll_without_explanation(proposal: Proposal, day: dt.date) -> Iterator[str]:
    """Board members are on the payroll; an exception is explained and time-limited (HM Treasury, 2012 review)."""
    if proposal.seat.is_non_executive or not proposal.off_payroll:
        return
    if not proposal.off_payroll_reason.strip():
        yield "Explain why the post is filled off the payroll."
    if proposal.ends_on is None:
        yield "An off-payroll appointment has a last day."


@obstacle
def still_in_another_seat(proposal: Proposal, day: dt.date) -> Iterator[str]:
    """Nobody holds two executive posts, unless they act up in one of them for a while."""
    first = proposal.starts_on
    if proposal.kind != Kind.EXECUTIVE_MOVE or proposal.acting or first is None:
        return
    left = seat_left(proposal.person, proposal.seat, first)
    if left is not None and left.pk != proposal.tenure_id:
        yield f"{proposal.person} sits as {left.seat}. Say that they leave that seat, or that they act up."
