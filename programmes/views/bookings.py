"""One's own bookings: made, read, cancelled; the calendar file and feed, the certificate, the evaluation."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.views.files import PRIVATE
from programmes import calendar_links
from programmes.booking import BookingRefused, book, cancel_booking, turn_of
from programmes.calendars import CONTENT_TYPE, event_file, own_calendar
from programmes.evaluating import EvaluationRefused, evaluate
from programmes.event_access import may_book
from programmes.event_papers import certificate_pdf
from programmes.forms_event import BookingForm, EvaluationForm
from programmes.models import Booking, Event, EventMaterial


def _own(request: HttpRequest, pk: int) -> Booking:
    rows = Booking.objects.of(request.user).select_related(
        "event__region", "event__scheme", "event__collaborative", "user", "organisation"
    )
    return get_object_or_404(rows, pk=pk)


@login_required
def booking_list(request: HttpRequest) -> HttpResponse:
    """What is to come, then what is over, the latest first."""
    now = timezone.now()
    rows = list(Booking.objects.of(request.user).active().select_related("event").order_by("event__starts_at", "pk"))
    context = {
        "coming": [row for row in rows if row.event.ends_at > now],
        "past": [row for row in reversed(rows) if row.event.ends_at <= now and row.has_place],
        "now": now,
    }
    return render(request, "programmes/booking_list.html", context)


@login_required
def booking_create(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    if known := Booking.objects.of(request.user).active().filter(event=event).first():
        return redirect("programmes:booking_detail", known.pk)
    form = BookingForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        try:
            booking = book(event, **form.cleaned_data, by=request.user, at=timezone.now())
        except BookingRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("programmes:booking_detail", booking.pk)
    context = {
        "form": form,
        "event": event,
        "may_book": may_book(request.user, event),
        "takes_bookings": event.takes_bookings(timezone.now()),
        "clashes": _clashes(request, event),
    }
    return render(request, "programmes/booking_create.html", context)


def _clashes(request: HttpRequest, event: Event) -> list[Event]:
    """Other events at the same time at which they have a place: to be told, not to be refused."""
    mine = Event.objects.standing().filter(bookings__user=request.user, bookings__state=Booking.State.BOOKED)
    return list(mine.filter(starts_at__lt=event.ends_at, ends_at__gt=event.starts_at).exclude(pk=event.pk))


@login_required
def booking_detail(request: HttpRequest, pk: int) -> HttpResponse:
    booking, now = _own(request, pk), timezone.now()
    waits = booking.state == Booking.State.WAITING
    context: dict[str, Any] = {
        "booking": booking,
        "event": booking.event,
        "turn": turn_of(booking) if waits else None,
        "news": booking.has_news(now),
        "may_cancel": booking.is_active and booking.event.is_standing and now < booking.event.starts_at,
        "materials": EventMaterial.objects.visible_to(request.user).filter(event=booking.event),
        "evaluated": hasattr(booking, "evaluation"),
        "over": now >= booking.event.ends_at,
    }
    return render(request, "programmes/booking_detail.html", context)


@login_required
def booking_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    booking = _own(request, pk)
    refused = ""
    if request.method == "POST":
        try:
            cancel_booking(booking, by=request.user, at=timezone.now())
        except BookingRefused as error:
            refused = str(error)
        else:
            messages.success(request, "Your booking is cancelled. Thank you for telling us.")
            return redirect("programmes:booking_list")
    return render(request, "programmes/booking_cancel.html", {"booking": booking, "refused": refused})


@login_required
@require_safe
def booking_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The event as a file for one's calendar."""
    booking = _own(request, pk)
    if not booking.has_place:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="event-{booking.event_id}.ics"', **PRIVATE}
    return HttpResponse(event_file(booking.event, at=timezone.now()), content_type=CONTENT_TYPE, headers=headers)


@login_required
@require_safe
def booking_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    booking = _own(request, pk)
    if not booking.came:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="certificate-{booking.event_id}.pdf"', **PRIVATE}
    return HttpResponse(certificate_pdf(booking), content_type="application/pdf", headers=headers)


@login_required
def evaluation_create(request: HttpRequest, pk: int) -> HttpResponse:
    booking = _own(request, pk)
    if not booking.came:
        raise Http404
    form = EvaluationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            evaluate(booking, **form.cleaned_data, by=request.user, at=timezone.now())
        except EvaluationRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Thank you. The team reads your answers without your name.")
        return redirect("programmes:booking_detail", pk)
    if hasattr(booking, "evaluation"):
        return redirect("programmes:booking_detail", pk)
    return render(request, "programmes/evaluation_create.html", {"form": form, "booking": booking})


@login_required
def calendar_link(request: HttpRequest) -> HttpResponse:
    """The address of one's private feed; a post makes a new one and ends the one before."""
    if request.method == "POST":
        calendar_links.renew(request.user, at=timezone.now())
        messages.success(request, "Your calendar has a new address. The one before no longer works.")
        return redirect("programmes:calendar_link")
    token = calendar_links.token_of(request.user, at=timezone.now())
    path = reverse("programmes:own_feed", args=[token])
    context = {"address": settings.PORTAL_BASE_URL + path, "public": _public_feed()}
    return render(request, "programmes/calendar_link.html", context)


def _public_feed() -> str:
    return settings.PORTAL_BASE_URL + reverse("programmes:event_feed")


@require_safe
def own_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody has a place at, for their calendar, which cannot sign in: the address itself is the key."""
    owner = calendar_links.owner_of(token)
    if owner is None:
        raise Http404
    events = Event.objects.filter(bookings__user=owner, bookings__state=Booking.State.BOOKED)
    return HttpResponse(own_calendar(events, at=timezone.now()), content_type=CONTENT_TYPE, headers=PRIVATE)
