"""Meetings: when and where, what is on them, declaring before reading, closing, minutes."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments import papers
from appointments.access import is_secretariat, may_chair
from appointments.agenda import cancel_meeting, close_meeting
from appointments.bookkeeping import keep
from appointments.correspondence import last_move_of
from appointments.declaring import DeclarationRefused, declare
from appointments.forms import MeetingChangeForm, MeetingForm, meeting_initial
from appointments.forms_decision import DeclareForm
from appointments.models import AgendaItem, CommitteeAction, Meeting, Vote
from appointments.preparing import AgendaRefused
from appointments.running import running_order
from appointments.views import committee_only, secretariat_only


def visible(request: HttpRequest, pk: int, **narrowed: Any) -> Meeting:
    meetings = Meeting.objects.visible_to(request.user).select_related("committee")
    return get_object_or_404(meetings, pk=pk, **narrowed)


@committee_only
def meeting_list(request: HttpRequest) -> HttpResponse:
    counted = Count("items", filter=Q(items__in=AgendaItem.objects.listed_for(request.user)))
    meetings = Meeting.objects.visible_to(request.user).select_related("committee").annotate(listed=counted)
    context = {
        "upcoming": meetings.upcoming(timezone.now()),
        "past": meetings.past()[:100],
        "is_secretariat": is_secretariat(request.user),
    }
    return render(request, "appointments/meeting_list.html", context)


@committee_only
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible(request, pk)
    listed = AgendaItem.objects.listed_for(request.user).filter(meeting=meeting)
    sits = meeting.seats(timezone.now()).filter(user=request.user).exists()
    actions = CommitteeAction.objects.visible_to(request.user).select_related("owner")
    items = list(
        AgendaItem.objects.visible_to(request.user)
        .filter(meeting=meeting)
        .select_related("decision", "application__region", "proposal__seat__board__region")
        .prefetch_related(Prefetch("votes", Vote.objects.filter(member=request.user), to_attr="own_votes"))
    )
    context = {
        "meeting": meeting,
        "items": items,
        "sits": sits,
        "order": running_order(meeting, items),
        "to_declare": listed.undecided().undeclared_by(request.user).count() if sits and meeting.is_planned else 0,
        "actions": actions.filter(meeting=meeting),
        "arising": actions.arising_at(meeting) if meeting.is_planned and not meeting.is_round else (),
        "undecided": listed.undecided().count(),
        "seats": meeting.seats(timezone.now()),
        "last_move": last_move_of(meeting) if meeting.is_round else None,
        "may_close": meeting.is_round and may_chair(request.user, meeting, at=timezone.now()),
        "has_come": meeting.has_come(timezone.now()),
        "is_over": meeting.closes_at is not None and meeting.closes_at <= timezone.now(),
        "is_secretariat": is_secretariat(request.user),
    }
    return render(request, "appointments/meeting_detail.html", context)


@secretariat_only
def meeting_create(request: HttpRequest) -> HttpResponse:
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        planned = Meeting(**{k: form.cleaned_data[k] for k in ("committee", "starts_at", "place")})
        meeting = keep(planned, by=request.user, at=timezone.now())
        return redirect("appointments:agenda_edit", pk=meeting.pk)
    return render(request, "appointments/meeting_create.html", {"form": form})


@secretariat_only
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible(request, pk, state=Meeting.State.PLANNED, mode=Meeting.Mode.MEETING)
    form = MeetingChangeForm(request.POST or None, meeting=meeting, initial=meeting_initial(meeting))
    if request.method == "POST" and form.is_valid():
        meeting.starts_at, meeting.place = form.cleaned_data["starts_at"], form.cleaned_data["place"]
        meeting.substitute = form.cleaned_data["substitute"]
        keep(meeting, by=request.user, at=timezone.now())
        return redirect("appointments:meeting_detail", pk=pk)
    return render(request, "appointments/meeting_edit.html", {"form": form, "meeting": meeting})


@secretariat_only
def meeting_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible(request, pk)
    if request.method == "POST":
        try:
            cancel_meeting(meeting, by=request.user, at=timezone.now())
        except AgendaRefused as refused:
            messages.error(request, str(refused))
        return redirect("appointments:meeting_detail", pk=pk)
    return render(request, "appointments/meeting_cancel.html", {"meeting": meeting})


@secretariat_only
def meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible(request, pk, mode=Meeting.Mode.MEETING)
    if request.method == "POST":
        try:
            close_meeting(meeting, by=request.user, at=timezone.now())
        except AgendaRefused as refused:
            messages.error(request, str(refused))
        return redirect("appointments:meeting_detail", pk=pk)
    return render(request, "appointments/meeting_close.html", {"meeting": meeting})


@committee_only
def meeting_declare(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible(request, pk)
    items = AgendaItem.objects.listed_for(request.user).undecided().undeclared_by(request.user).filter(meeting=meeting)
    form = DeclareForm(request.POST or None, items=items)
    if request.method == "POST" and form.is_valid():
        try:
            declare(meeting, form.said(), by=request.user, at=timezone.now())
        except DeclarationRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Thank you. What you declared is on record.")
            return redirect("appointments:meeting_detail", pk=pk)
    return render(request, "appointments/meeting_declare.html", {"form": form, "meeting": meeting})


@committee_only
def meeting_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Final minutes for members; the secretariat may read them while they are a draft."""
    held = {} if is_secretariat(request.user) else {"state": Meeting.State.HELD}
    meeting = visible(request, pk, **held)
    if meeting.state == Meeting.State.HELD:
        with papers.keep_minutes(meeting, reader=request.user, at=timezone.now()).file.open("rb") as file:
            content = file.read()
    else:
        content = papers.minutes_pdf(meeting, reader=request.user)
    name = f"minutes-{meeting.day.isoformat()}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
