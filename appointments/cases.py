"""Cases: opened when a term nears its end, given an intention, proposed, and closed by what the committee decides."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from appointments import ending
from appointments.models import Case, CaseEvent, Proposal, Seat, Tenure
from appointments.proposing import propose, withdraw_proposal
from appointments.self_declaring import ask_for_renewal
from portal.models import User

Kind = CaseEvent.Kind
PROPOSED_AS = {Case.Intent.REAPPOINT: Proposal.Kind.REAPPOINTMENT, Case.Intent.EXTEND: Proposal.Kind.EXTENSION}


class CaseRefused(Exception):
    """The case is closed, or the step is not this person's; `str()` is fit for the screen."""


def daily_round(*, at: dt.datetime) -> None:
    """What has become of the seats since yesterday: closed first, so that a term that follows opens its own case."""
    close_followed(at=at)
    open_due(at=at)
    bring_nearer(at=at)


@transaction.atomic
def open_due(*, at: dt.datetime) -> int:
    """Opens a case for each non-executive term that ends within the longest horizon; how many were opened.

    Two at once open each case once: the second waits for the terms, then sees what the first has opened.
    """
    day = timezone.localdate(at)
    last = ending.last_day_within(day, ending.HORIZONS[-1])
    ends = Tenure.objects.falling_vacant(day, last).filter(seat__role__in=Seat.NON_EXECUTIVE)
    due = list(ends.select_for_update(of=("self",), no_key=True).order_by("pk"))
    known = set(Case.objects.open().filter(tenure__in=due).values_list("tenure", flat=True))
    opened = Case.objects.bulk_create(
        Case(tenure=t, seat_id=t.seat_id, horizon=ending.within(t.ends_on or day, day), opened_at=at)
        for t in due
        if t.pk not in known
    )
    _note_all(opened, Kind.OPENED, at=at)
    return len(opened)


@transaction.atomic
def bring_nearer(*, at: dt.datetime) -> None:
    """Notes each open case that has reached a nearer horizon since the last time."""
    day = timezone.localdate(at)
    nearer = []
    for case in Case.objects.open().select_for_update(of=("self",)).select_related("tenure").order_by("pk"):
        horizon = ending.within(case.tenure.ends_on or day, day)
        if horizon < case.horizon:
            case.horizon = horizon
            nearer.append(case)
    Case.objects.bulk_update(nearer, ["horizon"])
    _note_all(nearer, Kind.NEARED, at=at)


@transaction.atomic
def close_followed(*, at: dt.datetime) -> None:
    """Closes open cases whose seat somebody is known to take next, or whose term no longer ends soon."""
    last = ending.last_day_within(timezone.localdate(at), ending.HORIZONS[-1])
    successor = Tenure.objects.filter(seat=OuterRef("seat"), starts_on__gt=OuterRef("tenure__ends_on"))
    closes = (
        (Q(Exists(successor)), "Somebody is known to follow"),
        (Q(tenure__void=True), "The term was taken back"),
        (Q(tenure__ends_on__gt=last) | Q(tenure__ends_on=None), "The term no longer ends soon"),
    )
    for condition, why in closes:
        for case in Case.objects.open().filter(condition).select_for_update(of=("self",)).order_by("pk"):
            _close(case, by=None, at=at, detail=why)


@transaction.atomic
def intend(case: Case, intent: str, *, by: User, at: dt.datetime, reason: str) -> Case:
    """Records what should happen to this seat, and why. Raises CaseRefused."""
    row = _lock(case, by=by)
    if row.proposal is not None and row.proposal.is_open:
        raise CaseRefused("A proposal stands already. Withdraw it first.")
    if not reason.strip():
        raise CaseRefused("Give the reason for the intention.")
    row.intent = Case.Intent(intent)
    row.save(update_fields=["intent"])
    _note(row, Kind.INTENDED, by=by, at=at, detail=row.get_intent_display(), reason=reason.strip())
    return row


@transaction.atomic
def propose_renewal(case: Case, *, by: User, at: dt.datetime, reason: str, **facts: Any) -> Proposal:
    """Proposes the further term or the extension that was intended, and asks the holder to declare anew.

    Raises CaseRefused or ProposalRefused.
    """
    row = _lock(case, by=by)
    if row.intent not in PROPOSED_AS:
        raise CaseRefused("Say first that the holder is to be reappointed or the term extended.")
    tenure = row.tenure
    kind = PROPOSED_AS[Case.Intent(row.intent)]
    proposal = propose(
        kind=kind, seat=row.seat, person=tenure.person, tenure=tenure, by=by, at=at, reason=reason, **facts
    )
    row.proposal = proposal
    row.save(update_fields=["proposal"])
    _note(row, Kind.PROPOSED, by=by, at=at, detail=proposal.get_kind_display(), reason=reason)
    ask_for_renewal(proposal, by=by, at=at)
    return proposal


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User, at: dt.datetime, reason: str) -> Proposal:
    """Takes a proposal back; the case behind it waits for another one. Raises ProposalRefused."""
    row = withdraw_proposal(proposal, by=by, at=at)
    for case in Case.objects.open().select_for_update(of=("self",)).filter(proposal=row):
        case.proposal = None
        case.save(update_fields=["proposal"])
        _note(case, Kind.WITHDRAWN, by=by, at=at, detail=row.get_kind_display(), reason=reason.strip())
    return row


def settle(proposal: Proposal, *, done: bool, by: User, at: dt.datetime) -> None:
    """After the committee's decision: done closes the seat's case, refused leaves it for another intention."""
    open_cases = Case.objects.open().select_for_update(of=("self",))
    for case in open_cases.filter(proposal=proposal) | open_cases.filter(seat=proposal.seat_id):
        if done and proposal.is_term:
            _close(case, by=by, at=at, detail=proposal.get_kind_display())
        elif not done and case.proposal_id == proposal.pk:
            case.intent, case.proposal = "", None
            case.save(update_fields=["intent", "proposal"])
            _note(case, Kind.INTENDED, by=by, at=at, detail="Not approved: to be considered again")


def _lock(case: Case, *, by: User) -> Case:
    rows = Case.objects.select_for_update(of=("self",)).select_related(
        "seat__board", "tenure__person", "tenure__seat", "proposal"
    )
    row = rows.get(pk=case.pk)
    if row.closed_at is not None:
        raise CaseRefused("This case is closed.")
    if not Case.objects.visible_to(by).filter(pk=row.pk).exists():
        raise CaseRefused("This case is not yours to decide about.")
    return row


def _close(case: Case, *, by: User | None, at: dt.datetime, detail: str) -> None:
    case.closed_at = at
    case.save(update_fields=["closed_at"])
    _note(case, Kind.CLOSED, by=by, at=at, detail=detail)


def _note(
    case: Case, kind: CaseEvent.Kind, *, by: User | None, at: dt.datetime, detail: str = "", reason: str = ""
) -> None:
    CaseEvent.objects.create(case=case, kind=kind, by=by, at=at, detail=detail, reason=reason)


def _note_all(cases: Iterable[Case], kind: CaseEvent.Kind, *, at: dt.datetime) -> None:
    CaseEvent.objects.bulk_create(
        CaseEvent(case=case, kind=kind, by=None, at=at, detail=f"Ends within {case.horizon} months") for case in cases
    )
