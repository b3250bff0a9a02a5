"""A panel member's pages: their campaigns, declaring before reading, reading blind or at interview, scoring."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from appointments import panel
from appointments.forms_campaign import ConflictTalkForm, MarksForm
from appointments.models import Campaign, Mark
from appointments.panel import PanelRefused
from portal import autosaving
from portal.numbers import typed_number
from talent.applying import answers_of
from talent.blind import blind_parts
from talent.forms.reviewer import NO_CONFLICT, InterestForm
from talent.models import Application, State
from talent.reading import Part, for_staff
from talent.reviewing import declare_interest

LONGEST_DRAFT = 2000


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
    draft = panel.draft_of(application, request.user)
    context = {"form": form, "campaign": campaign, "called": _called(application)}
    context |= {"application": application, "parts": _parts(application), "revision": draft.revision if draft else 0}
    if application.state == State.INTERVIEW:
        context["talks"] = application.conflict_talks.select_related("by")
    return render(request, "appointments/panel_score.html", context)


@login_required
@require_POST
def panel_autosave(request: HttpRequest, reference: str) -> JsonResponse:
    """Keeps what stands on the screen; the answer's words are those of portal/static/portal/autosave.js."""
    application, now = _readable(request, reference), timezone.now()
    names = MarksForm(criteria=application.intake.campaign.criteria.all()).fields
    typed = {name: request.POST.get(name, "").replace("\x00", "")[:LONGEST_DRAFT] for name in names}
    base = typed_number(request.POST.get("revision"), default=-1)
    try:
        revision = panel.save_draft(application, typed, revision=base, by=request.user, at=now)
    except PanelRefused as refused:
        return autosaving.closed(str(refused))
    return autosaving.clash(base) if revision is None else autosaving.saved(revision, at=now)


@login_required
def panel_talk(request: HttpRequest, reference: str) -> HttpResponse:
    """At interview: that conflicts of interest were talked about, and whether they can be managed."""
    application = _readable(request, reference)
    if application.state != State.INTERVIEW or not panel.has_declared(application, request.user):
        return redirect("appointments:panel_score", reference)
    form = ConflictTalkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            panel.talk_of_conflicts(application, **form.given(), by=request.user, at=timezone.now())
        except PanelRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is on record that conflicts were discussed.")
            return redirect("appointments:panel_score", reference)
    context = {"form": form, "campaign": application.intake.campaign, "application": application}
    return render(request, "appointments/panel_talk.html", context)


def _form(request: HttpRequest, application: Application, campaign: Campaign) -> MarksForm:
    """With the member's draft, or else the scores they have given in this round."""
    data = request.POST if request.method == "POST" else None
    return MarksForm(data, criteria=campaign.criteria.all(), initial=_standing(application, request.user))


def _standing(application: Application, user: Any) -> dict[str, Any]:
    if draft := panel.draft_of(application, user):
        return dict(draft.values)
    round_ = panel.ROUND_OF[State(application.state)]
    initial: dict[str, Any] = {}
    for mark in Mark.objects.filter(application=application, round=round_, member__user=user):
        initial |= {f"points_{mark.criterion_id}": str(mark.points), f"evidence_{mark.criterion_id}": mark.evidence}
    return initial


def _called(application: Application) -> str:
    """By name at interview only."""
    return application.person.full_name if application.state == State.INTERVIEW else application.pseudonym


def _parts(application: Application) -> list[Part]:
    """Blind in the sift; whole at interview, political activity included: there and nowhere else for a panel."""
    if application.state != State.INTERVIEW:
        return blind_parts(application)
    return for_staff(application.question_set.questions, answers_of(application), at_interview=True)
