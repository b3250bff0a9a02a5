"""The register of appointments: the list, the list as a file, one appointment with its history, its letter."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from appointments import register
from appointments.access import may_correct_appointment
from appointments.filters import AppointmentFilter
from appointments.models import Appointment, Decision, Letter
from appointments.views import board_only
from portal.access import access_of
from portal.views.files import PRIVATE, as_file

PAGE_SIZE = 25


def _asked(request: HttpRequest) -> AppointmentFilter:
    rows = Appointment.objects.visible_to(request.user)
    return AppointmentFilter(request.GET, queryset=rows, user=request.user)


@board_only
def appointment_list(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    page = Paginator(register.in_order(asked.qs), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": asked.form, "page": page, "query": request.GET.urlencode()}
    return render(request, "appointments/appointment_list.html", context)


@board_only
def appointment_export(request: HttpRequest) -> HttpResponseBase:
    """What the list shows, whole: CSV, or a workbook with `format=xlsx`."""
    name = f"appointments-{timezone.localdate().isoformat()}"
    return as_file(request, register.table(_asked(request).qs), name=name, title="Appointments")


@board_only
def appointment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible(request, pk)
    decision = Decision.objects.visible_to(request.user).filter(pk=row.decision_id)
    entries = register.history(row)
    last, corrects = entries[-1].row, may_correct_appointment(request.user, row)
    context: dict[str, Any] = {
        "appointment": row,
        "entries": entries,
        "standing": last,
        "pay": register.in_words(row.remuneration),
        "is_last": last == row,
        "decision": decision.select_related("meeting__committee", "item").first(),
        "letter": Letter.objects.visible_to(request.user).filter(decision=row.decision_id).first(),
        "may_read_reasons": access_of(request.user).is_talent_staff,
        "may_erase": corrects,
        "may_correct": last == row and not row.cancelled and corrects,
    }
    return render(request, "appointments/appointment_detail.html", context)


def visible(request: HttpRequest, pk: int) -> Appointment:
    rows = Appointment.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("person", "seat__board__region", "tenure", "decision"), pk=pk)


@login_required
def appointment_letter(request: HttpRequest, pk: int) -> FileResponse:
    """The letter that followed the decision: the appointed person's own, or for talent staff in their scope."""
    letters = Letter.objects.visible_to(request.user).filter(decision__appointments=pk)
    letter = get_object_or_404(letters.distinct())
    name = f"decision-{letter.decision.number}.pdf"
    return FileResponse(letter.file.open("rb"), content_type="application/pdf", filename=name, headers=PRIVATE)
