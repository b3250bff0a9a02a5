"""The pay of executives whom no decision in the portal appointed, entered from what their trust says of them."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from appointments.access import may_record_pay
from appointments.models import Appointment, Decision, Proposal, Tenure, TenureEvent
from portal.models import User


class PayRefused(Exception):
    """`str()` is fit for the screen."""


@transaction.atomic
def record_pay(tenure: Tenure, *, pounds: int, from_on: dt.date, by: User, at: dt.datetime, reason: str) -> TenureEvent:
    """Writes down what somebody is paid a year, from a day on; a later entry stands in place of an earlier one.

    It records and decides nothing: raises PayRefused where the committee decided the pay, which only it can change.
    """
    rows = Tenure.objects.select_for_update(of=("self",), no_key=True).select_related("seat__board", "person")
    row = rows.get(pk=tenure.pk)
    if not may_record_pay(by, row):
        raise PermissionDenied
    if is_decided(row):
        raise PayRefused("The committee decided this pay. Propose a change of remuneration instead.")
    if not reason.strip():
        raise PayRefused("Say where this figure comes from.")
    if pounds < 1:
        raise PayRefused("Enter the pay of a year in pounds.")
    if from_on < row.starts_on or (row.ends_on is not None and from_on > row.ends_on):
        raise PayRefused("The pay must begin on a day on which they sit in the seat.")
    if from_on > timezone.localdate(at):
        raise PayRefused("Pay that is still to come is proposed, not recorded.")
    facts = {"pounds": pounds, "from_on": from_on.isoformat()}
    kind = TenureEvent.Kind.PAID
    return TenureEvent.objects.create(tenure=row, kind=kind, facts=facts, by=by, at=at, reason=reason.strip())


def is_decided(tenure: Tenure) -> bool:
    """Whether the committee set the pay: with the appointment, or since."""
    appointed = Appointment.objects.standing().filter(tenure=tenure).exclude(remuneration=None)
    changed = Proposal.objects.filter(
        tenure=tenure, kind=Proposal.Kind.REMUNERATION, items__decision__outcome=Decision.Outcome.APPROVED
    )
    return appointed.exists() or changed.exists()
