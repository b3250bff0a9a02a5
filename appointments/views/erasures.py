"""Erasing the words of a decision or of a row of the register at a person's wish: the talent team, after a warning."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from appointments.erasing import ErasureRefused, erase_text
from appointments.forms_erasure import ErasureForm
from appointments.models import Appointment, Decision
from appointments.views import secretariat_only
from appointments.views.acting import form_then_act
from talent.models import Person


@secretariat_only
def decision_erase(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Decision.objects.visible_to(request.user).exclude(reason="").select_related("item", "meeting__committee")
    return _erase(request, get_object_or_404(rows, pk=pk), back=reverse("appointments:decision_list"))


@secretariat_only
def appointment_erase(request: HttpRequest, pk: int) -> HttpResponse:
    """What a correction says in words; the row that a decision made names only the decision."""
    them = Person.objects.of_user(request.user).values("pk")
    rows = Appointment.objects.visible_to(request.user).exclude(reason="").exclude(person__in=them)
    rows = rows.exclude(corrects=None).select_related("person", "seat__board")
    return _erase(request, get_object_or_404(rows, pk=pk), back=reverse("appointments:appointment_detail", args=[pk]))


def _erase(request: HttpRequest, row: Any, *, back: str) -> HttpResponse:
    def act(form: ErasureForm) -> str:
        erase_text(row, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        messages.success(request, "The words are erased. What was decided stands, and the register is whole.")
        return back

    context = {"row": row, "back": back}
    return form_then_act(
        request, ErasureForm(request.POST or None), act, ErasureRefused, "appointments/text_erase.html", context
    )
