"""A member's declaration before a meeting: an interest or none, item by item, before any paper is read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from appointments import conflicts
from appointments.models import AgendaItem, Declaration, Meeting, Vote
from portal.models import User


class DeclarationRefused(Exception):
    """The declaration is not this person's to make, or not about this agenda; `str()` is fit for the screen."""


@dataclass(frozen=True, slots=True)
class Interest:
    """What a member says of one item."""

    kind: str  # a talent.ConflictKind
    detail: str = ""


@transaction.atomic
def declare(
    meeting: Meeting, said: Mapping[int, Interest | None], *, by: User, at: dt.datetime, reason: str = ""
) -> list[Declaration]:
    """Writes what `by` says of each item (by its id); None is "no interest". Only items that `by` was shown.

    An interest takes the member out of the item at once, on every door of the portal; their vote goes with it.
    Raises DeclarationRefused for somebody who does not sit, or an item that is not theirs to see.
    """
    if not meeting.seats(at).filter(user=by).exists():
        raise DeclarationRefused("You do not sit on this committee.")
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    items = AgendaItem.objects.listed_for(by).undecided().filter(meeting=meeting).in_bulk(list(said))
    if set(items) != set(said):
        raise DeclarationRefused("The agenda has changed since you opened this page. Look at it again.")
    conflicts.detect(meeting, at=at)
    return [write(items[pk], said[pk], member=by, by=by, at=at, reason=reason) for pk in said]


def write(
    item: AgendaItem, interest: Interest | None, *, member: User, by: User, at: dt.datetime, reason: str = ""
) -> Declaration:
    """One declaration, its meeting locked, with what follows from it; `by` is who wrote it down."""
    if interest is not None:
        conflicts.declare_interest(item, member, kind=interest.kind, detail=interest.detail, at=at)
        Vote.objects.filter(item=item, member=member).delete()
    return Declaration.objects.create(
        item=item, member=member, interest=interest is not None, by=by, at=at, reason=reason
    )
