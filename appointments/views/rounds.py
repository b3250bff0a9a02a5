"""Decisions by correspondence: a round planned, sent, closed; a member asks that an item waits for a meeting."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from appointments.correspondence import ask_to_wait, close_round, move_closing, plan_round, send_round
from appointments.forms import RoundForm, RoundMoveForm, WaitForm
from appointments.models import Meeting
from appointments.preparing import AgendaRefused
from appointments.views import committee_only, secretariat_only
from appointments.views.acting import form_then_act
from appointments.views.items import visible as visible_item
from appointments.views.meetings import visible

ROUND = Meeting.Mode.CORRESPONDENCE


@secretariat_only
def round_create(request: HttpRequest) -> HttpResponse:
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        meeting = plan_round(said["committee"], closes_at=said["starts_at"], by=request.user, at=timezone.now())
        return redirect("appointments:agenda_edit", pk=meeting.pk)
    return render(request, "appointments/round_create.html", {"form": form})


def _confirmed(
    request: HttpRequest, meeting: Meeting, act: Callable[..., Any], done: str, template: str
) -> HttpResponse:
    """A page to confirm, then the act."""
    if request.method != "POST":
        return render(request, template, {"meeting": meeting})
    try:
        act(meeting, by=request.user, at=timezone.now())
        messages.success(request, done)
    except AgendaRefused as refused:
        messages.error(request, str(refused))
    return redirect("appointments:meeting_detail", pk=meeting.pk)


@secretariat_only
def round_send(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible(request, pk, mode=ROUND)
    said = "The round is open. Each member is being told."
    return _confirmed(request, meeting, send_round, said, "appointments/round_send.html")


@secretariat_only
def round_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another closing time, with its reason."""
    meeting = visible(request, pk, mode=ROUND, state=Meeting.State.PLANNED)
    local = timezone.localtime(meeting.closes_at)
    form = RoundMoveForm(request.POST or None, initial={"day": local.date(), "time": local.strftime("%H:%M")})

    def act(form: RoundMoveForm) -> str:
        said = form.cleaned_data
        until = {"closes_at": said["starts_at"], "reason": said["reason"]}
        move_closing(meeting, **until, by=request.user, at=timezone.now())
        messages.success(request, "The closing time is changed." + (" Members are told." if meeting.sent_at else ""))
        return meeting_page(pk)

    return form_then_act(request, form, act, AgendaRefused, "appointments/round_move.html", {"meeting": meeting})


def meeting_page(pk: int) -> str:
    return reverse("appointments:meeting_detail", args=[pk])


@committee_only
def round_close(request: HttpRequest, pk: int) -> HttpResponse:
    """For the secretariat and whoever chairs: the act asks."""
    meeting = visible(request, pk, mode=ROUND)
    return _confirmed(request, meeting, close_round, "The round is closed.", "appointments/round_close.html")


@committee_only
def item_wait(request: HttpRequest, pk: int) -> HttpResponse:
    item = visible_item(request, pk)

    def act(form: WaitForm) -> str:
        ask_to_wait(item, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The item waits for a meeting.")
        return meeting_page(item.meeting_id)

    form = WaitForm(request.POST or None)
    return form_then_act(request, form, act, AgendaRefused, "appointments/item_wait.html", {"item": item})
