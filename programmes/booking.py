"""Acts on bookings: a place or a turn in the queue, cancelled again, and the queue that moves up by itself."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal import outbox
from portal.access import access_of
from portal.models import Organisation, User
from programmes.event_access import may_book, may_run
from programmes.models import Booking, BookingEvent, Event

State, Kind = Booking.State, BookingEvent.Kind

# Mails what became of a booking (programmes/jobs.py).
TELL = "programmes.tell_booking"
# So long has somebody who moved up to say that they do not come, unless the event begins before.
TIME_TO_DECLINE = dt.timedelta(days=3)


class BookingRefused(Exception):
    """The event does not allow it; `str()` is fit for the screen."""


@transaction.atomic
def book(
    event: Event, *, by: User, at: dt.datetime, organisation: Organisation | None = None, needs: str = ""
) -> Booking:
    """A place, or when all are taken the last turn in the queue; a mail says which. Raises BookingRefused.

    Whoever books at the same moment waits for the event's row, so a place is given once.
    """
    row = lock_event(event)
    if not may_book(by, row):
        raise PermissionDenied
    if not row.takes_bookings(at):
        raise BookingRefused("Booking is closed." if row.state != Event.State.CANCELLED else "This event is cancelled.")
    if row.bookings.active().filter(user=by).exists():
        raise BookingRefused("You have booked this already.")
    if organisation is not None and organisation.pk not in access_of(by, at=at).organisation_ids:
        raise BookingRefused("Choose an organisation that you act for.")
    # Those who wait go first, even where a place has just come free.
    has_room = places_left(row) > 0 and not row.bookings.waiting().exists()
    booking = Booking.objects.create(
        event=row,
        user=by,
        organisation=organisation,
        needs=needs.strip(),
        state=State.BOOKED if has_room else State.WAITING,
        asked_at=at,
    )
    _write(booking, Kind.BOOKED if has_room else Kind.QUEUED, by=by, at=at)
    return booking


@transaction.atomic
def book_everyone(event: Event, users: list[User], *, by: User, at: dt.datetime) -> list[Booking]:
    """Places for people who are expected anyway, such as a cohort's; those who have one keep it.

    Raises BookingRefused when there are fewer places than people.
    """
    row = lock_event(event)
    if not may_run(by, row):
        raise PermissionDenied
    if not row.is_standing:
        raise BookingRefused(f"The event is “{row.get_state_display().lower()}”.")
    known = set(row.bookings.active().values_list("user", flat=True))
    new = [user for user in users if user.pk not in known]
    if places_left(row) < len(new):
        raise BookingRefused(f"There are not enough places: {len(new)} people have none yet.")
    made = Booking.objects.bulk_create([Booking(event=row, user=user, state=State.BOOKED, asked_at=at) for user in new])
    for booking in made:
        _write(booking, Kind.BOOKED, by=by, at=at)
    return made


@transaction.atomic
def cancel_booking(booking: Booking, *, by: User, at: dt.datetime, reason: str = "") -> Booking:
    """Gives up a place or a turn: by the person, or by who runs the event, with the reason. The queue moves up."""
    event = lock_event(booking.event)
    row = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if row.user_id != by.pk:
        if not may_run(by, event):
            raise PermissionDenied
        if not reason.strip():
            raise BookingRefused("Say why: the person reads it.")
    if not row.is_active:
        raise BookingRefused("This booking is cancelled already.")
    if not event.is_standing or at >= event.starts_at:
        raise BookingRefused("The event has begun or is over, so the booking stays as it is.")
    row.state, row.decline_by = State.CANCELLED, None
    row.save(update_fields=["state", "decline_by"])
    _write(row, Kind.CANCELLED, by=by, at=at, reason=reason)
    move_up(event, at=at)
    return row


def move_up(event: Event, *, at: dt.datetime) -> list[Booking]:
    """Gives free places to those who asked first, in the caller's transaction, which holds the event's row."""
    if not event.is_standing or at >= event.starts_at:
        return []
    waiting = event.bookings.waiting()
    left = places_left(event)
    moved = list(waiting if left == UNLIMITED else waiting[: max(left, 0)])
    for booking in moved:
        booking.state = State.BOOKED
        booking.decline_by = min(at + TIME_TO_DECLINE, event.starts_at)
        booking.save(update_fields=["state", "decline_by"])
        _write(booking, Kind.MOVED_UP, by=None, at=at)
    return moved


UNLIMITED = 1_000_000


def places_left(event: Event) -> int:
    """How many can still be given; negative never, for the capacity is not set below what is taken. One query."""
    return UNLIMITED if event.capacity is None else event.capacity - event.bookings.booked().count()


def lock_event(event: Event) -> Event:
    """The event's row, for this transaction alone: places are counted and given under it."""
    rows = Event.objects.select_for_update(of=("self",)).select_related("cohort", "collaborative", "network", "scheme")
    return rows.get(pk=event.pk)


def turn_of(booking: Booking) -> int:
    """How many stand before somebody who waits, themselves included. One query."""
    ahead = booking.event.bookings.waiting().values_list("pk", flat=True)
    return list(ahead).index(booking.pk) + 1


def _write(booking: Booking, kind: BookingEvent.Kind, *, by: User | None, at: dt.datetime, reason: str = "") -> None:
    BookingEvent.objects.create(booking=booking, kind=kind, by=by, at=at, reason=reason.strip())
    outbox.enqueue(TELL, {"booking": booking.pk, "what": kind.value}, at=at)
