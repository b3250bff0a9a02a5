"""Acts on chair networks: who belongs by hand, sessions planned, held and cancelled, their papers and actions."""

import datetime as dt
import hashlib
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from appointments.models import (
    NetworkAction,
    NetworkAttendance,
    NetworkChange,
    NetworkPaper,
    NetworkSession,
    NetworkSessionEvent,
)
from appointments.networks import may_keep, members_of, visible_actions
from portal.files import checked_type, refuse_infected, unguessable_name
from portal.models import Region, User
from talent.models import Person

Event = NetworkSessionEvent.Kind


class NetworkRefused(Exception):
    """The network or session does not allow it; `str()` is fit for the screen."""


@transaction.atomic
def set_membership(
    region: Region, person: Person, *, kind: str, by: User, at: dt.datetime, reason: str
) -> NetworkChange:
    """Says by hand that somebody belongs, is left out, or follows the seat again. Raises NetworkRefused."""
    _refuse_others(by, Region.objects.select_for_update(of=("self",)).get(pk=region.pk))
    if not reason.strip():
        raise NetworkRefused("Give the reason.")
    return NetworkChange.objects.create(
        region=region, person=person, kind=NetworkChange.Kind(kind), by=by, at=at, reason=reason.strip()
    )


@transaction.atomic
def plan_session(
    region: Region, *, title: str, starts_at: dt.datetime, place: str, by: User, at: dt.datetime
) -> NetworkSession:
    """Puts a session into the region's calendar; raises NetworkRefused where there is one at that time."""
    _refuse_others(by, region)
    session = NetworkSession(region=region, title=title, starts_at=starts_at, place=place)
    _save(session)
    _write(session, Event.PLANNED, by=by, at=at)
    return session


@transaction.atomic
def change_session(
    session: NetworkSession, *, title: str, starts_at: dt.datetime, place: str, by: User, at: dt.datetime
) -> NetworkSession:
    row = _lock(session, by=by)
    _refuse_unplanned(row)
    row.title, row.starts_at, row.place = title, starts_at, place
    _save(row)
    _write(row, Event.CHANGED, by=by, at=at)
    return row


@transaction.atomic
def cancel_session(session: NetworkSession, *, by: User, at: dt.datetime, reason: str) -> NetworkSession:
    row = _lock(session, by=by)
    _refuse_unplanned(row)
    row.state = NetworkSession.State.CANCELLED
    row.save(update_fields=["state"])
    _write(row, Event.CANCELLED, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def record_attendance(
    session: NetworkSession, *, came: Collection[int], by: User, at: dt.datetime, reason: str = ""
) -> NetworkSession:
    """Writes who came of that day's members (people's ids); the first time makes the session held.

    Later calls put the attendance right: what is on record then changes, and the ledger keeps both.
    """
    row = _lock(session, by=by)
    if row.state == NetworkSession.State.CANCELLED:
        raise NetworkRefused("This session was cancelled.")
    if at < row.starts_at:
        raise NetworkRefused("This session has not begun.")
    people = expected_at(row)
    if set(came) - set(people):
        raise NetworkRefused("Only members of the network on the day can be put down as having come.")
    NetworkAttendance.objects.bulk_create(
        [NetworkAttendance(session=row, person_id=pk, came=pk in came) for pk in people],
        update_conflicts=True,
        unique_fields=["session", "person"],
        update_fields=["came"],
    )
    kind = Event.HELD if row.is_planned else Event.ATTENDANCE
    row.state = NetworkSession.State.HELD
    row.save(update_fields=["state"])
    _write(row, kind, by=by, at=at, reason=reason, came=sorted(came), expected=sorted(people))
    return row


def expected_at(session: NetworkSession) -> list[int]:
    """The people asked about: that day's members, or once held those whose attendance is on record."""
    known = list(session.attendance.values_list("person", flat=True))
    return known or [member.person.pk for member in members_of(session.region, session.day).belonging]


def add_paper(session: NetworkSession, upload: UploadedFile, *, title: str, by: User, at: dt.datetime) -> NetworkPaper:
    """Checks and keeps a file. Raises talent.files.FileRefused or NetworkRefused."""
    content_type = checked_type(upload)
    refuse_infected(upload)
    content = upload.read()
    with transaction.atomic():
        row = _lock(session, by=by)
        if row.state == NetworkSession.State.CANCELLED:
            raise NetworkRefused("This session was cancelled.")
        paper = NetworkPaper(
            session=row,
            title=title,
            content_type=content_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            added_at=at,
            added_by=by,
        )
        upload.seek(0)
        paper.file.save(unguessable_name(content_type), upload, save=True)
    return paper


@transaction.atomic
def remove_paper(paper: NetworkPaper, *, by: User, at: dt.datetime) -> None:
    _lock(paper.session, by=by)
    row = NetworkPaper.objects.get(pk=paper.pk)
    row.removed_at = row.removed_at or at
    row.save(update_fields=["removed_at"])


@transaction.atomic
def add_action(
    session: NetworkSession, *, what: str, owner: User, due_on: dt.date, by: User, at: dt.datetime
) -> NetworkAction:
    row = _lock(session, by=by)
    return NetworkAction.objects.create(session=row, what=what, owner=owner, due_on=due_on, added_at=at, added_by=by)


@transaction.atomic
def finish_action(action: NetworkAction, *, by: User, at: dt.datetime) -> NetworkAction:
    """Done: said by its owner or by whoever keeps the network."""
    row = NetworkAction.objects.select_for_update(of=("self",)).select_related("session__region").get(pk=action.pk)
    if not may_finish(by, row, day=timezone.localdate(at)):
        raise PermissionDenied
    if row.done_at is None:
        row.done_at, row.done_by = at, by
        row.save(update_fields=["done_at", "done_by"])
    return row


def may_finish(user: User, action: NetworkAction, *, day: dt.date) -> bool:
    if may_keep(user, action.session.region):
        return True
    return action.owner_id == user.pk and visible_actions(user, day).filter(pk=action.pk).exists()


def _refuse_others(user: User, region: Region) -> None:
    if not may_keep(user, region):
        raise PermissionDenied


def _refuse_unplanned(session: NetworkSession) -> None:
    if not session.is_planned:
        raise NetworkRefused(f"This session is “{session.get_state_display()}” and stays as it is.")


def _lock(session: NetworkSession, *, by: User) -> NetworkSession:
    row = NetworkSession.objects.select_for_update(of=("self",)).select_related("region").get(pk=session.pk)
    _refuse_others(by, row.region)
    return row


def _save(session: NetworkSession) -> None:
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:
        if "networksession_once_at_a_time" not in str(error):
            raise
        raise NetworkRefused("This network already has a session at that time.") from error


def _write(session: NetworkSession, kind: str, *, by: User, at: dt.datetime, reason: str = "", **facts: Any) -> None:
    facts |= {"title": session.title, "starts_at": session.starts_at.isoformat(), "place": session.place}
    NetworkSessionEvent.objects.create(session=session, kind=kind, facts=facts, by=by, at=at, reason=reason.strip())
