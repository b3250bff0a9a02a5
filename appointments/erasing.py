"""Erasing free text from the committee's ledgers at a person's wish: facts stay, chains hold, and it is on record."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from appointments.access import is_secretariat, may_correct_appointment
from appointments.models import Appointment, Decision, TextErasure
from portal.ledger import LedgerRow
from portal.models import User

# What goes with the reason: without its salt no guess at the words can be checked.
WITH_REASON = {Decision: ("reason", "reason_salt")}


class ErasureRefused(Exception):
    """There is nothing to erase, or no reason for it; `str()` is fit for the screen."""


@transaction.atomic
def erase_text(row: LedgerRow, *, by: User, at: dt.datetime, reason: str) -> TextErasure:
    """Empties the free text of one ledger row for good, and writes down who had it done and why.

    The talent team's act; never on a decision that they may not see for a conflict. Raises ErasureRefused.
    """
    model: Any = type(row)
    if not is_secretariat(by) or not _may_see(row, by):
        raise PermissionDenied
    if not reason.strip():
        raise ErasureRefused("Say at whose wish, and why. Do not repeat what is to be erased.")
    columns = WITH_REASON.get(model, ("reason",))
    if not model.objects.filter(pk=row.pk).exclude(reason="").exists():
        raise ErasureRefused("This row holds no words that can be erased.")
    model.objects.filter(pk=row.pk).erase_text(*columns)
    table = model._meta.db_table
    return TextErasure.objects.create(
        table=table, row=row.pk, columns=list(columns), by=by, at=at, reason=reason.strip()
    )


def _may_see(row: LedgerRow, user: User) -> bool:
    if isinstance(row, Appointment) and not may_correct_appointment(user, row):
        return False
    if isinstance(row, Decision | Appointment):
        return bool(type(row).objects.visible_to(user).filter(pk=row.pk).exists())
    return True
