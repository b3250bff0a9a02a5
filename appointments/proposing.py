"""Proposals to the committee: made, withdrawn, and what still keeps one from an agenda."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from appointments import limits
from appointments.access import may_check, may_propose, may_run_campaign
from appointments.checking import counts_since
from appointments.fitness import fitness_of
from appointments.models import CheckKind, Proposal, RemunerationRate, Seat, Tenure
from portal.models import User
from portal.words import long_date
from talent.access import is_own
from talent.models import Person, State

Kind = Proposal.Kind
Obstacle = Callable[[Proposal, dt.date], Iterable[str]]

_OBSTACLES: list[Obstacle] = []


class ProposalRefused(Exception):
    """The proposal breaks a rule; `str()` is fit for the screen."""


def obstacle(source: Obstacle) -> Obstacle:
    """Registers a function (proposal, day) -> what keeps it from an agenda, in plain English."""
    _OBSTACLES.append(source)
    return source


def obstacles(proposal: Proposal, *, day: dt.date, besides: Collection[Obstacle] = ()) -> tuple[str, ...]:
    """What still keeps `proposal` from an agenda on `day`, but for what is asked elsewhere; empty when it is ready."""
    return tuple(said for source in _OBSTACLES if source not in besides for said in source(proposal, day))


def obstacles_told(proposal: Proposal, *, day: dt.date, reader: User) -> tuple[str, ...]:
    """The same for a reader: whoever does not make the checks is told the one word on them, as everywhere."""
    if may_check(reader, proposal.person, proposal.seat.board):
        return obstacles(proposal, day=day)
    rest = obstacles(proposal, day=day, besides=(open_fitness_checks,))
    return (*rest, *_of_open_checks(proposal, with_names=False))


@transaction.atomic
def propose(*, kind: str, seat: Seat, person: Person, by: User, at: dt.datetime, reason: str, **facts: Any) -> Proposal:
    """Puts a change to a seat forward. `facts` are the other fields of Proposal.

    It may still lack what the committee needs: `obstacles` says so, and only a ready one reaches an agenda.
    Raises ProposalRefused for a seat that is not the body's to fill, a stranger, a holder who left, or a twin.
    """
    locked = Seat.objects.select_for_update(of=("self",), no_key=True).select_related("board").get(pk=seat.pk)
    proposal = Proposal(
        kind=Kind(kind), seat=locked, person=person, made_by=by, made_at=at, reason=reason.strip(), **facts
    )
    _check(proposal, by)
    try:
        with transaction.atomic():
            proposal.save()
    except IntegrityError as error:
        if "proposal_once_a_tenure" not in str(error):
            raise
        raise ProposalRefused("This is proposed already. Change or withdraw the proposal that stands.") from error
    return proposal


def _check(proposal: Proposal, by: User) -> None:
    seat, tenure = proposal.seat, proposal.tenure
    if not may_propose(by, seat.board):
        raise ProposalRefused("Proposals for this board are not yours to make.")
    if proposal.kind not in Proposal.RENEWALS and not may_run_campaign(by, seat.board):
        raise ProposalRefused("A trust proposes further terms. Ask the talent team for anything else.")
    if is_own(by, proposal.person):
        raise ProposalRefused("Nobody proposes themselves. Ask the trust’s other administrators or the talent team.")
    if not seat.board.body_appoints and seat.is_non_executive:
        raise ProposalRefused("A foundation trust appoints its own chair and non-executive directors.")
    if proposal.kind == Kind.EXECUTIVE_MOVE and seat.is_non_executive:
        raise ProposalRefused("This is not an executive’s seat.")
    if proposal.kind == Kind.EXECUTIVE_MOVE and tenure is not None and tenure.person_id != proposal.person_id:
        raise ProposalRefused("This person does not sit in the seat that they are said to leave.")
    if proposal.is_term and not seat.is_non_executive:
        raise ProposalRefused("An executive director has no terms. Propose an executive appointment or move.")
    if proposal.kind in Proposal.OF_HOLDER and not _is_holder(tenure, seat, proposal.person):
        raise ProposalRefused("This person does not sit in this seat.")
    if not proposal.reason:
        raise ProposalRefused("Give the reason for the proposal.")


def _is_holder(tenure: Tenure | None, seat: Seat, person: Person) -> bool:
    return tenure is not None and (tenure.seat_id, tenure.person_id) == (seat.pk, person.pk) and not tenure.void


@transaction.atomic
def change_proposal(proposal: Proposal, *, by: User, **facts: Any) -> Proposal:
    """Completes or rewrites a proposal that stands on no agenda. Raises ProposalRefused."""
    row = _lock_open(proposal, by)
    for name, value in facts.items():
        setattr(row, name, value)
    _check(row, by)
    row.save()
    return row


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, by: User, at: dt.datetime) -> Proposal:
    """Takes back a proposal that stands on no agenda. Raises ProposalRefused."""
    row = _lock_open(proposal, by)
    if row.application is not None and row.application.state == State.RECOMMENDED:
        raise ProposalRefused("A campaign made this proposal. Take the recommendation back there.")
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    return row


def _lock_open(proposal: Proposal, by: User) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("seat__board", "person", "application")
    row = rows.get(pk=proposal.pk)
    if not Proposal.objects.visible_to(by).filter(pk=row.pk).exists():
        raise ProposalRefused("This proposal is not yours to change.")
    if not row.is_open:
        raise ProposalRefused("This proposal has been settled or withdrawn.")
    if not Proposal.objects.on_no_agenda().filter(pk=row.pk).exists():
        raise ProposalRefused("This proposal stands on an agenda. Take it off the agenda first.")
    return row


@obstacle
def an_application_that_went_on(proposal: Proposal, day: dt.date) -> Iterator[str]:
    """Of a campaign: whoever withdrew is not appointed."""
    application = proposal.application
    if application is not None and application.state != State.RECOMMENDED:
        yield f"The application behind it is “{application.get_state_display()}” now."


@obstacle
def missing_facts(proposal: Proposal, day: dt.date) -> Iterator[str]:
    """What every proposal of its kind needs before it can be judged."""
    if proposal.kind in (*Proposal.TERMS, Kind.EXECUTIVE_MOVE) and proposal.starts_on is None:
        yield "Give the first day."
    if proposal.is_term and proposal.ends_on is None:
        yield "Give the last day of the term."
    if proposal.kind == Kind.TERMINATION:
        if proposal.last_on is None:
            yield "Give the last day in the seat."
        if not proposal.ground.strip():
            yield "Give the ground of the termination."
    if proposal.kind == Kind.REMUNERATION and proposal.remuneration is None:
        yield "Give the remuneration that is proposed."


@obstacle
def a_seat_that_is_taken(proposal: Proposal, day: dt.date) -> Iterator[str]:
    """Somebody else in the seat on some of the days; a seat or trust that closes is refused by the seating itself."""
    first, last = proposal.starts_on, proposal.ends_on
    if proposal.kind not in (*Proposal.TERMS, Kind.EXECUTIVE_MOVE) or first is None:
        return
    other = Tenure.objects.filter(Q(ends_on=None) | Q(ends_on__gte=first), seat=proposal.seat)
    if proposal.kind == Kind.EXTENSION and proposal.tenure_id is not None:
        other = other.exclude(pk=proposal.tenure_id)
    if last is not None:
        other = other.filter(starts_on__lte=last)
    if taken := other.select_related("person").order_by("starts_on").first():
        yield f"{taken.person} sits in this seat on some of these days."


@obstacle
def renewal_without_appraisal(proposal: Proposal, day: dt.date) -> Iterator[str]:
    """Governance Code on Public Appointments (2016): no reappointment without a satisfactory appraisal."""
    if proposal.kind not in Proposal.RENEWALS:
        return
    if proposal.appraisal_on is None:
        yield "Record the date of the appraisal."
    elif proposal.appraisal_on > day:
        yield "The appraisal is still to come."
    if not proposal.appraisal_satisfactory:
        yield "A further term needs a satisfactory appraisal."


@obstacle
def beyond_the_policy(proposal: Proposal, day: dt.date) -> Iterator[str]:
    """The limits of the policy in force on the term's first day, by its own clock."""
    first, last = proposal.starts_on, proposal.ends_on
    if not proposal.is_term or first is None or last is None:
        return
    running = proposal.tenure if proposal.kind == Kind.EXTENSION else None
    them = Person.objects.same_as(proposal.person_id).values("pk")
    served = Tenure.objects.filter(person__in=them, seat__board=proposal.seat.board_id).select_related("seat")
    yield from limits.faults(proposal, proposal.seat, served, first, last, running)


@obstacle
def pay_other_than_the_standard(proposal: Proposal, day: dt.date) -> Iterator[str]:
    """Standard rates only; an exception needs a recorded authority (terms and conditions of NHS chairs and NEDs)."""
    paid, first = proposal.remuneration, proposal.starts_on or day
    if paid is None or not proposal.seat.is_non_executive or proposal.authority.strip():
        return
    rates = list(RemunerationRate.objects.in_force(first).filter(role=proposal.seat.role))
    if rates and not any(rate.allows(paid) for rate in rates):
        standard = "; ".join(rate.in_words for rate in rates)
        yield f"£{paid:,} is not a standard rate ({standard}). Name the authority for it."


@obstacle
def open_fitness_checks(proposal: Proposal, day: dt.date) -> Iterator[str]:
    """Nobody starts while a required check is open; appointing.enact() asks again on the day of the decision."""
    yield from _of_open_checks(proposal, with_names=True)


def _of_open_checks(proposal: Proposal, *, with_names: bool) -> Iterator[str]:
    first, since = proposal.starts_on, counts_since(proposal)
    if proposal.kind not in Proposal.APPOINTS or first is None:
        return
    found = fitness_of(proposal.person, proposal.seat, on=first, since=since)
    if found is None or not found.open:
        return
    yield f"Fit and proper checks are open{f': {found.names_of_open}' if with_names else ''}."
    if since is not None and found.is_open(CheckKind.SELF_DECLARATION):
        yield f"{proposal.person} has not declared anew since the running term began on {long_date(since)}."
