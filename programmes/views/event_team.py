"""Events as the team runs them: planned, changed, moved on, filled, and who came."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.access import requires_role
from portal.files import FileRefused
from portal.models import User
from portal.numbers import typed_number
from portal.uploads import form_with_file, limited_uploads
from portal.views.files import PRIVATE, as_download, as_file
from programmes import convening
from programmes.booking import BookingRefused, book_everyone, cancel_booking
from programmes.convening import EventRefused
from programmes.evaluating import results_of
from programmes.event_access import may_run
from programmes.event_lists import people_table
from programmes.event_papers import sheet_pdf
from programmes.forms_event import (
    COHORT,
    NETWORK,
    EventAttendanceForm,
    EventForm,
    MaterialForm,
    ReasonForm,
    event_initial,
)
from programmes.models import Booking, Event, EventMaterial
from programmes.models.event import RUNNER_ROLES
from programmes.views.events import BELONGS

PAGE_SIZE = 50

runners_only = requires_role(*RUNNER_ROLES)


def event_runner(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For whoever runs the event: fetched scoped; those who only see it get 403."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Event.objects.visible_to(request.user).select_related(*BELONGS)
        event = get_object_or_404(rows, pk=pk)
        if not may_run(request.user, event):
            raise PermissionDenied
        return view(request, event, *args, **kwargs)

    return guarded


@runners_only
def event_team_list(request: HttpRequest) -> HttpResponse:
    """Those that `user` runs: what stands first, by its day, then what is over or called off, the latest first."""
    later = Case(When(state__in=(Event.State.DRAFT, *Event.STANDING), then=Value(0)), default=Value(1))
    rows = Event.objects.run_by(request.user).counted().select_related(*BELONGS)
    ordered = rows.order_by(later, "starts_at", "pk")
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "programmes/event_team_list.html", {"page": page, "now": timezone.now()})


@runners_only
def event_create(request: HttpRequest) -> HttpResponse:
    initial = {"audience": Event.Audience.EVERYBODY, "contact_email": request.user.email}
    for kind, group in ((Event.Kind.SESSION, COHORT), (Event.Kind.MEETING, NETWORK)):
        if key := typed_number(request.GET.get(group), default=0):
            initial |= {"belongs_to": f"{group}-{key}", "audience": Event.Audience.GROUP, "kind": kind}
    form = EventForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            event = convening.plan_event(form.facts(), by=request.user, at=timezone.now())
        except EventRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("programmes:event_people", event.pk)
    return render(request, "programmes/event_create.html", {"form": form})


@event_runner
def event_edit(request: HttpRequest, event: Event) -> HttpResponse:
    form = EventForm(request.POST or None, user=request.user, initial=event_initial(event))
    if request.method == "POST" and form.is_valid():
        try:
            convening.change_event(event, form.facts(), by=request.user, at=timezone.now())
        except EventRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Your changes are saved.")
            return redirect("programmes:event_people", event.pk)
    return render(request, "programmes/event_edit.html", {"form": form, "event": event})


@event_runner
def event_step(request: HttpRequest, event: Event, kind: str) -> HttpResponse:
    """Confirms one step of the event, with the reason where people read one."""
    step = next((step for step in convening.steps_for(event) if step.kind == kind), None)
    if step is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data, label="Why? Everybody who booked reads it", required=step.needs_reason)
    if not step.needs_reason:
        del form.fields["reason"]
    if form.is_bound and form.is_valid():
        try:
            convening.move_event(event, kind, **form.cleaned_data, by=request.user, at=timezone.now())
        except EventRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("programmes:event_people", event.pk)
    context = {"form": form, "event": event, "step": step, "booked": event.bookings.active().count()}
    return render(request, "programmes/event_step.html", context)


@event_runner
def event_people(request: HttpRequest, event: Event) -> HttpResponse:
    """The team's page of one event: who comes, who waits, what to do next."""
    rows = event.bookings.active().select_related("user", "organisation").order_by("asked_at", "pk")
    bookings, begun = list(rows), timezone.now() >= event.starts_at
    context = {
        "event": event,
        "booked": [row for row in bookings if row.has_place],
        "waiting": [row for row in bookings if not row.has_place],
        "steps": convening.steps_for(event),
        "begun": begun,
        "may_record": begun and event.state in (*Event.STANDING, Event.State.HELD),
        "materials": event.materials.shown(),
        "changes": event.changes.select_related("by"),
        "may_edit": event.state in (Event.State.DRAFT, *Event.STANDING),
    }
    return render(request, "programmes/event_people.html", context)


@event_runner
@require_safe
def event_export(request: HttpRequest, event: Event) -> HttpResponseBase:
    return as_file(request, people_table(event), name=f"event-{event.pk}", title="People")


@event_runner
@require_safe
def event_sheet(request: HttpRequest, event: Event) -> HttpResponse:
    """The sheet to sign at the door, as a PDF."""
    headers = {"Content-Disposition": f'inline; filename="sheet-{event.pk}.pdf"', **PRIVATE}
    return HttpResponse(sheet_pdf(event), content_type="application/pdf", headers=headers)


@event_runner
def event_attendance(request: HttpRequest, event: Event) -> HttpResponse:
    rows = list(event.bookings.booked().select_related("user").order_by("user__sort_name", "pk"))
    people = [(row.pk, str(row.user)) for row in rows]
    came = [row.pk for row in rows if row.came]
    # Nobody ticked is an answer, too: the form is sent without a field.
    data = request.POST if request.method == "POST" else None
    form = EventAttendanceForm(data, people=people, initial={"came": came})
    if form.is_bound and form.is_valid():
        try:
            convening.record_attendance(event, came=form.said(), by=request.user, at=timezone.now())
        except EventRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Attendance is recorded.")
            return redirect("programmes:event_people", event.pk)
    return render(request, "programmes/event_attendance.html", {"form": form, "event": event, "people": people})


@event_runner
@require_POST
def event_book_all(request: HttpRequest, event: Event) -> HttpResponse:
    """Books everybody of the event's cohort who has an account."""
    users = User.objects.filter(person__participations__cohort=event.cohort_id, is_active=True).distinct()
    if event.cohort_id is None:
        raise Http404
    try:
        made = book_everyone(event, list(users), by=request.user, at=timezone.now())
    except BookingRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Booked: {len(made)}. Each of them is told by mail.")
    return redirect("programmes:event_people", event.pk)


@login_required
def booking_strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes somebody off the list, with the reason that they read."""
    rows = Booking.objects.run_by(request.user).active().select_related("event", "user")
    booking = get_object_or_404(rows, pk=pk)
    form = ReasonForm(request.POST or None, label="Why? The person reads it")
    if request.method == "POST" and form.is_valid():
        try:
            cancel_booking(booking, **form.cleaned_data, by=request.user, at=timezone.now())
        except BookingRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{booking.user} is off the list and is told by mail.")
            return redirect("programmes:event_people", booking.event_id)
    return render(request, "programmes/booking_strike.html", {"form": form, "booking": booking})


@limited_uploads
@event_runner
def material_add(request: HttpRequest, event: Event) -> HttpResponse:
    form = form_with_file(MaterialForm, request)
    if form.is_valid():
        title, upload = form.cleaned_data["title"], form.cleaned_data["file"]
        try:
            convening.add_material(event, upload, title=title, by=request.user, at=timezone.now())
        except (FileRefused, EventRefused) as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("programmes:event_people", event.pk)
    return render(request, "programmes/material_add.html", {"form": form, "event": event})


@login_required
@require_safe
def material_download(request: HttpRequest, pk: int) -> FileResponse:
    material = get_object_or_404(EventMaterial.objects.visible_to(request.user), pk=pk)
    return as_download(material.file, title=material.title, content_type=material.content_type)


@login_required
@require_POST
def material_remove(request: HttpRequest, pk: int) -> HttpResponse:
    material = get_object_or_404(EventMaterial.objects.visible_to(request.user).select_related("event"), pk=pk)
    convening.remove_material(material, by=request.user, at=timezone.now())
    messages.success(request, f"Taken off: {material}.")
    return redirect("programmes:event_people", material.event_id)


@event_runner
@require_safe
def event_results(request: HttpRequest, event: Event) -> HttpResponse:
    return render(request, "programmes/event_results.html", {"event": event, "results": results_of([event])})
