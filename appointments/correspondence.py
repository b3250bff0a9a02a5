"""Decisions between meetings: a round is planned, sent to the members, voted on, and closed by whoever chairs.

A round is a meeting without a room (models.Meeting): its agenda, declarations, conflicts, votes, quorum and ledger
rows are those of every meeting.
"""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from appointments.access import is_secretariat, may_chair
from appointments.agenda import KEEP_MINUTES
from appointments.bookkeeping import keep, write_down
from appointments.models import AgendaItem, Committee, CommitteeEvent, Decision, Meeting, WaitRequest
from appointments.preparing import AgendaRefused, lock_agenda
from portal import outbox
from portal.models import User

TELL_MEMBER = "appointments.tell_round"
PLACE = "By correspondence"
REMIND_BEFORE = dt.timedelta(days=1)


@transaction.atomic
def plan_round(committee: Committee, *, closes_at: dt.datetime, by: User, at: dt.datetime) -> Meeting:
    """A round that nobody but the secretariat sees yet: its items are added as to any agenda. Raises AgendaRefused."""
    if closes_at <= at:
        raise AgendaRefused("Members need time to vote: the round must close later than now.")
    planned = Meeting(committee=committee, mode=Meeting.Mode.CORRESPONDENCE, starts_at=at, closes_at=closes_at)
    planned.place = PLACE
    return keep(planned, by=by, at=at)


@transaction.atomic
def send_round(meeting: Meeting, *, by: User, at: dt.datetime) -> Meeting:
    """Opens the round to its members and has each of them told; from now on its items stay. Raises AgendaRefused."""
    row = lock_agenda(meeting, by=by)
    if not row.is_round or row.sent_at is not None:
        raise AgendaRefused("This was sent to the members already.")
    if row.closes_at is None or row.closes_at <= at:
        raise AgendaRefused("The time for votes has passed. Cancel this round and plan another.")
    if not row.items.standing().exists():
        raise AgendaRefused("Nothing is on the agenda yet.")
    row.starts_at = row.sent_at = at
    keep(row, by=by, at=at)
    _tell_members(row, "round_opened", at=at)
    return row


@transaction.atomic
def move_closing(meeting: Meeting, *, closes_at: dt.datetime, by: User, at: dt.datetime, reason: str) -> Meeting:
    """Gives a round another closing time, with the reason; who may vote is told once it was sent. Raises AgendaRefused.

    Votes that were cast stand. A round whose time is up opens again, as long as nobody has closed it.
    """
    row = lock_agenda(meeting, by=by)
    if not row.is_round:
        raise AgendaRefused("Only a round by correspondence has a closing time.")
    if closes_at <= at:
        raise AgendaRefused("Members need time to vote: the round must close later than now.")
    if closes_at == row.closes_at:
        raise AgendaRefused("This is the closing time already.")
    if not reason.strip():
        raise AgendaRefused("Say why the closing time changes.")
    row.closes_at = closes_at
    keep(row, by=by, at=at, reason=reason.strip())
    if row.sent_at is not None:
        _tell_members(row, "round_moved", at=at)
    return row


def _tell_members(row: Meeting, message: str, *, at: dt.datetime) -> None:
    """Each by mail that the round is there or has moved, and once more a day before it closes."""
    closes_at = row.closes_at or at
    for seat in row.seats(at):
        told = {"meeting": row.pk, "member": seat.user_id}
        outbox.enqueue(TELL_MEMBER, told | {"message": message}, at=at)
        # A reminder of a time that has changed since is passed over: it says which closing time it is about.
        reminder = told | {"message": "round_reminder", "closes_at": closes_at.isoformat()}
        outbox.enqueue(TELL_MEMBER, reminder, at=at, due_at=max(at, closes_at - REMIND_BEFORE))


def last_move_of(meeting: Meeting) -> CommitteeEvent | None:
    """The last change of a round's closing time, for who reads its page."""
    moves = CommitteeEvent.objects.filter(meeting=meeting, before__has_key="closes_at").select_related("by")
    return moves.order_by("-at", "-pk").first()


@transaction.atomic
def ask_to_wait(item: AgendaItem, *, by: User, at: dt.datetime, reason: str) -> WaitRequest:
    """A member's word takes an item out of the round at once: it is decided at a meeting or not at all."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("committee").get(pk=item.meeting_id)
    row = AgendaItem.objects.visible_to(by).undecided().filter(pk=item.pk, declarations__member=by).first()
    if row is None or not meeting.seats(at).filter(user=by).exists():
        raise AgendaRefused("You take no part in this item.")
    if not meeting.is_round or not meeting.is_planned or meeting.sent_at is None:
        raise AgendaRefused("This is not before the members by correspondence.")
    if not reason.strip():
        raise AgendaRefused("Say why it should wait for a meeting.")
    row.waits_since = at
    row.save(update_fields=["waits_since"])
    return WaitRequest.objects.create(item=row, by=by, at=at, reason=reason.strip())


@transaction.atomic
def close_round(meeting: Meeting, *, by: User, at: dt.datetime) -> Meeting:
    """Ends a round whose time is up; what has no decision, for want of a quorum or of a record, waits for a meeting.

    Whoever chairs closes it, or the secretariat. Nothing refused here tells what somebody may not see.
    """
    row = Meeting.objects.select_for_update(of=("self",)).select_related("committee").get(pk=meeting.pk)
    if not (is_secretariat(by) or may_chair(by, row, at=at)):
        raise PermissionDenied
    if not row.is_round or not row.is_planned or row.sent_at is None or row.closes_at is None:
        raise AgendaRefused("This is not before the members by correspondence.")
    if at < row.closes_at:
        raise AgendaRefused("Members may vote until the round’s time is up.")
    row.items.undecided().update(waits_since=at)
    outbox.enqueue(KEEP_MINUTES, {"meeting": row.pk}, at=at, key=f"minutes:{row.pk}")
    row.state = Meeting.State.HELD
    return write_down(row, by=by, at=at)


def is_waiting_for(meeting: Meeting, member: User) -> bool:
    """Whether the member still has something of this round to declare about or to vote on."""
    listed = AgendaItem.objects.listed_for(member).undecided().filter(meeting=meeting)
    return bool(listed.exclude(votes__member=member).exists())


def noted_at(meeting: Meeting) -> "list[Decision]":
    """What was decided by correspondence since the committee's meeting before this one; this one's minutes note it."""
    if meeting.is_round:
        return []
    rounds = Meeting.objects.filter(
        committee=meeting.committee_id, mode=Meeting.Mode.CORRESPONDENCE, state=Meeting.State.HELD
    )
    before = Meeting.objects.filter(
        committee=meeting.committee_id, mode=Meeting.Mode.MEETING, starts_at__lt=meeting.starts_at
    ).exclude(state=Meeting.State.CANCELLED)
    last = before.order_by("-starts_at").values_list("starts_at", flat=True).first()
    found = Decision.objects.filter(meeting__in=rounds, at__lt=meeting.starts_at)
    if last is not None:
        found = found.filter(at__gte=last)
    return list(found.select_related("item", "meeting").order_by("number"))
