"""The action log: what a meeting agreed that somebody does, moved to another day or owner, done, cancelled."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from appointments.access import is_secretariat
from appointments.models import ActionEvent, AgendaItem, CommitteeAction, Meeting
from portal.access import Viewer
from portal.models import Membership, Role, User

Kind, State = ActionEvent.Kind, CommitteeAction.State


class ActionRefused(Exception):
    """The action is not this person's to change, or not now; `str()` is fit for the screen."""


def may_own(meeting: Meeting, *, at: dt.datetime) -> Q:
    """Of a User: who may be asked to do something, the committee's members and the talent team."""
    team = Membership.objects.in_force(at).filter(role=Role.TALENT_TEAM).values("user")
    return Q(pk__in=meeting.seats(at).values("user")) | Q(pk__in=team)


def may_settle(user: Viewer, action: CommitteeAction) -> bool:
    """Its owner or the secretariat, as long as they may know of what it is about."""
    if not CommitteeAction.objects.visible_to(user).filter(pk=action.pk).exists():
        return False
    return is_secretariat(user) or (isinstance(user, User) and action.owner_id == user.pk)


@transaction.atomic
def add_action(
    meeting: Meeting,
    *,
    what: str,
    owner: User,
    due_on: dt.date,
    by: User,
    at: dt.datetime,
    item: AgendaItem | None = None,
) -> CommitteeAction:
    """Writes down what was agreed. Raises ActionRefused where the owner may not know what it is about."""
    if not is_secretariat(by):
        raise ActionRefused("The secretariat keeps the action log.")
    _check_item(meeting, item, owner, by)
    if not User.objects.filter(may_own(meeting, at=at), pk=owner.pk).exists():
        raise ActionRefused("Actions are for the committee’s members and the talent team.")
    action = CommitteeAction.objects.create(meeting=meeting, item=item, what=what.strip(), owner=owner, due_on=due_on)
    _note(action, Kind.ADDED, by=by, at=at)
    return action


def _check_item(meeting: Meeting, item: AgendaItem | None, owner: User, by: User) -> None:
    if item is None:
        return
    free = AgendaItem.objects.standing().filter(pk=item.pk, meeting=meeting)
    if not free.free_of_conflict(by).exists():
        raise ActionRefused("This item is not before the meeting.")
    if not free.free_of_conflict(owner).exists():
        raise ActionRefused(f"{owner} takes no part in this item. Choose somebody else.")


@transaction.atomic
def change_action(
    action: CommitteeAction, *, owner: User, due_on: dt.date, by: User, at: dt.datetime, note: str
) -> CommitteeAction:
    """Gives an open action another owner or day. Raises ActionRefused."""
    row = _lock(action, by)
    if not is_secretariat(by):
        raise ActionRefused("The secretariat changes owners and dates.")
    _check_item(row.meeting, row.item, owner, by)
    if not User.objects.filter(may_own(row.meeting, at=at), pk=owner.pk).exists():
        raise ActionRefused("Actions are for the committee’s members and the talent team.")
    row.owner, row.due_on = owner, due_on
    row.save(update_fields=["owner", "due_on"])
    _note(row, Kind.CHANGED, by=by, at=at, note=note)
    return row


@transaction.atomic
def finish_action(action: CommitteeAction, *, by: User, at: dt.datetime, note: str = "") -> CommitteeAction:
    """Done, said by its owner or the secretariat. Raises ActionRefused."""
    return _settle(action, State.DONE, by=by, at=at, note=note)


@transaction.atomic
def cancel_action(action: CommitteeAction, *, by: User, at: dt.datetime, note: str) -> CommitteeAction:
    """No longer wanted: the secretariat's word, with the reason. Raises ActionRefused."""
    if not is_secretariat(by):
        raise ActionRefused("The secretariat cancels actions.")
    if not note.strip():
        raise ActionRefused("Say why it is no longer wanted.")
    return _settle(action, State.CANCELLED, by=by, at=at, note=note)


def _settle(
    action: CommitteeAction, state: CommitteeAction.State, *, by: User, at: dt.datetime, note: str
) -> CommitteeAction:
    row = _lock(action, by)
    row.state = state
    row.save(update_fields=["state"])
    _note(row, Kind(state.value), by=by, at=at, note=note)
    return row


def _lock(action: CommitteeAction, by: User) -> CommitteeAction:
    row = CommitteeAction.objects.select_for_update(of=("self",)).select_related("meeting", "item").get(pk=action.pk)
    if not may_settle(by, row):
        raise ActionRefused("This action is not yours.")
    if not row.is_open:
        raise ActionRefused(f"This action is “{row.get_state_display()}” already.")
    return row


def _note(action: CommitteeAction, kind: ActionEvent.Kind, *, by: User, at: dt.datetime, note: str = "") -> None:
    facts = {"owner": action.owner_id, "due_on": action.due_on.isoformat()}
    ActionEvent.objects.create(action=action, kind=kind, facts=facts, by=by, at=at, reason=note.strip())
