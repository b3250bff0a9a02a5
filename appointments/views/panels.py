"""A panel member's pages: their campaigns, declaring before reading, reading blind or at interview, scoring."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments import panel
from appointments.forms_campaign import MarksForm
from appointments.models import Campaign, Mark
from appointments.panel import PanelRefused
from talent.applying import answers_of
from talent.blind import blind_parts
from talent.forms.reviewer import NO_CONFLICT, InterestForm
from talent.models import Application, State
from talent.reading import Part, for_staff
from talent.reviewing import declare_interest


@login_required
def panel_list(request: HttpRequest) -> HttpResponse:
    campaigns = Campaign.objects.with_panel_member(request.user).select_related("seat__board")
    return render(request, "appointments/panel_list.html", {"campaigns": campaigns})


@login_required
def panel_detail(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Campaign.objects.with_panel_member(request.user).select_related("seat__board", "intake")
    campaign = get_object_or_404(mine, pk=pk)
    scored = Mark.objects.filter(
        application=OuterRef("pk"), round=OuterRef("state"), member__user=request.user, member__left_at=None
    )
    rows = panel.readable_by(request.user).filter(intake=campaign.intake).annotate(scored=Exists(scored))
    context = {
        "campaign": campaign,
        "applications": rows.select_related("person").order_by("pseudonym"),
        "is_blind": campaign.stage != Campaign.Stage.INTERVIEW,
        "criteria": campaign.criteria.all(),
    }
    return render(request, "appointments/panel_detail.html", context)


def _readable(request: HttpRequest, reference: str) -> Application:
    rows = panel.readable_by(request.user).select_related("person", "question_set", "intake__campaign__seat__board")
    return get_object_or_404(rows, reference=reference)


@login_required
def panel_declare(request: HttpRequest, reference: str) -> HttpResponse:
    """Asked before each round's first reading: at interview the member sees who it is."""
    application = _readable(request, reference)
    campaign = application.intake.campaign
    form = InterestForm(request.POST if request.method == "POST" else None, may_say_none=True)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["kind"] == NO_CONFLICT:
            panel.declare_none(application, by=request.user, at=timezone.now())
            return redirect("appointments:panel_score", reference)
        declare_interest(application, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Your conflict is on record. You no longer see that application.")
        return redirect("appointments:panel_detail", campaign.pk)
    context = {"form": form, "called": _called(application), "campaign": campaign}
    return render(request, "appointments/panel_declare.html", context)


@login_required
def panel_score(request: HttpRequest, reference: str) -> HttpResponse:
    application = _readable(request, reference)
    campaign = application.intake.campaign
    if not panel.has_declared(application, request.user):
        return redirect("appointments:panel_declare", reference)
    form = _form(request, application, campaign)
    if request.method == "POST" and form.is_valid():
        try:
            panel.score(application, form.given(), by=request.user, at=timezone.now())
        except PanelRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Your scores are saved. You can change them until the panel goes on.")
            return redirect("appointments:panel_detail", campaign.pk)
    context = {"form": form, "campaign": campaign, "called": _called(application)}
    context |= {"application": application, "parts": _parts(application)}
    return render(request, "appointments/panel_score.html", context)


def _form(request: HttpRequest, application: Application, campaign: Campaign) -> MarksForm:
    round_ = panel.ROUND_OF[State(application.state)]
    standing = Mark.objects.filter(application=application, round=round_, member__user=request.user)
    initial: dict[str, Any] = {}
    for mark in standing:
        initial |= {f"points_{mark.criterion_id}": str(mark.points), f"evidence_{mark.criterion_id}": mark.evidence}
    return MarksForm(
        request.POST if request.method == "POST" else None, criteria=campaign.criteria.all(), initial=initial
    )


def _called(application: Application) -> str:
    """By name at interview only."""
    return application.person.full_name if application.state == State.INTERVIEW else application.pseudonym


def _parts(application: Application) -> list[Part]:
    """Blind in the sift; whole at interview, political activity included: there and nowhere else for a panel."""
    if application.state != State.INTERVIEW:
        return blind_parts(application)
    return for_staff(application.question_set.questions, answers_of(application), at_interview=True)
