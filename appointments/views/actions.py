"""The action log: what is open, add, change, done, cancel."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments.access import is_secretariat
from appointments.actions import ActionRefused, add_action, cancel_action, change_action, finish_action
from appointments.forms_action import ActionCancelForm, ActionChangeForm, ActionDoneForm, ActionForm
from appointments.models import CommitteeAction
from appointments.views import committee_only, secretariat_only
from appointments.views.meetings import visible
from portal.forms import PortalForm


@committee_only
def action_list(request: HttpRequest) -> HttpResponse:
    """Open ones first to be due on top; the others behind, the latest first."""
    actions = CommitteeAction.objects.visible_to(request.user).select_related("owner", "meeting__committee", "item")
    settled = actions.exclude(state=CommitteeAction.State.OPEN).prefetch_related("events").order_by("-due_on", "-pk")
    context = {
        "open": actions.open(),
        "page": Paginator(settled, 50).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
        "is_secretariat": is_secretariat(request.user),
    }
    return render(request, "appointments/action_list.html", context)


@secretariat_only
def action_add(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible(request, pk)
    form = ActionForm(request.POST or None, meeting=meeting, reader=request.user, at=timezone.now())
    if request.method == "POST" and form.is_valid():
        try:
            add_action(meeting, **form.cleaned_data, by=request.user, at=timezone.now())
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("appointments:meeting_detail", pk=pk)
    return render(request, "appointments/action_add.html", {"form": form, "meeting": meeting})


def _action(request: HttpRequest, pk: int) -> CommitteeAction:
    """One that the user may settle, still open."""
    actions = CommitteeAction.objects.visible_to(request.user).open().select_related("meeting__committee", "owner")
    if not is_secretariat(request.user):
        actions = actions.owned_by(request.user)
    return get_object_or_404(actions, pk=pk)


def _settled(
    request: HttpRequest, action: CommitteeAction, form: PortalForm, act: Callable[..., Any], template: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act(action, **form.cleaned_data, by=request.user, at=timezone.now())
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The action log is up to date.")
            return redirect("appointments:action_list")
    return render(request, template, {"form": form, "action": action})


@committee_only
def action_finish(request: HttpRequest, pk: int) -> HttpResponse:
    # A note may be left empty, so the form is bound by the method.
    form = ActionDoneForm(request.POST if request.method == "POST" else None)
    return _settled(request, _action(request, pk), form, finish_action, "appointments/action_finish.html")


@secretariat_only
def action_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    form = ActionCancelForm(request.POST if request.method == "POST" else None)
    return _settled(request, _action(request, pk), form, cancel_action, "appointments/action_cancel.html")


@secretariat_only
def action_edit(request: HttpRequest, pk: int) -> HttpResponse:
    action = _action(request, pk)
    form = ActionChangeForm(request.POST or None, action=action, at=timezone.now())
    return _settled(request, action, form, change_action, "appointments/action_edit.html")
