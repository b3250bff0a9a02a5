"""Acts on a trust's part in a collaborative: chosen, given buddies, steps held, charts shared, left."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.access import access_of
from portal.models import Membership, Organisation, User
from programmes.access import acts_for, may_lead, may_support
from programmes.models import Enrolment, EnrolmentEvent, TimelineStep, Wave
from programmes.models.collaborative import BUDDY_ROLES

Kind = EnrolmentEvent.Kind


class EnrolmentRefused(Exception):
    """The collaborative does not allow it; `str()` is fit for the screen."""


@transaction.atomic
def choose_trust(
    wave: Wave,
    trust: Organisation,
    *,
    by: User,
    at: dt.datetime,
    reason: str,
    facts: Mapping[str, Any] | None = None,
    joined_on: dt.date | None = None,
) -> Enrolment:
    """A trust joins a wave; `facts` are what the choice rested on. Raises EnrolmentRefused."""
    if not may_lead(by, wave.collaborative):
        raise PermissionDenied
    if not reason.strip():
        raise EnrolmentRefused("Say why this trust was chosen.")
    day = joined_on or timezone.localdate(at)
    if not trust.is_trust or not trust.is_open_on(day):
        raise EnrolmentRefused(f"{trust} is no trust that is open on that day.")
    Organisation.objects.select_for_update(of=("self",)).get(pk=trust.pk)
    elsewhere = Enrolment.objects.running().filter(wave__collaborative=wave.collaborative_id, trust=trust)
    if known := elsewhere.select_related("wave").first():
        raise EnrolmentRefused(f"{trust} takes part already ({known.wave.name}).")
    try:
        with transaction.atomic():
            enrolment = Enrolment.objects.create(wave=wave, trust=trust, joined_on=day)
    except IntegrityError as error:
        raise EnrolmentRefused(f"{trust} was in this wave and left it. Choose another wave.") from error
    _write(enrolment, Kind.CHOSEN, by=by, at=at, reason=reason, facts=dict(facts or {}))
    return enrolment


@transaction.atomic
def name_buddies(
    enrolment: Enrolment, *, clinical: User | None, workforce: User | None, by: User, at: dt.datetime
) -> Enrolment:
    """Who stands by the trust, in place of those before. Raises EnrolmentRefused for somebody without the role."""
    row = _lock(enrolment)
    if not may_lead(by, row.wave.collaborative):
        raise PermissionDenied
    for buddy in filter(None, (clinical, workforce)):
        roles = Membership.objects.in_force(at).filter(user=buddy, role__in=BUDDY_ROLES)
        if not roles.exists():
            raise EnrolmentRefused(f"{buddy} is no improvement lead.")
        if row.trust_id in access_of(buddy).trust_ids:
            raise EnrolmentRefused(f"{buddy} acts for {row.trust}. A buddy comes from outside.")
    row.clinical_buddy, row.workforce_buddy = clinical, workforce
    row.save(update_fields=["clinical_buddy", "workforce_buddy"])
    named = {"clinical": clinical and clinical.pk, "workforce": workforce and workforce.pk}
    _write(row, Kind.BUDDIES, by=by, at=at, facts=named)
    return row


@transaction.atomic
def hold_step(
    enrolment: Enrolment, step: TimelineStep, *, held_on: dt.date, notes: str, by: User, at: dt.datetime
) -> EnrolmentEvent:
    """A call, a visit, a review took place; `notes` are read by the trust as well. Raises EnrolmentRefused."""
    row = _lock(enrolment)
    if not may_support(by, row):
        raise PermissionDenied
    if step.collaborative_id != row.wave.collaborative_id:
        raise EnrolmentRefused("This step belongs to another collaborative.")
    if held_on > timezone.localdate(at):
        raise EnrolmentRefused("Record it once it has taken place.")
    if row.events.filter(kind=Kind.HELD, step=step).exists():
        raise EnrolmentRefused(f"“{step}” is on record already.")
    return _write(row, Kind.HELD, by=by, at=at, reason=notes, step=step, held_on=held_on)


@transaction.atomic
def share_charts(enrolment: Enrolment, *, shares: bool, by: User, at: dt.datetime) -> Enrolment:
    """The trust shows its charts to the others of the collaborative, or no longer does. Only its own people may."""
    row = _lock(enrolment)
    if not acts_for(by, row):
        raise PermissionDenied
    if row.shares != shares:
        row.shares = shares
        row.save(update_fields=["shares"])
        _write(row, Kind.SHARED if shares else Kind.UNSHARED, by=by, at=at)
    return row


@transaction.atomic
def leave(enrolment: Enrolment, *, left_on: dt.date, by: User, at: dt.datetime, reason: str) -> Enrolment:
    """The trust leaves the collaborative; what it entered stays. Raises EnrolmentRefused."""
    row = _lock(enrolment)
    if not may_lead(by, row.wave.collaborative):
        raise PermissionDenied
    if not row.is_running:
        raise EnrolmentRefused("This trust has left already.")
    if not reason.strip():
        raise EnrolmentRefused("Say why the trust leaves.")
    if left_on < row.joined_on:
        raise EnrolmentRefused("The last day must not be before the first.")
    row.left_on = left_on
    row.save(update_fields=["left_on"])
    _write(row, Kind.LEFT, by=by, at=at, reason=reason)
    return row


def _lock(enrolment: Enrolment) -> Enrolment:
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("trust", "wave__collaborative")
    return rows.get(pk=enrolment.pk)


def _write(
    enrolment: Enrolment, kind: Kind, *, by: User, at: dt.datetime, reason: str = "", **given: Any
) -> EnrolmentEvent:
    return EnrolmentEvent.objects.create(enrolment=enrolment, kind=kind, by=by, at=at, reason=reason.strip(), **given)
