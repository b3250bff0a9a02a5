"""What an approved proposal does: its ledger row and the seat, in the decision's own transaction. Corrections too."""

import datetime as dt
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from appointments import chain
from appointments.access import may_check, may_correct_appointment
from appointments.checking import CheckRefused, must_be_fit, must_be_fit_for
from appointments.limits import BeyondThePolicy, within_the_policy
from appointments.models import Appointment, Decision, Proposal, Tenure
from appointments.seating import SeatingRefused, extend_tenure, leave_seat, take_seat, void_tenure
from portal.models import User

T = TypeVar("T")
Kind = Proposal.Kind
# What a correction may put right; person, seat and kind are another appointment.
CORRECTABLE = ("starts_on", "ends_on", "remuneration", "days_a_month", "off_payroll", "decided_on")
INSTEAD = "A correction cannot give it: take the appointment back and propose it anew."


class AppointingRefused(Exception):
    """The act cannot be done as things stand; `str()` is fit for the screen."""


def enact(proposal: Proposal, decision: Decision, *, by: User, at: dt.datetime) -> Appointment | None:
    """Does what the committee approved; None where nobody was appointed (pay, an end).

    In order: whom it appoints must be fit, with no required check open; the seat (taken, extended or left); the
    ledger row. Runs inside record_decision's transaction and raises AppointingRefused, so that a decision that cannot
    be carried out is not recorded either.
    """
    try:
        _must_be_fit(proposal, by)
        with within_the_policy(proposal.person_id, proposal.seat.board_id):
            made = _carry_out(proposal, decision, by=by, at=at)
    except (SeatingRefused, CheckRefused, BeyondThePolicy) as refused:
        raise AppointingRefused(str(refused)) from refused
    proposal.settled_at = at
    proposal.save(update_fields=["settled_at"])
    return made


def _must_be_fit(proposal: Proposal, by: User) -> None:
    """By correspondence a chair records: they are told the one word, and not which check is open."""
    try:
        must_be_fit_for(proposal)
    except CheckRefused as refused:
        if may_check(by, proposal.person, proposal.seat.board):
            raise
        raise CheckRefused(f"Fit and proper checks of {proposal.person} are open.") from refused


def _carry_out(proposal: Proposal, decision: Decision, *, by: User, at: dt.datetime) -> Appointment | None:
    reason = f"Decision {decision.number}"
    tenure = _seat(proposal, by=by, at=at, reason=reason)
    if tenure is None:
        return None
    return Appointment.objects.create(
        kind=_KINDS[Kind(proposal.kind)],
        person=proposal.person,
        seat=proposal.seat,
        board=proposal.seat.board,
        role=proposal.seat.role,
        tenure=tenure,
        starts_on=_given(proposal.starts_on, "first day"),
        ends_on=proposal.ends_on,
        remuneration=proposal.remuneration,
        days_a_month=proposal.days_a_month,
        off_payroll=proposal.off_payroll,
        decision=decision,
        decided_on=timezone.localdate(decision.at),
        by=by,
        at=at,
        reason=reason,
    )


_KINDS = {
    Kind.NEW_APPOINTMENT: Appointment.Kind.NEW,
    Kind.EXECUTIVE_MOVE: Appointment.Kind.NEW,
    Kind.REAPPOINTMENT: Appointment.Kind.REAPPOINTMENT,
    Kind.EXTENSION: Appointment.Kind.EXTENSION,
}


def _seat(proposal: Proposal, *, by: User, at: dt.datetime, reason: str) -> Tenure | None:
    """The tenure that the decision made or lengthened; None when it made none."""
    said: dict[str, Any] = {"by": by, "at": at, "reason": reason}
    if proposal.kind == Kind.REMUNERATION:
        return None
    if proposal.kind == Kind.TERMINATION:
        kind = proposal.end_kind or Tenure.End.TERMINATION
        tenure, last_on = _given(proposal.tenure, "tenure that ends"), _given(proposal.last_on, "last day")
        leave_seat(tenure, kind=kind, last_on=last_on, ground=proposal.ground, decided=True, **said)
        return None
    if proposal.kind == Kind.EXTENSION:
        tenure, ends_on = _given(proposal.tenure, "tenure that is extended"), _given(proposal.ends_on, "last day")
        return extend_tenure(tenure, ends_on=ends_on, **said)
    if proposal.kind == Kind.EXECUTIVE_MOVE and proposal.tenure is not None and not proposal.acting:
        last_on = _given(proposal.starts_on, "first day") - dt.timedelta(days=1)
        leave_seat(proposal.tenure, kind=Tenure.End.MOVE, last_on=last_on, decided=True, **said)
    return take_seat(
        proposal.seat,
        proposal.person,
        starts_on=_given(proposal.starts_on, "first day"),
        ends_on=proposal.ends_on,
        acting=proposal.acting,
        source=Tenure.Source.DECISION,
        **said,
    )


def _given(value: T | None, what: str) -> T:
    """What a proposal that is ready for a meeting says; refused where it does not."""
    if value is None:
        raise AppointingRefused(f"The proposal names no {what}.")
    return value


@transaction.atomic
def correct_appointment(
    appointment: Appointment, *, by: User, at: dt.datetime, reason: str, cancelled: bool = False, **facts: Any
) -> Appointment:
    """A new row in place of `appointment`, with `facts` (of CORRECTABLE) put right or the whole taken back.

    The tenure follows: a wrong one is void and the right one is taken. Nobody corrects their own appointment. Raises
    AppointingRefused where nothing changes, no reason is given, or the days cannot be.
    """
    chain.hold()  # what a correction lengthens and what a decision adds are counted one after the other
    row = Appointment.objects.select_for_update(of=("self",), no_key=True).select_related(
        "seat__board", "person", "tenure"
    )
    old = row.get(pk=appointment.pk)
    if not may_correct_appointment(by, old):
        raise PermissionDenied
    if old.cancelled or Appointment.objects.filter(corrects=old).exists():
        raise AppointingRefused("This row has been corrected already. Correct the newest one.")
    if not reason.strip():
        raise AppointingRefused("Give the reason for the correction.")
    if unknown := set(facts) - set(CORRECTABLE):
        raise AppointingRefused(f"{', '.join(sorted(unknown))} cannot be corrected; take the appointment back instead.")
    said = {name: facts.get(name, getattr(old, name)) for name in CORRECTABLE}
    if not cancelled and all(said[name] == getattr(old, name) for name in CORRECTABLE):
        raise AppointingRefused("Nothing is different from what is recorded.")
    _check_corrected(old, said, at)
    kept = {n: getattr(old, n) for n in ("kind", "person", "seat", "board", "role", "decision")}
    try:
        with within_the_policy(old.person_id, old.board_id):
            tenure = _put_right(old, said, cancelled, by=by, at=at, reason=reason)
            return Appointment.objects.create(
                **kept, **said, tenure=tenure, corrects=old, cancelled=cancelled, by=by, at=at, reason=reason.strip()
            )
    except (SeatingRefused, CheckRefused) as refused:
        raise AppointingRefused(str(refused)) from refused
    except BeyondThePolicy as refused:
        raise AppointingRefused(f"{refused} {INSTEAD}") from refused


def _check_corrected(old: Appointment, said: dict[str, Any], at: dt.datetime) -> None:
    if said["ends_on"] is not None and said["ends_on"] < said["starts_on"]:
        raise AppointingRefused("The last day must not be before the first day.")
    if said["ends_on"] is None and old.seat.is_non_executive:
        raise AppointingRefused("A chair’s or non-executive’s term has an end.")
    if said["decided_on"] > timezone.localdate(at):
        raise AppointingRefused("The day of the decision cannot be still to come.")


def rehearse_correction(appointment: Appointment, **given: Any) -> None:
    """Raises what correct_appointment() would raise, and leaves no trace: for the page before the last one."""
    with transaction.atomic():
        correct_appointment(appointment, **given)
        transaction.set_rollback(True)


def _put_right(
    old: Appointment, said: dict[str, Any], cancelled: bool, *, by: User, at: dt.datetime, reason: str
) -> Tenure:
    act: dict[str, Any] = {"by": by, "at": at, "reason": reason}
    if old.kind == Appointment.Kind.EXTENSION:
        ends_on = _before_extension(old) if cancelled else said["ends_on"]
        return old.tenure if ends_on == old.tenure.ends_on else extend_tenure(old.tenure, ends_on=ends_on, **act)
    days = (said["starts_on"], said["ends_on"])
    if not cancelled and days == (old.starts_on, old.ends_on):
        return old.tenure
    if Appointment.objects.standing().filter(tenure=old.tenure).exclude(pk=old.pk).exists():
        raise AppointingRefused("This term was extended since. Correct or take back the extension first.")
    if old.tenure.end_kind:
        raise AppointingRefused("This person has left the seat. Correct the end of the tenure instead.")
    if not cancelled and days[0] != old.starts_on:
        must_be_fit(old.person, old.seat, on=days[0])
    void_tenure(old.tenure, **act)
    if cancelled:
        return old.tenure
    starts_on, ends_on = days
    source, acting = Tenure.Source.DECISION, old.tenure.acting
    return take_seat(old.seat, old.person, starts_on=starts_on, ends_on=ends_on, source=source, acting=acting, **act)


def _before_extension(old: Appointment) -> dt.date:
    """The last day that the term had before the extension was made, however often it was corrected since."""
    made = old
    while made.corrects is not None:
        made = made.corrects
    event = old.tenure.events.filter(kind="extended", at__lte=made.at).order_by("at", "pk").last()
    if event is None:
        raise AppointingRefused("The day on which the term ended before this extension is not on record.")
    return dt.date.fromisoformat(event.facts["planned"])
