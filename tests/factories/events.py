"""Events for tests: open for booking, in a fortnight; `EventFactory(past=True)` ended yesterday."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone

from portal.models import Role
from programmes.convening import EventFacts
from programmes.models import Booking, Event, EventMaterial
from tests.factories.portal import UserFactory, member


class EventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Event

    class Params:
        past = factory.Trait(starts_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1, hours=3)))
        held = factory.Trait(past=True, state=Event.State.HELD)

    title = factory.Sequence(lambda n: f"Masterclass {n}")
    state = Event.State.OPEN
    summary = "What keeps nurses."
    starts_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=14))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + dt.timedelta(hours=3))
    place = "Room 1, Leeds"
    link = "https://video.example.org/secret-room"
    joining = "Bring your figures."
    booking_closes_at = factory.SelfAttribute("starts_at")
    contact_email = "events@example.org"
    owner = factory.SubFactory(UserFactory)


class BookingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Booking

    event = factory.SubFactory(EventFactory)
    user = factory.SubFactory(UserFactory)
    state = Booking.State.BOOKED
    asked_at = factory.Sequence(lambda n: dt.datetime(2018, 1, 8, 9, tzinfo=dt.UTC) + dt.timedelta(minutes=n))


class EventMaterialFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EventMaterial

    event = factory.SubFactory(EventFactory)
    title = "Slides"
    file = factory.django.FileField(data=b"%PDF-1.7", filename="slides.pdf")
    content_type = "application/pdf"
    size = 8
    added_at = factory.LazyFunction(timezone.now)
    added_by = factory.SubFactory(UserFactory)


def team() -> Any:
    return member(Role.TALENT_TEAM)


def facts(**given: Any) -> EventFacts:
    """A masterclass on 6 March 2018 from 10 to 1."""
    starts_at = dt.datetime(2018, 3, 6, 10, tzinfo=dt.UTC)
    plain: dict[str, Any] = {
        "title": "Why nurses stay",
        "kind": Event.Kind.MASTERCLASS,
        "audience": Event.Audience.EVERYBODY,
        "summary": "What keeps nurses.",
        "about": "",
        "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(hours=3),
        "place": "Leeds",
        "link": "",
        "joining": "",
        "capacity": 2,
        "booking_closes_at": starts_at,
        "contact_email": "events@example.org",
    }
    return EventFacts(**plain | given)
