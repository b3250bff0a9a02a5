"""One person's time in one seat: its record, its end, and a foundation trust's notice of somebody new."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments.access import may_change_board, may_correct, may_see_fitness
from appointments.forms_board import NoticeForm, TenureEndForm
from appointments.models import Appointment, Seat, Tenure, TenureEvent
from appointments.notices import give_notice
from appointments.seating import SeatingRefused, leave_seat
from appointments.views import board_only
from appointments.views.acting import goes_on
from portal.models import Organisation


def _visible(request: HttpRequest, pk: int) -> Tenure:
    tenures = Tenure.objects.visible_to(request.user).select_related("seat__board__region", "person")
    return get_object_or_404(tenures, pk=pk)


@board_only
def tenure_detail(request: HttpRequest, pk: int) -> HttpResponse:
    tenure = _visible(request, pk)
    context = {
        "tenure": tenure,
        "events": _events(request, tenure),
        "appointments": Appointment.objects.visible_to(request.user).standing().filter(tenure=tenure).order_by("pk"),
        "may_change": may_change_board(request.user, tenure.seat.board),
        "may_correct": may_correct(request.user, tenure),
        "elsewhere": Tenure.objects.visible_to(request.user)
        .filter(person=tenure.person)
        .exclude(pk=pk)
        .select_related("seat__board")
        .order_by("-starts_on"),
    }
    return render(request, "appointments/tenure_detail.html", context)


def _events(request: HttpRequest, tenure: Tenure) -> QuerySet[TenureEvent]:
    """Pay is for those who are shown the board's."""
    events = tenure.events.select_related("by")
    return events if may_see_fitness(request.user, tenure.seat.board) else events.exclude(kind=TenureEvent.Kind.PAID)


@board_only
def tenure_end(request: HttpRequest, pk: int) -> HttpResponse:
    """First how it ends, then a page to confirm it; only the second writes."""
    tenure = _visible(request, pk)
    if not may_change_board(request.user, tenure.seat.board):
        raise PermissionDenied
    form = TenureEndForm(request.POST or None, tenure=tenure)
    context = {"tenure": tenure, "form": form}
    if not goes_on(request, form):
        return render(request, "appointments/tenure_end.html", context)
    if "confirm" not in request.POST:
        kind = Tenure.End(form.cleaned_data["kind"]).label
        return render(request, "appointments/tenure_end_confirm.html", {**context, "kind": kind})
    try:
        leave_seat(tenure, **form.cleaned_data, by=request.user, at=timezone.now())
    except SeatingRefused as refused:
        form.add_error(None, str(refused))
        return render(request, "appointments/tenure_end.html", context)
    messages.success(request, f"Recorded: {tenure.person} leaves the board.")
    return redirect("appointments:tenure_detail", pk)


@board_only
def notice_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Foundation trusts' seats only: nothing here is an appointment by the body."""
    seats = Seat.objects.visible_to(request.user).select_related("board__region")
    seat = get_object_or_404(seats, pk=pk, board__kind=Organisation.Kind.FOUNDATION_TRUST)
    if not may_change_board(request.user, seat.board):
        raise PermissionDenied
    form = NoticeForm(request.POST or None, seat=seat)
    context = {"seat": seat, "form": form}
    if not goes_on(request, form):
        return render(request, "appointments/notice_create.html", context)
    if "confirm" not in request.POST:
        return render(request, "appointments/notice_confirm.html", context)
    try:
        tenure = give_notice(seat, **form.cleaned_data, by=request.user, at=timezone.now())
    except SeatingRefused as refused:
        form.add_error(None, str(refused))
        return render(request, "appointments/notice_create.html", context)
    messages.success(request, f"Recorded: {tenure.person} sits on the board.")
    return redirect("appointments:board_detail", seat.board.ods_code)
