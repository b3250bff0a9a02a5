"""What comes round for events: a reminder some days before; what people told us for the day is forgotten later."""

import datetime as dt

from portal import outbox
from programmes.booking import TELL
from programmes.models import Booking, Event

REMIND_BEFORE = dt.timedelta(days=3)
# Diets and access needs were for the day; a question about it may still come in these weeks.
NEEDS_KEPT = dt.timedelta(days=30)


def remind(*, at: dt.datetime) -> None:
    """Reminds whoever has a place at an event of the next days: once for each time and place it is given."""
    soon = Event.objects.standing().filter(starts_at__gt=at, starts_at__lte=at + REMIND_BEFORE)
    rows = Booking.objects.booked().filter(event__in=soon.order_by().values("pk"))
    for pk, revision in rows.values_list("pk", "event__revision"):
        key = f"programmes.event_reminder:{pk}:{revision}"
        outbox.enqueue(TELL, {"booking": pk, "what": "reminder"}, at=at, key=key)


def forget_needs(*, at: dt.datetime) -> int:
    """Empties what people asked to have arranged, some weeks after the event; how many rows."""
    return Booking.objects.filter(event__ends_at__lt=at - NEEDS_KEPT).exclude(needs="").update(needs="")
