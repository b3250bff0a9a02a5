"""What the worker does for programmes: telling people what became of their bookings."""

from dataclasses import dataclass

from django.utils import timezone

from portal import outbox
from portal.mail import send
from portal.models import Job
from programmes import jobs_hub, jobs_network
from programmes.booking import TELL
from programmes.calendars import event_file, withdrawn_file
from programmes.convening import ASK
from programmes.models import Booking, Event

__all__ = ["jobs_hub", "jobs_network"]  # they plug in by being imported

State = Booking.State


@dataclass(frozen=True, slots=True)
class Word:
    """One mail about a booking: sent only while the booking is still as the mail says."""

    template: str
    states: tuple[Booking.State, ...]
    file: str = ""  # of the calendar: "entry" puts the event in, "withdrawn" takes it out


WORDS = {
    "booked": Word("event_booked", (State.BOOKED,), "entry"),
    "queued": Word("event_queued", (State.WAITING,)),
    "moved_up": Word("event_moved_up", (State.BOOKED,), "entry"),
    "cancelled": Word("event_booking_cancelled", (State.CANCELLED,), "withdrawn"),
    "changed": Word("event_changed", Booking.ACTIVE, "entry"),
    "event_cancelled": Word("event_cancelled", Booking.ACTIVE, "withdrawn"),
    "reminder": Word("event_reminder", (State.BOOKED,), "entry"),
}


@outbox.job(TELL)
def tell_booking(job: Job) -> None:
    """Mails one person; what was overtaken meanwhile is not sent, and nobody who waits gets how to join."""
    word = WORDS[job.payload["what"]]
    booking = Booking.objects.select_related("event", "user").get(pk=job.payload["booking"])
    event = booking.event
    if booking.state not in word.states:
        return
    if event.state == Event.State.CANCELLED and job.payload["what"] != "event_cancelled":
        return
    cancellation = booking.events.filter(kind="cancelled").last()
    called_off = event.changes.filter(kind="cancel").last()
    context = {"booking": booking, "event": event, "cancellation": cancellation, "called_off": called_off}
    send(word.template, [booking.user.email], context, attachments=_files(booking, word))


def _files(booking: Booking, word: Word) -> list[tuple[str, bytes, str]]:
    event, now = booking.event, timezone.now()
    if word.file == "entry" and booking.has_place:
        return [("event.ics", event_file(event, at=now), "text/calendar")]
    if word.file == "withdrawn" and booking.state != State.WAITING:
        return [("cancelled.ics", withdrawn_file(event, at=now), "text/calendar")]
    return []


@outbox.job(ASK)
def ask_evaluation(job: Job) -> None:
    """Asks somebody who came what they thought of it; nobody who was put down by mistake, or has answered."""
    asked = Booking.objects.filter(pk=job.payload["booking"], came=True, evaluation=None)
    if booking := asked.select_related("event", "user").first():
        send("event_evaluation", [booking.user.email], {"booking": booking, "event": booking.event})
