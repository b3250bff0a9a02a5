"""Placements: begun after an accepted offer, changed, reviewed and ended, each act with its row in the ledger."""

import calendar
import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from portal.access import access_of
from portal.models import Membership, Organisation, User
from portal.names import folded
from talent.access import is_own, may_act_as_staff
from talent.models import Application, Placement, PlacementEvent, PlacementReview, State
from talent.models.application import ApplicationQuerySet
from talent.workflow import Actor, move

# Months after the start at which a placement is looked at; those after its end fall away.
REVIEW_MONTHS = (3, 6, 9, 12)


class PlacingRefused(Exception):
    """The placement cannot be made or changed in this way; `str()` is fit for the screen."""


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def may_run_placement(user: User, placement: Placement) -> bool:
    """Talent staff in scope and without a conflict: change it, plan reviews, end it."""
    return may_act_as_staff(user, placement.application)


def is_mentor(user: User, placement: Placement) -> bool:
    """Whether `user` mentors it and still acts for whom they did when they were named."""
    return placement.mentor_as_id in access_of(user).membership_ids


def mentoring(user: User, *, host: Organisation | None, at: dt.datetime) -> Membership | None:
    """The membership in force through which `user` mentors: at the host where they act for it, else the longest."""
    rows = Membership.objects.in_force(at).filter(user=user).order_by("started_at", "pk")
    return min(rows, key=lambda row: host is None or row.organisation_id != host.pk, default=None)


def may_record_review(user: User, placement: Placement) -> bool:
    """Whoever runs it, its mentor, and the host trust's people; never the person whose placement it is."""
    if is_own(user, placement.application.person):
        return False
    at_host = placement.host_id in access_of(user).trust_ids
    return at_host or is_mentor(user, placement) or may_run_placement(user, placement)


def waiting_for_a_placement(user: User) -> ApplicationQuerySet:
    """Accepted offers of a placement in the scope of `user`, and nobody's in whom they have an interest."""
    accepted = Application.objects.in_scope_of(user).filter(
        state=State.ACCEPTED, intake__scheme__outcome="placement", placement=None
    )
    return accepted.exclude(person__user=user).exclude(interests__in=user.declared_interests.in_force())


def suggested_hosts(application: Application, *, day: dt.date) -> QuerySet[Organisation]:
    """Trusts of the application's region, open on `day`, that do not employ the person: those with fewest placements
    running first. Nothing cleverer than that: who fits is a conversation."""
    posts = application.person.posts.filter(Q(ended_on=None) | Q(ended_on__gt=day))
    employers = [folded(name) for name in posts.values_list("employer", flat=True)]
    running = Count("placements", filter=Q(placements__outcome="", placements__ends_on__gte=day))
    trusts = Organisation.objects.trusts().open_on(day).filter(region=application.region_id)
    return trusts.exclude(sort_name__in=employers).annotate(running=running).order_by("running", "sort_name", "pk")


@transaction.atomic
def begin_placement(
    application: Application,
    *,
    host: Organisation,
    mentor_name: str,
    starts_on: dt.date,
    ends_on: dt.date,
    objectives: str,
    by: User,
    at: dt.datetime,
    mentor_as: Membership | None = None,
    days_a_month: Decimal = Decimal("2.5"),
) -> Placement:
    """Moves the accepted application to placed, and makes its placement with the reviews planned.

    Raises PlacingRefused for a host that is no trust open on the first day or dates the wrong way round,
    talent.workflow.MoveRefused where the application is not accepted or not `by`'s to act on.
    """
    if not (host.is_trust and host.is_open_on(starts_on)):
        raise PlacingRefused(f"{host} is not a trust that is open on the first day.")
    if ends_on <= starts_on:
        raise PlacingRefused("The placement must end after it starts.")
    row = move(application, "place", by=by, actor=Actor.STAFF, at=at)
    placement = Placement.objects.create(
        application=row,
        host=host,
        mentor_as=mentor_as,
        mentor_name=mentor_name,
        starts_on=starts_on,
        ends_on=ends_on,
        objectives=objectives,
        days_a_month=days_a_month,
    )
    days = [months_after(starts_on, months) for months in REVIEW_MONTHS]
    PlacementReview.objects.bulk_create(PlacementReview(placement=placement, due_on=d) for d in days if d <= ends_on)
    facts = {"host": host.ods_code, "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    _note(placement, PlacementEvent.Kind.BEGUN, facts, by=by, at=at)
    return placement


@transaction.atomic
def change_placement(
    placement: Placement,
    *,
    mentor_name: str,
    mentor_as: Membership | None,
    ends_on: dt.date,
    objectives: str,
    by: User,
    at: dt.datetime,
    reason: str = "",
) -> Placement:
    """Changes mentor, last day or objectives. The event says what changed; people's names and words stay out of it."""
    row = _lock_running(placement, by=by)
    if ends_on <= row.starts_on:
        raise PlacingRefused("The placement must end after it starts.")
    new = {"mentor_name": mentor_name, "mentor_as": mentor_as, "ends_on": ends_on, "objectives": objectives}
    changed = [name for name, value in new.items() if getattr(row, name) != value]
    if not changed:
        return row
    facts: dict[str, Any] = {"changed": changed}
    if "ends_on" in changed:
        facts["ends_on"] = [row.ends_on.isoformat(), ends_on.isoformat()]
    for name, value in new.items():
        setattr(row, name, value)
    row.save(update_fields=list(new))
    _note(row, PlacementEvent.Kind.CHANGED, facts, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def plan_review(placement: Placement, *, due_on: dt.date, by: User, at: dt.datetime) -> PlacementReview:
    """Adds a review; asking twice for one day plans one."""
    row = _lock_running(placement, by=by)
    if due_on < row.starts_on:
        raise PlacingRefused("A review cannot be before the placement starts.")
    review, made = PlacementReview.objects.get_or_create(placement=row, due_on=due_on)
    if made:
        _note(row, PlacementEvent.Kind.CHANGED, {"review_planned": due_on.isoformat()}, by=by, at=at)
    return review


@transaction.atomic
def record_review(
    review: PlacementReview, *, held_on: dt.date, progress: str, actions: str, by: User, at: dt.datetime
) -> PlacementReview:
    """Writes down what was said, once."""
    placement = _lock(review.placement)
    row = PlacementReview.objects.get(pk=review.pk)
    if not may_record_review(by, placement):
        raise PlacingRefused("This review is not yours to record.")
    if row.held_on is not None:
        raise PlacingRefused("This review has been recorded already.")
    if not placement.starts_on <= held_on <= timezone.localdate(at):
        raise PlacingRefused("A review is held after the placement starts, and not in the future.")
    row.held_on, row.progress, row.actions, row.recorded_by = held_on, progress, actions, by
    row.save(update_fields=["held_on", "progress", "actions", "recorded_by"])
    facts = {"review": row.pk, "due_on": row.due_on.isoformat(), "held_on": held_on.isoformat()}
    _note(placement, PlacementEvent.Kind.REVIEWED, facts, by=by, at=at)
    return row


@transaction.atomic
def end_placement(placement: Placement, *, outcome: str, note: str, by: User, at: dt.datetime) -> Placement:
    """Ends it with its outcome and moves the application to completed. `note` is the reason that is kept."""
    row = _lock_running(placement, by=by)
    row.outcome, row.outcome_note = Placement.Outcome(outcome), note
    today = timezone.localdate(at)
    if row.starts_on < today < row.ends_on:
        row.ends_on = today
    row.save(update_fields=["outcome", "outcome_note", "ends_on"])
    move(row.application, "complete", by=by, actor=Actor.STAFF, at=at, reason=note)
    facts = {"outcome": row.outcome, "ended_on": row.ends_on.isoformat()}
    _note(row, PlacementEvent.Kind.ENDED, facts, by=by, at=at, reason=note)
    return row


def _lock(placement: Placement) -> Placement:
    rows = Placement.objects.select_for_update(of=("self",)).select_related("application__person", "host")
    return rows.get(pk=placement.pk)


def _lock_running(placement: Placement, *, by: User) -> Placement:
    row = _lock(placement)
    if not may_run_placement(by, row):
        raise PlacingRefused("This placement is not yours to change.")
    if row.outcome:
        raise PlacingRefused("This placement has ended.")
    return row


def _note(
    placement: Placement, kind: str, facts: dict[str, Any], *, by: User, at: dt.datetime, reason: str = ""
) -> None:
    PlacementEvent.objects.create(placement=placement, kind=kind, facts=facts, by=by, at=at, reason=reason)
