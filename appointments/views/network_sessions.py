"""One session of a chair network: planned, held or cancelled; its papers and actions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from appointments import networking
from appointments.forms_network import (
    AttendanceForm,
    NetworkActionForm,
    NetworkCancelForm,
    NetworkPaperForm,
    NetworkSessionForm,
    session_initial,
)
from appointments.models import NetworkSession
from appointments.networking import NetworkRefused
from appointments.networks import may_keep, visible_actions, visible_papers, visible_sessions
from appointments.views.networks import network_keeper, today
from portal.files import FileRefused
from portal.models import Region
from portal.uploads import form_with_file, limited_uploads
from portal.views.files import as_download
from talent.models import Person


def session_keeper(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For whoever keeps the session's network: fetched scoped; its readers get 403."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        session = get_object_or_404(visible_sessions(request.user, today()), pk=pk)
        if not may_keep(request.user, session.region):
            raise PermissionDenied
        return view(request, session, *args, **kwargs)

    return guarded


@login_required
def network_session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(visible_sessions(request.user, today()), pk=pk)
    context = {
        "session": session,
        "attendance": session.attendance.select_related("person"),
        "papers": visible_papers(request.user, today()).filter(session=session),
        "actions": visible_actions(request.user, today()).filter(session=session).select_related("owner", "done_by"),
        "may_keep": may_keep(request.user, session.region),
        "begun": timezone.now() >= session.starts_at,
    }
    return render(request, "appointments/network_session_detail.html", context)


@network_keeper
def network_session_create(request: HttpRequest, region: Region) -> HttpResponse:
    form = NetworkSessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            session = networking.plan_session(region, **form.facts(), by=request.user, at=timezone.now())
        except NetworkRefused as refused:
            form.add_error("time", str(refused))
        else:
            return redirect("appointments:network_session_detail", session.pk)
    return render(request, "appointments/network_session_create.html", {"form": form, "region": region})


@session_keeper
def network_session_edit(request: HttpRequest, session: NetworkSession) -> HttpResponse:
    form = NetworkSessionForm(request.POST or None, initial=session_initial(session))
    if request.method == "POST" and form.is_valid():
        try:
            networking.change_session(session, **form.facts(), by=request.user, at=timezone.now())
        except NetworkRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("appointments:network_session_detail", session.pk)
    return render(request, "appointments/network_session_edit.html", {"form": form, "session": session})


@session_keeper
def network_session_cancel(request: HttpRequest, session: NetworkSession) -> HttpResponse:
    form = NetworkCancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            networking.cancel_session(session, **form.cleaned_data, by=request.user, at=timezone.now())
        except NetworkRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("appointments:network_session_detail", session.pk)
    return render(request, "appointments/network_session_cancel.html", {"form": form, "session": session})


@session_keeper
def network_session_attendance(request: HttpRequest, session: NetworkSession) -> HttpResponse:
    people = Person.objects.filter(pk__in=networking.expected_at(session)).values_list("pk", "full_name")
    came = list(session.attendance.filter(came=True).values_list("person", flat=True))
    form = AttendanceForm(request.POST or None, people=list(people), initial={"came": came})
    # Nobody ticked is an answer, too: the form is sent without a field.
    if request.method == "POST":
        form = AttendanceForm(request.POST, people=list(people))
    if form.is_bound and form.is_valid():
        try:
            networking.record_attendance(session, came=form.said(), by=request.user, at=timezone.now())
        except NetworkRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Attendance is recorded.")
            return redirect("appointments:network_session_detail", session.pk)
    return render(request, "appointments/network_session_attendance.html", {"form": form, "session": session})


@limited_uploads
@session_keeper
def network_paper_add(request: HttpRequest, session: NetworkSession) -> HttpResponse:
    form = form_with_file(NetworkPaperForm, request)
    if form.is_valid():
        title, upload = form.cleaned_data["title"], form.cleaned_data["file"]
        try:
            networking.add_paper(session, upload, title=title, by=request.user, at=timezone.now())
        except (FileRefused, NetworkRefused) as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("appointments:network_session_detail", session.pk)
    return render(request, "appointments/network_paper_add.html", {"form": form, "session": session})


@login_required
def network_paper_download(request: HttpRequest, pk: int) -> FileResponse:
    paper = get_object_or_404(visible_papers(request.user, today()), pk=pk)
    return as_download(paper.file, title=paper.title, content_type=paper.content_type)


@login_required
def network_paper_remove(request: HttpRequest, pk: int) -> HttpResponse:
    papers = visible_papers(request.user, today()).select_related("session__region")
    paper = get_object_or_404(papers, pk=pk)
    if not may_keep(request.user, paper.session.region):
        raise PermissionDenied
    if request.method == "POST":
        networking.remove_paper(paper, by=request.user, at=timezone.now())
        messages.success(request, "The paper is taken off.")
        return redirect("appointments:network_session_detail", paper.session_id)
    return render(request, "appointments/network_paper_remove.html", {"paper": paper})


@session_keeper
def network_action_add(request: HttpRequest, session: NetworkSession) -> HttpResponse:
    form = NetworkActionForm(request.POST or None, region=session.region, at=timezone.now())
    if request.method == "POST" and form.is_valid():
        networking.add_action(session, **form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("appointments:network_session_detail", session.pk)
    return render(request, "appointments/network_action_add.html", {"form": form, "session": session})


@login_required
@require_POST
def network_action_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """The act asks whose action it is."""
    action = get_object_or_404(visible_actions(request.user, today()), pk=pk)
    networking.finish_action(action, by=request.user, at=timezone.now())
    messages.success(request, "The action is done.")
    return redirect("appointments:network_session_detail", action.session_id)
