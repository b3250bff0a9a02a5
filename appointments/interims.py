"""Acts on the register of interim executives: joined by consent, changed, withdrawn, and assigned to a seat."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from appointments.access import may_check
from appointments.checking import CheckRefused, must_be_fit
from appointments.models import Interim, InterimEvent, Seat, Tenure
from appointments.seating import SeatingRefused, take_seat
from portal.access import access_of
from portal.models import Region, User
from talent.models import Person

Kind = InterimEvent.Kind
FIELDS = ("roles", "day_rate", "available_from", "off_payroll", "summary")


class InterimRefused(Exception):
    """`str()` is fit for the screen."""


@transaction.atomic
def join(person: Person, *, regions: Iterable[Region], by: User, at: dt.datetime, reason: str, **facts: Any) -> Interim:
    """Puts somebody on the register; `reason` says how they consented. Also for who had withdrawn."""
    if not access_of(by).is_talent_staff:
        raise PermissionDenied
    Person.objects.select_for_update().get(pk=person.pk)
    row = Interim.objects.filter(person=person).first() or Interim(person=person)
    if row.pk and row.withdrawn_at is None:
        raise InterimRefused(f"{person} is on the register already.")
    if not reason.strip():
        raise InterimRefused("Say how and when they consented.")
    row.consented_at, row.withdrawn_at = at, None
    return _keep(row, Kind.JOINED, regions, facts, by=by, at=at, reason=reason)


@transaction.atomic
def change(interim: Interim, *, regions: Iterable[Region], by: User, at: dt.datetime, **facts: Any) -> Interim:
    """Brings an entry up to date: talent staff, or the person it is about (who does not assess off-payroll)."""
    row = _lock(interim, by=by)
    if row.person.user_id == by.pk and facts.get("off_payroll", row.off_payroll) != row.off_payroll:
        raise PermissionDenied
    return _keep(row, Kind.CHANGED, regions, facts, by=by, at=at, reason="")


@transaction.atomic
def withdraw(interim: Interim, *, by: User, at: dt.datetime, reason: str = "") -> Interim:
    """The person is on the register no longer: no reason is asked of them."""
    row = _lock(interim, by=by)
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    InterimEvent.objects.create(interim=row, kind=Kind.WITHDRAWN, by=by, at=at, reason=reason.strip())
    return row


@transaction.atomic
def assign(
    interim: Interim, seat: Seat, *, starts_on: dt.date, ends_on: dt.date, by: User, at: dt.datetime, reason: str
) -> Tenure:
    """Seats an interim, acting and with an end, as the trust and the team agreed. Raises InterimRefused.

    Nobody starts so either while a fit and proper check is open.
    """
    row = _lock(interim, by=by)
    if not may_check(by, row.person, seat.board):
        raise PermissionDenied
    if starts_on < row.available_from:
        raise InterimRefused(f"{row} is available from {row.available_from:%-d %B %Y}.")
    if row.off_payroll == Interim.OffPayroll.NOT_ASSESSED:
        raise InterimRefused("Assess first whether the off-payroll rules apply.")
    said: dict[str, Any] = {"by": by, "at": at, "reason": reason}
    try:
        must_be_fit(row.person, seat, on=starts_on)
        tenure = take_seat(
            seat,
            row.person,
            starts_on=starts_on,
            ends_on=ends_on,
            source=Tenure.Source.INTERIM,
            acting=True,
            **said,
        )
    except (SeatingRefused, CheckRefused) as refused:
        raise InterimRefused(str(refused)) from refused
    InterimEvent.objects.create(interim=row, kind=Kind.ASSIGNED, tenure=tenure, **said)
    return tenure


def _lock(interim: Interim, *, by: User) -> Interim:
    row = Interim.objects.select_for_update(of=("self",)).select_related("person").get(pk=interim.pk)
    if not Interim.objects.visible_to(by).filter(pk=row.pk).exists():
        raise PermissionDenied
    if row.withdrawn_at is not None:
        raise InterimRefused(f"{row} is on the register no longer.")
    return row


def _keep(
    row: Interim,
    kind: InterimEvent.Kind,
    regions: Iterable[Region],
    facts: dict[str, Any],
    *,
    by: User,
    at: dt.datetime,
    reason: str,
) -> Interim:
    for name in FIELDS:
        if name in facts:
            setattr(row, name, facts[name])
    row.save()
    row.regions.set(regions)
    InterimEvent.objects.create(interim=row, kind=kind, by=by, at=at, reason=reason.strip())
    return row
