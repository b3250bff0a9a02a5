"""Relationships between people that staff know of: recorded, ended, and looked for on every agenda at once."""

import datetime as dt

from django.db import IntegrityError, transaction

from appointments.access import is_secretariat
from appointments.conflicts import detect
from appointments.models import AgendaItem, Meeting, Relationship
from portal.models import User
from talent.access import is_own
from talent.models import ConflictKind, Person


class RelationshipRefused(Exception):
    """The relationship cannot be recorded or ended by this person; `str()` is fit for the screen."""


@transaction.atomic
def record_relationship(
    user: User, person: Person, *, kind: str, detail: str, by: User, at: dt.datetime
) -> Relationship:
    """Writes down what is between two people; what is on a planned agenda is closed to them from now on.

    Nobody records their own: a member declares it before the meeting.
    """
    _check(user, person, by)
    if is_own(user, person):
        raise RelationshipRefused("These are one and the same person.")
    if not detail.strip():
        raise RelationshipRefused("Say what is between them.")
    row = Relationship(user=user, person=person, kind=ConflictKind(kind), detail=detail.strip())
    row.recorded_at, row.recorded_by = at, by
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "relationship_once_in_force" not in str(error):
            raise
        raise RelationshipRefused("This is on record already.") from error
    planned = Meeting.objects.filter(items__in=AgendaItem.objects.undecided(), state=Meeting.State.PLANNED)
    for meeting in planned.distinct():
        detect(meeting, at=at)
    return row


@transaction.atomic
def end_relationship(relationship: Relationship, *, by: User, at: dt.datetime) -> Relationship:
    """It no longer is. Conflicts that were found because of it stand until somebody lifts each of them."""
    row = Relationship.objects.select_for_update(of=("self",)).select_related("person").get(pk=relationship.pk)
    _check(row.user, row.person, by)
    if row.ended_at is None:
        row.ended_at, row.ended_by = at, by
        row.save(update_fields=["ended_at", "ended_by"])
    return row


def _check(user: User, person: Person, by: User) -> None:
    if not is_secretariat(by):
        raise RelationshipRefused("Relationships are the talent team’s to keep.")
    if by.pk == user.pk or is_own(by, person):
        raise RelationshipRefused("Ask somebody else in the talent team to keep your own.")
