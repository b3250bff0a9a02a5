"""Seats, tenures and policies for tests: `seated(seat, "2014-04-01", "2018-03-31")` puts somebody in a seat."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone

from appointments.models import BoardConfirmation, Seat, Tenure
from appointments.seating import take_seat
from talent.models import Person
from tests.factories.portal import OrganisationFactory, UserFactory
from tests.factories.talent import PersonFactory

LONG_AGO = dt.datetime(2001, 4, 1, 9, tzinfo=dt.UTC)


class SeatFactory(factory.django.DjangoModelFactory):
    """A non-executive's seat since 2001: `role="chair"`, `board=` another's."""

    class Meta:
        model = Seat

    board = factory.SubFactory(OrganisationFactory)
    role = Seat.Role.NED
    number = factory.LazyAttribute(lambda o: o.board.seats.filter(role=o.role).count() + 1)
    opened_on = dt.date(2001, 4, 1)


class BoardConfirmationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BoardConfirmation

    board = factory.SubFactory(OrganisationFactory)
    half_starts_on = dt.date(2017, 4, 1)
    confirmed_by = factory.SubFactory(UserFactory)
    confirmed_at = factory.LazyFunction(timezone.now)


def somebody(name: str = "Somebody") -> Person:
    """Without an account."""
    return PersonFactory(user=None, full_name=name)


def seated(
    seat: Seat,
    first: str,
    last: str | None,
    *,
    person: Person | None = None,
    source: str = Tenure.Source.FIRST_LOAD,
    at: dt.datetime = LONG_AGO,
    **more: Any,
) -> Tenure:
    """Somebody takes the seat from the first to the last day, written year-month-day."""
    return take_seat(
        seat,
        person or somebody(),
        starts_on=dt.date.fromisoformat(first),
        ends_on=dt.date.fromisoformat(last) if last else None,
        source=source,
        by=None,
        at=at,
        reason="Test",
        **more,
    )
