"""Events as everybody sees them: the list with its facets, one event, and the calendar of what is open."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmes import event_search
from programmes.booking import UNLIMITED, places_left
from programmes.calendars import CONTENT_TYPE, public_calendar
from programmes.event_access import may_book, may_run
from programmes.models import Booking, Event

PAGE_SIZE = 20
BELONGS = ("region", "scheme", "collaborative", "cohort", "network")  # what the page of an event names


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """What is to come, or with `past=1` what is over."""
    found = event_search.find(Event.objects.for_everybody(), request.GET, at=timezone.now())
    page = Paginator(found.ids, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = Event.objects.filter(pk__in=list(page)).counted().select_related("region", "scheme", "collaborative")
    by_pk = {event.pk: event for event in rows}
    mine = list(Booking.objects.of(request.user).active().filter(event__in=by_pk))
    context = {
        "found": found,
        "page": page,
        "events": [by_pk[pk] for pk in page if pk in by_pk],
        "placed": {booking.event_id for booking in mine if booking.has_place},
        "waiting": {booking.event_id for booking in mine if not booking.has_place},
        "now": timezone.now(),
    }
    return render(request, "programmes/event_list.html", context)


@require_safe
def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    events = Event.objects.visible_to(request.user).select_related(*BELONGS)
    event, now = get_object_or_404(events.counted(), pk=pk), timezone.now()
    booking = Booking.objects.of(request.user).active().filter(event=event).first()
    left = places_left(event)
    context = {
        "event": event,
        "booking": booking,
        "places_left": None if left == UNLIMITED else left,
        "takes_bookings": event.takes_bookings(now),
        "may_book": booking is None and may_book(request.user, event),
        "may_run": may_run(request.user, event),
        "over": now >= event.ends_at,
    }
    return render(request, "programmes/event_detail.html", context)


@require_safe
def event_feed(request: HttpRequest) -> HttpResponse:
    """The public list, for calendars that subscribe to it."""
    now = timezone.now()
    return HttpResponse(public_calendar(Event.objects.for_everybody().coming(now), at=now), content_type=CONTENT_TYPE)
