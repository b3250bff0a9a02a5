"""What events put on worklists: a place come free, an evaluation to give, who came to record."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from portal.models import User
from portal.worklist import Entry, waits
from programmes.event_access import may_plan_events
from programmes.models import Booking, Event

GROUP, TEAM = "Your bookings", "Events you run"
# So long somebody is asked what they thought of an event.
ASKED_FOR = dt.timedelta(days=30)


@waits
def places_come_free(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For somebody who moved up: until when they can say in good time that they do not come. One query."""
    moved = Booking.objects.of(user).booked().filter(decline_by__gt=at, event__state__in=Event.STANDING)
    for booking in moved.select_related("event"):
        yield Entry(
            "You have moved up from the waiting list: tell us if you cannot come",
            reverse("programmes:booking_detail", args=[booking.pk]),
            GROUP,
            detail=booking.event.title,
            due_on=timezone.localdate(booking.decline_by),
        )


@waits
def evaluations_to_give(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For whoever came to an event lately and has not said what they thought of it. One query."""
    came = Booking.objects.of(user).filter(came=True, evaluation=None, event__ends_at__gt=at - ASKED_FOR)
    for booking in came.select_related("event"):
        yield Entry(
            "Say what you thought of it",
            reverse("programmes:evaluation_create", args=[booking.pk]),
            GROUP,
            detail=booking.event.title,
        )


@waits
def attendance_to_record(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For who runs an event that is over: who came. One query for those who run events, none for others."""
    if not may_plan_events(user):
        return
    for event in Event.objects.standing().filter(owner=user, ends_at__lt=at):
        yield Entry(
            "Record who came",
            reverse("programmes:event_attendance", args=[event.pk]),
            TEAM,
            detail=event.title,
            due_on=event.last_day,
        )
