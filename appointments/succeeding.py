"""Acts of succession planning: naming and taking back a successor, and writing down a conversation."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from appointments.access import may_plan_succession
from appointments.models import GrowthConversation, Seat, Successor, Tenure
from portal.models import User
from talent.access import is_own
from talent.models import Person, PoolMembership


class SuccessionRefused(Exception):
    """`str()` is fit for the screen."""


@transaction.atomic
def name_successor(seat: Seat, person: Person, *, readiness: str, reason: str, by: User, at: dt.datetime) -> Successor:
    """Names somebody who consents to be found; named again, the earlier word is ended and the new one stands."""
    if not may_plan_succession(by, seat.board) or is_own(by, person):
        raise PermissionDenied
    Person.objects.select_for_update().get(pk=person.pk)
    if not PoolMembership.objects.in_force(at.date()).filter(person=person).exists():
        raise SuccessionRefused(f"{person} does not consent to be found through a pool today.")
    if Tenure.objects.sitting_on(at.date()).filter(seat=seat, person=person).exists():
        raise SuccessionRefused(f"{person} sits in this seat now.")
    if not reason.strip():
        raise SuccessionRefused("Say what speaks for it, and what is still needed.")
    Successor.objects.standing().filter(seat=seat, person=person).update(
        ended_by=by, ended_at=at, end_reason="Named again"
    )
    return Successor.objects.create(
        seat=seat, person=person, readiness=readiness, reason=reason.strip(), named_by=by, named_at=at
    )


@transaction.atomic
def end_succession(successor: Successor, *, by: User, at: dt.datetime, reason: str) -> Successor:
    """Takes somebody off a seat's plan; who was named and why stays on record."""
    row = Successor.objects.select_for_update(of=("self",)).select_related("seat__board", "person").get(pk=successor.pk)
    if not may_plan_succession(by, row.seat.board) or is_own(by, row.person):
        raise PermissionDenied
    if row.ended_at is not None:
        raise SuccessionRefused(f"{row.person} is not on this plan any more.")
    if not reason.strip():
        raise SuccessionRefused("Say why.")
    row.ended_by, row.ended_at, row.end_reason = by, at, reason.strip()
    row.save(update_fields=["ended_by", "ended_at", "end_reason"])
    return row


@transaction.atomic
def record_conversation(
    person: Person, *, held_on: dt.date, now: int, scope: int, wishes: str, needs: str, by: User, at: dt.datetime
) -> GrowthConversation:
    """Writes down a talk with somebody whose profile `by` may read, never about themselves; they read it too."""
    if is_own(by, person) or not Person.objects.visible_to(by).filter(pk=person.pk).exists():
        raise PermissionDenied
    if held_on > at.date():
        raise SuccessionRefused("The conversation is still to come.")
    return GrowthConversation.objects.create(
        person=person, held_on=held_on, now=now, scope=scope, wishes=wishes, needs=needs, by=by, at=at
    )
