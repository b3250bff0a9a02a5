"""The agenda builder: add what waits, put it in order, take it off. Buttons only: it works from the keyboard."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from appointments.agenda import (
    add_applications,
    add_business,
    add_cohort,
    add_proposals,
    carry_over,
    proposals_waiting,
    remove_item,
    waiting_for_a_meeting,
)
from appointments.forms import AddApplicationsForm
from appointments.forms_agenda import AddProposalsForm, BusinessForm, ItemForm
from appointments.models import AgendaItem, Meeting
from appointments.preparing import AgendaRefused
from appointments.proposing import obstacles
from appointments.running import running_order
from appointments.sections import change_item, shift_item
from appointments.views import secretariat_only
from appointments.views.meetings import visible


def done(
    request: HttpRequest, meeting: int, act: Callable[..., Any], *args: Any, place: str = "", **said: Any
) -> HttpResponse:
    """Does one act on an agenda and goes back to it, with what was refused on top.

    `place` is where on the page: whoever moves an item down twice from the keyboard does not begin at the top again.
    """
    try:
        act(*args, **said, by=request.user)
    except AgendaRefused as refused:
        messages.error(request, str(refused))
        place = ""
    page = reverse("appointments:agenda_edit", args=[meeting])
    return redirect(f"{page}#{place}" if place else page)


@secretariat_only
def agenda_edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible(request, pk, state=Meeting.State.PLANNED)
    waiting = waiting_for_a_meeting(request.user).select_related("person", "intake__scheme", "region")
    form = AddApplicationsForm(request.POST or None, waiting=waiting)
    if request.method == "POST" and form.is_valid():
        act = add_cohort if "together" in request.POST else add_applications
        return done(request, pk, act, meeting, form.cleaned_data["applications"], at=timezone.now())
    items = AgendaItem.objects.listed_for(request.user).filter(meeting=meeting).select_related("decision")
    order = running_order(meeting, items, with_empty=True)
    context = {
        "meeting": meeting,
        "order": order,
        "form": form,
        "proposals": proposals_waiting(request.user).count(),
        "to_carry_over": AgendaItem.objects.listed_for(request.user)
        .to_carry_over()
        .filter(meeting__committee=meeting.committee)
        .exclude(meeting=meeting)
        .select_related("meeting__committee"),
    }
    return render(request, "appointments/agenda_edit.html", context)


@secretariat_only
def proposals_add(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposals that are ready, and what the others still lack."""
    meeting = visible(request, pk, state=Meeting.State.PLANNED)
    waiting = proposals_waiting(request.user).select_related("seat__board", "person", "tenure")
    lacking = {proposal: obstacles(proposal, day=meeting.day) for proposal in waiting}
    form = AddProposalsForm(request.POST or None, ready=[p for p in waiting if not lacking[p]])
    if request.method == "POST" and form.is_valid():
        return done(request, pk, add_proposals, meeting, form.cleaned_data["proposals"], at=timezone.now())
    not_ready = [(proposal, said) for proposal, said in lacking.items() if said]
    context = {"meeting": meeting, "form": form, "not_ready": not_ready}
    return render(request, "appointments/proposals_add.html", context)


@secretariat_only
@require_POST
def item_carry(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Business of an earlier meeting or round comes before this one."""
    meeting = visible(request, pk)
    return done(request, pk, carry_over, _listed(request, item), meeting, at=timezone.now())


@secretariat_only
def business_add(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible(request, pk, state=Meeting.State.PLANNED)
    form = BusinessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return done(request, pk, add_business, meeting, **form.cleaned_data, at=timezone.now())
    return render(request, "appointments/business_add.html", {"meeting": meeting, "form": form})


def _listed(request: HttpRequest, pk: int) -> AgendaItem:
    items = AgendaItem.objects.listed_for(request.user).select_related("meeting__committee")
    return get_object_or_404(items, pk=pk)


@secretariat_only
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = _listed(request, pk)
    form = ItemForm(request.POST or None, item=item)
    if request.method == "POST" and form.is_valid():
        return done(request, item.meeting_id, change_item, item, **form.cleaned_data, place=f"item-{pk}")
    return render(request, "appointments/item_edit.html", {"item": item, "form": form})


@secretariat_only
@require_POST
def item_shift(request: HttpRequest, pk: int) -> HttpResponse:
    item = _listed(request, pk)
    earlier = request.POST.get("direction") == "up"
    return done(request, item.meeting_id, shift_item, item, earlier=earlier, place=f"item-{pk}")


@secretariat_only
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked first: what was written about business is gone with it."""
    item = _listed(request, pk)
    if request.method != "POST":
        back = reverse("appointments:agenda_edit", args=[item.meeting_id])
        context = {
            "item": item,
            "meeting": item.meeting,
            "back": back,
            "appendices": item.appendices.standing().count(),
        }
        return render(request, "appointments/item_remove.html", context)
    return done(request, item.meeting_id, remove_item, item, at=timezone.now())
