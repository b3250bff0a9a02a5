"""Who comes to an event as rows for a file."""

from collections.abc import Iterator

from django.utils import timezone

from portal.exporting import guarded
from programmes.models import Booking, Event

HEADER = ("Name", "Email", "Organisation", "State", "Asked on", "Came", "To arrange", "Why cancelled")


def people_table(event: Event) -> Iterator[tuple[str, ...]]:
    """Everybody who ever booked, those with a place first. Two queries."""
    yield HEADER
    rows = event.bookings.select_related("user", "organisation").prefetch_related("events")
    for booking in sorted(rows, key=lambda row: (ORDER.index(row.state), row.asked_at, row.pk)):
        yield (
            guarded(str(booking.user)),
            guarded(booking.user.email),
            guarded(str(booking.organisation or "")),
            STATES[booking.state],
            timezone.localdate(booking.asked_at).isoformat(),
            {True: "yes", False: "no", None: ""}[booking.came],
            guarded(booking.needs),
            guarded(_why(booking)),
        )


ORDER = [str(state) for state in (Booking.State.BOOKED, Booking.State.WAITING, Booking.State.CANCELLED)]
# As the team says it; the model's own words are the person's.
STATES = {"booked": "place", "waiting": "waiting list", "cancelled": "cancelled"}


def _why(booking: Booking) -> str:
    return next((step.reason for step in booking.events.all() if step.kind == "cancelled"), "")
