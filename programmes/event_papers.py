"""Papers of events: the certificate of whoever came, and the sheet that is signed at the door."""

from typing import Any

from django.template.loader import render_to_string

from portal.pdf import html_to_pdf
from programmes.models import Booking, Event


def certificate_facts(booking: Booking) -> dict[str, Any]:
    """The booking comes with its event, user and organisation. No query."""
    event = booking.event
    minutes = round((event.ends_at - event.starts_at).total_seconds() / 60)
    one_day = event.day == event.last_day
    return {
        "name": str(booking.user),
        "organisation": str(booking.organisation or ""),
        "event": event,
        "programme": str(event.scheme or event.collaborative or ""),
        "hours": f"{minutes / 60:.1f}".removesuffix(".0") if one_day else "",
        # Enough for the team to find it again.
        "reference": f"E{event.pk}-{booking.pk}",
    }


def certificate_pdf(booking: Booking) -> bytes:
    facts = certificate_facts(booking)
    html = render_to_string("papers/certificate.html", facts)
    return html_to_pdf(html, title=f"Certificate of attendance: {booking.event}")


def sheet_facts(event: Event) -> dict[str, Any]:
    """Who has a place, by name. One query."""
    rows = event.bookings.booked().select_related("user", "organisation").order_by("user__sort_name", "pk")
    return {"event": event, "bookings": list(rows)}


def sheet_pdf(event: Event) -> bytes:
    return html_to_pdf(render_to_string("papers/attendance_sheet.html", sheet_facts(event)), title=f"Sheet: {event}")
