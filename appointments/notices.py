"""A foundation trust tells whom it has appointed: recorded as its notice, never as an appointment by the body."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from appointments.access import may_change_board
from appointments.models import Seat, Tenure
from appointments.seating import take_seat
from portal.models import User
from portal.names import folded
from talent.models import Person


@transaction.atomic
def give_notice(
    seat: Seat,
    *,
    name: str,
    email: str,
    starts_on: dt.date,
    ends_on: dt.date | None,
    by: User,
    at: dt.datetime,
    reason: str,
) -> Tenure:
    """Seats whom the trust named. Raises SeatingRefused for an NHS trust, a taken seat or days that cannot be."""
    if not may_change_board(by, seat.board):
        raise PermissionDenied
    person = person_named(seat, name=name, email=email, at=at)
    source = Tenure.Source.NOTICE
    return take_seat(seat, person, starts_on=starts_on, ends_on=ends_on, source=source, by=by, at=at, reason=reason)


def person_named(seat: Seat, *, name: str, email: str, at: dt.datetime) -> Person:
    """Whoever has this name and address, or somebody new in the region of the board."""
    return _known(name, email) or Person.objects.create(
        full_name=name, email=email, region=seat.board.region, created_at=at
    )


def _known(name: str, email: str) -> Person | None:
    """Address and name must both be theirs: a trust learns from nobody's address whose it is."""
    if not email:
        return None
    return Person.objects.unmerged().filter(email__iexact=email, sort_name=folded(name)[:200]).first()
