"""The agenda builder: add what waits, put it in order, take it off. Buttons only: it works from the keyboard."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from appointments.agenda import (
    AgendaRefused,
    add_applications,
    add_business,
    remove_item,
    shift_item,
    waiting_for_a_meeting,
)
from appointments.forms import AddApplicationsForm, BusinessForm
from appointments.models import AgendaItem, Meeting
from appointments.views import secretariat_only
from appointments.views.meetings import visible


@secretariat_only
def agenda_edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible(request, pk, state=Meeting.State.PLANNED)
    waiting = waiting_for_a_meeting(request.user).select_related("person", "intake__scheme", "region")
    form = AddApplicationsForm(request.POST or None, waiting=waiting)
    if request.method == "POST" and form.is_valid():
        try:
            add_applications(meeting, form.cleaned_data["applications"], by=request.user, at=timezone.now())
        except AgendaRefused as refused:
            messages.error(request, str(refused))
        return redirect("appointments:agenda_edit", pk=pk)
    items = AgendaItem.objects.listed_for(request.user).filter(meeting=meeting).select_related("decision")
    return render(request, "appointments/agenda_edit.html", {"meeting": meeting, "items": items, "form": form})


@secretariat_only
def business_add(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible(request, pk, state=Meeting.State.PLANNED)
    form = BusinessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_business(meeting, **form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("appointments:agenda_edit", pk=pk)
    return render(request, "appointments/business_add.html", {"meeting": meeting, "form": form})


def _listed(request: HttpRequest, pk: int) -> AgendaItem:
    return get_object_or_404(AgendaItem.objects.listed_for(request.user).select_related("meeting"), pk=pk)


@secretariat_only
@require_POST
def item_shift(request: HttpRequest, pk: int) -> HttpResponse:
    item = _listed(request, pk)
    try:
        shift_item(item, earlier=request.POST.get("direction") == "up", by=request.user)
    except AgendaRefused as refused:
        messages.error(request, str(refused))
    return redirect("appointments:agenda_edit", pk=item.meeting_id)


@secretariat_only
@require_POST
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    item = _listed(request, pk)
    try:
        remove_item(item, by=request.user, at=timezone.now())
    except AgendaRefused as refused:
        messages.error(request, str(refused))
    return redirect("appointments:agenda_edit", pk=item.meeting_id)
