"""Events as calendar files (RFC 5545); the only file that imports icalendar."""

import datetime as dt
from collections.abc import Iterable
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, vCalAddress, vText, vUri
from icalendar import Event as Entry

from programmes.models import Event

CONTENT_TYPE = "text/calendar; charset=utf-8"


def public_calendar(events: Iterable[Event], *, at: dt.datetime) -> bytes:
    """What anybody may know: no link to join by, no instructions."""
    return _calendar([_entry(event, at, private=False) for event in events], name="Events")


def own_calendar(events: Iterable[Event], *, at: dt.datetime) -> bytes:
    """Events that a person has a place at, with how to join."""
    return _calendar([_entry(event, at, private=True) for event in events], name="My bookings")


def event_file(event: Event, *, at: dt.datetime) -> bytes:
    """One event to put into a calendar; a calendar that has an earlier revision takes this in its place."""
    return _calendar([_entry(event, at, private=True)], method="PUBLISH")


def withdrawn_file(event: Event, *, at: dt.datetime) -> bytes:
    """Takes the event out of the calendar again: it is cancelled, or the person no longer comes."""
    entry = _entry(event, at, private=False)
    entry.pop("status")
    entry.add("status", "CANCELLED")
    return _calendar([entry], method="CANCEL")


def _calendar(entries: list[Entry], *, name: str = "", method: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{settings.ORGANISATION_NAME}//{settings.WAGTAIL_SITE_NAME}//EN")
    if method:
        calendar.add("method", method)
    if name:
        # X-WR-CALNAME is what calendars read; REFRESH-INTERVAL (RFC 7986) asks them to come back each hour.
        calendar.add("x-wr-calname", f"{settings.WAGTAIL_SITE_NAME}: {name}")
        calendar.add("refresh-interval", dt.timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _entry(event: Event, at: dt.datetime, *, private: bool) -> Entry:
    address = settings.PORTAL_BASE_URL + reverse("programmes:event_detail", args=[event.pk])
    entry = Entry()
    entry.add("uid", f"event-{event.pk}@{urlsplit(settings.PORTAL_BASE_URL).hostname}")
    entry.add("dtstamp", at.astimezone(dt.UTC))
    # As moments (UTC), so that no calendar has to know the rules of British summer time.
    entry.add("dtstart", event.starts_at.astimezone(dt.UTC))
    entry.add("dtend", event.ends_at.astimezone(dt.UTC))
    entry.add("sequence", event.revision)
    entry.add("summary", vText(event.title))
    entry.add("location", vText(event.place))
    entry.add("description", vText(_description(event, address, private=private)))
    entry.add("url", vUri(address))
    organiser = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organiser.params["cn"] = vText(settings.ORGANISATION_NAME)
    entry["organizer"] = organiser
    entry.add("status", "CANCELLED" if event.state == Event.State.CANCELLED else "CONFIRMED")
    return entry


def _description(event: Event, address: str, *, private: bool) -> str:
    parts = [event.summary]
    if private and event.link:
        parts.append(f"Join: {event.link}")
    if private and event.joining:
        parts.append(event.joining)
    return "\n\n".join([*parts, address])
