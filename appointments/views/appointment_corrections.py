"""Putting a row of the register right or taking it back: asked, shown beside what stands, then entered as a new row."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from appointments import register
from appointments.access import may_correct_appointment
from appointments.appointing import AppointingRefused, correct_appointment, rehearse_correction
from appointments.forms_appointment import AppointmentCorrectForm, AppointmentTakeBackForm
from appointments.models import Appointment
from appointments.views import secretariat_only
from appointments.views.acting import goes_on
from appointments.views.register import visible
from appointments.years import ReportingYear


@secretariat_only
def appointment_correct(request: HttpRequest, pk: int) -> HttpResponse:
    row = _correctable(request, pk)
    form = AppointmentCorrectForm(request.POST or None, appointment=row)
    page = "appointments/appointment_correct.html"
    if not goes_on(request, form):
        return render(request, page, {"appointment": row, "form": form})
    return _asked(request, row, form, page, {**form.facts(), "reason": form.cleaned_data["reason"]})


@secretariat_only
def appointment_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    row = _correctable(request, pk)
    form = AppointmentTakeBackForm(request.POST or None)
    page = "appointments/appointment_take_back.html"
    if not goes_on(request, form):
        return render(request, page, {"appointment": row, "form": form})
    return _asked(request, row, form, page, {"cancelled": True, "reason": form.cleaned_data["reason"]})


def _correctable(request: HttpRequest, pk: int) -> Appointment:
    row = visible(request, pk)
    if not may_correct_appointment(request.user, row):
        raise PermissionDenied
    return row


def _asked(request: HttpRequest, row: Appointment, form: Form, page: str, said: dict[str, Any]) -> HttpResponse:
    """The first time it is tried and shown; the second, confirmed, it is entered."""
    act, context = {"by": request.user, "at": timezone.now(), **said}, {"appointment": row, "form": form}
    confirmed = "confirm" in request.POST
    try:
        if not confirmed:
            rehearse_correction(row, **act)
            return render(request, "appointments/appointment_correct_confirm.html", {**context, **_shown(row, said)})
        entered = correct_appointment(row, **act)
    except AppointingRefused as refused:
        form.add_error(None, str(refused))
        return render(request, page, context)
    messages.success(request, "Taken back." if entered.cancelled else "Corrected. The row before it is kept below.")
    return redirect("appointments:appointment_detail", entered.pk)


def _shown(row: Appointment, said: dict[str, Any]) -> dict[str, Any]:
    """What changes, and in which years' reports."""
    if said.get("cancelled"):
        return {"changes": (), "cancelled": True, "years": [ReportingYear.of(row.decided_on)]}
    years = {ReportingYear.of(row.decided_on), ReportingYear.of(said["decided_on"])}
    moved = sorted(years) if len(years) > 1 else []
    return {"changes": register.changes(row, {**register.facts_of(row), **said}), "cancelled": False, "years": moved}
