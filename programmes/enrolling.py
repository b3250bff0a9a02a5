"""Acts on a trust's part in a collaborative: chosen, given buddies, steps held, charts shared, left."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.access import access_of
from portal.models import Membership, Organisation, User
from programmes.access import acts_for, may_lead, may_support
from programmes.models import Enrolment, EnrolmentEvent, TimelineStep, Wave
from programmes.models.collaborative import BUDDY_ROLES

Kind = EnrolmentEvent.Kind


class EnrolmentRefused(Exception):
    """The collaborative does not allow it; `str()` is fit for the screen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A trust to join a wave, why, and the facts that this rests on."""

    trust: Organisation
    reason: str
    facts: Mapping[str, Any] = field(default_factory=dict)


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
    return choose_trusts(wave, [Choice(trust, reason, facts or {})], by=by, at=at, joined_on=joined_on)[0]


@transaction.atomic
def choose_trusts(
    wave: Wave, choices: Sequence[Choice], *, by: User, at: dt.datetime, joined_on: dt.date | None = None
) -> list[Enrolment]:
    """All of `choices` join a wave, or none. Raises EnrolmentRefused, naming each trust that cannot.

    Five queries and a savepoint, however many trusts.
    """
    if not may_lead(by, wave.collaborative):
        raise PermissionDenied
    day = joined_on or timezone.localdate(at)
    keys = [choice.trust.pk for choice in choices]
    list(Organisation.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").values_list("pk"))
    taken = _taking_part(wave, keys, day)
    faults = [fault for choice in choices if (fault := _fault(choice, wave, taken.get(choice.trust.pk), day))]
    if faults:
        raise EnrolmentRefused(" ".join(faults))
    made = Enrolment.objects.bulk_create(Enrolment(wave=wave, trust=one.trust, joined_on=day) for one in choices)
    EnrolmentEvent.objects.bulk_create(
        EnrolmentEvent(
            enrolment=enrolment, kind=Kind.CHOSEN, by=by, at=at, reason=one.reason.strip(), facts=dict(one.facts)
        )
        for enrolment, one in zip(made, choices, strict=True)
    )
    return made


def _taking_part(wave: Wave, trusts: Collection[int], day: dt.date) -> dict[int, Enrolment]:
    """By trust: what stands in the way of joining `wave`: being in it, or in another that has not ended."""
    elsewhere = Enrolment.objects.taking_part(day).filter(wave__collaborative=wave.collaborative_id).values("pk")
    rows = Enrolment.objects.filter(Q(pk__in=elsewhere) | Q(wave=wave), trust__in=trusts).select_related("wave")
    return {row.trust_id: row for row in rows.order_by("left_on", "pk")}


def _fault(choice: Choice, wave: Wave, taken: Enrolment | None, day: dt.date) -> str | None:
    trust = choice.trust
    if not choice.reason.strip():
        return f"Say why {trust} was chosen."
    if not trust.is_trust or not trust.is_open_on(day):
        return f"{trust} is no trust that is open on that day."
    if taken is None:
        return None
    if taken.is_running:
        return f"{trust} takes part already ({taken.wave.name})."
    return f"{trust} was in this wave and left it. Choose another wave."


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
    if fault := _step_fault(step, row.wave, held_on, at):
        raise EnrolmentRefused(fault)
    if row.events.filter(kind=Kind.HELD, step=step).exists():
        raise EnrolmentRefused(f"“{step}” is on record already.")
    return _write(row, Kind.HELD, by=by, at=at, reason=notes, step=step, held_on=held_on)


@transaction.atomic
def hold_for_all(
    wave: Wave, step: TimelineStep, *, held_on: dt.date, notes: str, by: User, at: dt.datetime
) -> list[EnrolmentEvent]:
    """A step that the trusts of a wave took together, such as a launch event, for each that has none on record.

    Raises EnrolmentRefused. Five queries, however many trusts.
    """
    if not may_lead(by, wave.collaborative):
        raise PermissionDenied
    if fault := _step_fault(step, wave, held_on, at):
        raise EnrolmentRefused(fault)
    running = Enrolment.objects.select_for_update(of=("self",)).running().filter(wave=wave).order_by("pk")
    held = set(EnrolmentEvent.objects.filter(step=step, kind=Kind.HELD).values_list("enrolment", flat=True))
    missing = [row for row in running if row.pk not in held]
    if not missing:
        raise EnrolmentRefused(f"“{step}” is on record for every trust of this wave already.")
    given: dict[str, Any] = {"kind": Kind.HELD, "step": step, "held_on": held_on, "by": by, "at": at}
    return EnrolmentEvent.objects.bulk_create(
        EnrolmentEvent(enrolment=row, reason=notes.strip(), **given) for row in missing
    )


def _step_fault(step: TimelineStep, wave: Wave, held_on: dt.date, at: dt.datetime) -> str | None:
    if step.collaborative_id != wave.collaborative_id:
        return "This step belongs to another collaborative."
    if held_on > timezone.localdate(at):
        return "Record it once it has taken place."
    return None


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
