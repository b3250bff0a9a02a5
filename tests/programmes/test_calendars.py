"""Calendar files read back: moments, revisions, cancellations, what is secret; and whose feed an address opens."""

import datetime as dt

import pytest
from icalendar import Calendar

from programmes import calendar_links
from programmes.calendars import event_file, own_calendar, public_calendar, withdrawn_file
from programmes.models import CalendarLink, Event
from tests.factories.events import EventFactory
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db

AT = dt.datetime(2018, 2, 1, 9, tzinfo=dt.UTC)
SUMMER = dt.datetime(2018, 6, 5, 9, tzinfo=dt.UTC)  # 10 in London


def entries(content: bytes) -> list:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_an_event_as_a_file():
    event = EventFactory(title="Why nurses stay; and go", starts_at=SUMMER, revision=2)

    calendar = Calendar.from_ical(event_file(event, at=AT))
    (entry,) = calendar.walk("VEVENT")

    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert {name: str(entry[name]) for name in ("UID", "SUMMARY", "LOCATION", "STATUS", "ORGANIZER", "URL")} == {
        "UID": f"event-{event.pk}@localhost",
        "SUMMARY": "Why nurses stay; and go",
        "LOCATION": "Room 1, Leeds",
        "STATUS": "CONFIRMED",
        "ORGANIZER": "mailto:talent@example.org",
        "URL": f"http://localhost:8000/events/{event.pk}/",
    }
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (SUMMER, SUMMER + dt.timedelta(hours=3))
    assert (int(entry["SEQUENCE"]), entry["DTSTAMP"].dt) == (2, AT)


def test_lines_are_folded_and_end_as_the_standard_says():
    content = event_file(EventFactory(summary="ä" * 200), at=AT)

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_how_to_join_is_for_those_with_a_place():
    event = EventFactory()

    public, own = (
        content.decode().replace("\r\n ", "")
        for content in (public_calendar([event], at=AT), own_calendar([event], at=AT))
    )

    told = {"secret-room": "secret-room" in own, "figures": "figures" in own}
    assert told == {"secret-room": True, "figures": True}
    assert [word for word in ("secret-room", "figures") if word in public] == []


def test_a_cancelled_event_says_so_and_a_withdrawal_takes_it_out():
    event = EventFactory(state=Event.State.CANCELLED)

    (feed,) = entries(own_calendar([event], at=AT))
    withdrawn = Calendar.from_ical(withdrawn_file(EventFactory(), at=AT))

    assert str(feed["STATUS"]) == "CANCELLED"
    assert (withdrawn["METHOD"], str(withdrawn.walk("VEVENT")[0]["STATUS"])) == ("CANCEL", "CANCELLED")


def test_an_address_opens_one_persons_feed_until_it_is_renewed():
    ann, ben = UserFactory(), UserFactory()

    first, bens = calendar_links.token_of(ann, at=AT), calendar_links.token_of(ben, at=AT)
    assert calendar_links.token_of(ann, at=AT) == first
    assert [calendar_links.owner_of(token) for token in (first, bens)] == [ann, ben]
    second = calendar_links.renew(ann, at=AT)

    assert [calendar_links.owner_of(token) for token in (first, second, bens)] == [None, ann, ben]


def test_what_the_database_holds_opens_nothing():
    ann = UserFactory()
    token = calendar_links.token_of(ann, at=AT)
    nonce = CalendarLink.objects.get().nonce

    assert [calendar_links.owner_of(made_up) for made_up in (nonce, f"{nonce}:x", "x", "", token[:-1])] == [None] * 5
    ann.is_active = False
    ann.save()
    assert calendar_links.owner_of(token) is None
