"""A trust's improvement plan: written with autosave, sent, returned or approved, tested, scored."""

from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal import autosaving
from portal.forms import PortalForm
from portal.numbers import typed_number
from programmes import planning, scoring
from programmes.access import acts_for, may_support
from programmes.board_report import board_report_pdf
from programmes.forms_plan import (
    CycleEndForm,
    CycleForm,
    IdeaDoneForm,
    IdeaForm,
    PlanForm,
    PlanTargetForm,
    ScoreForm,
    WordForm,
)
from programmes.milestones import milestones_of
from programmes.models import ChangeIdea, Cycle, ImprovementPlan
from programmes.plan_papers import plan_pdf
from programmes.planning import PlanChanged, PlanRefused
from programmes.views import enrolment_of, participants_only


def _plan(request: HttpRequest, pk: int) -> ImprovementPlan:
    rows = ImprovementPlan.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("enrolment__trust", "enrolment__wave__collaborative"), pk=pk)


def trust_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For the trust's own people; those who support it only read."""

    @wraps(view)
    @participants_only
    def guarded(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        plan = _plan(request, pk)
        if not acts_for(request.user, plan.enrolment):
            raise PermissionDenied
        return view(request, plan, *args, **kwargs)

    return guarded


@participants_only
@require_POST
def plan_begin(request: HttpRequest, pk: int) -> HttpResponse:
    plan = planning.begin_plan(enrolment_of(request, pk), by=request.user, at=timezone.now())
    return redirect("programmes:plan_detail", plan.pk)


@participants_only
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    own = acts_for(request.user, plan.enrolment)
    context = {
        "plan": plan,
        "ideas": plan.ideas.prefetch_related("cycles__measure"),
        "targets": plan.targets.select_related("measure"),
        "events": plan.events.select_related("by"),
        "milestones": milestones_of(plan, today=timezone.localdate()),
        "scores": plan.scores.select_related("by"),
        "steps": planning.steps_for(request.user, plan),
        "missing": planning.missing(plan) if own and plan.is_open else [],
        "writes": own and plan.is_open,
        "acts_for": own,
        "may_support": may_support(request.user, plan.enrolment),
        "form": WordForm(),
    }
    return render(request, "programmes/plan_detail.html", context)


@trust_only
def plan_edit(request: HttpRequest, plan: ImprovementPlan) -> HttpResponse:
    if not plan.is_open:
        return redirect("programmes:plan_detail", plan.pk)
    form = PlanForm(request.POST or None, initial={name: getattr(plan, name) for name in planning.TEXTS})
    revision, theirs = plan.revision, None
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, plan, form)
        except PlanChanged as changed:
            # What was typed stays in the boxes; the next save goes over the revision that is shown beside it.
            theirs, revision = changed.plan, changed.plan.revision
            form.add_error(None, str(changed))
        else:
            return redirect("programmes:plan_detail", plan.pk)
    context = {"form": form, "plan": plan, "revision": revision, "theirs": theirs}
    return render(request, "programmes/plan_edit.html", context)


def _save(request: HttpRequest, plan: ImprovementPlan, form: PlanForm) -> ImprovementPlan:
    base = typed_number(request.POST.get("revision"), default=0)
    return planning.write_texts(plan, form.cleaned_data, base_revision=base, by=request.user, at=timezone.now())


@trust_only
@require_POST
def plan_autosave(request: HttpRequest, plan: ImprovementPlan) -> JsonResponse:
    """Saves what is typed, from the page's script; says what became of it and never overwrites another's text."""
    form = PlanForm(request.POST)
    if not form.is_valid():
        return autosaving.refused_form(form)
    try:
        row = _save(request, plan, form)
    except PlanChanged as changed:
        return autosaving.clash(changed.plan.revision)
    except PlanRefused as refused:
        return autosaving.refused(str(refused))
    return autosaving.saved(row.revision, at=timezone.now())


def _act(
    request: HttpRequest, plan: ImprovementPlan, form: PortalForm, act: Callable[..., Any], heading: str, button: str
) -> HttpResponse:
    """One form, one act on the plan, back to the plan."""
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data, by=request.user, at=timezone.now())
        except PlanRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("programmes:plan_detail", plan.pk)
    context = {"form": form, "plan": plan, "heading": heading, "button": button}
    return render(request, "programmes/plan_act.html", context)


@trust_only
def idea_create(request: HttpRequest, plan: ImprovementPlan) -> HttpResponse:
    form = IdeaForm(request.POST or None)
    return _act(request, plan, form, lambda **said: planning.put_idea(plan, **said), "Add a change idea", "Add it")


@trust_only
def idea_edit(request: HttpRequest, plan: ImprovementPlan, idea: int) -> HttpResponse:
    row = get_object_or_404(plan.ideas, pk=idea)
    initial = {"what": row.what, "owner": row.owner, "due_on": row.due_on}
    form = IdeaForm(request.POST or None, initial=initial)
    act = lambda **said: planning.put_idea(plan, idea=row, **said)  # noqa: E731
    return _act(request, plan, form, act, "Change this idea", "Save it")


@trust_only
@require_POST
def idea_drop(request: HttpRequest, plan: ImprovementPlan, idea: int) -> HttpResponse:
    row = get_object_or_404(plan.ideas, pk=idea)
    try:
        planning.drop_idea(row, by=request.user, at=timezone.now())
    except PlanRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Taken out: {row}.")
    return redirect("programmes:plan_detail", plan.pk)


@trust_only
def idea_finish(request: HttpRequest, plan: ImprovementPlan, idea: int) -> HttpResponse:
    row = get_object_or_404(plan.ideas.filter(done_on=None), pk=idea)
    form = IdeaDoneForm(request.POST or None, today=timezone.localdate())
    return _act(request, plan, form, lambda **said: planning.finish_idea(row, **said), f"Done: {row}", "Record it")


@trust_only
def plan_target(request: HttpRequest, plan: ImprovementPlan) -> HttpResponse:
    form = PlanTargetForm(request.POST or None, plan=plan)
    return _act(request, plan, form, lambda **said: planning.aim_for(plan, **said), "Set a target", "Set it")


@participants_only
def plan_step(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Confirms one step of the plan, with its words where the table wants some."""
    plan = _plan(request, pk)
    step = next((step for step in planning.steps_for(request.user, plan) if step.kind == kind), None)
    if step is None:
        raise Http404
    label = "What should be worked on?" if step.needs_reason else "Comment"
    form = WordForm(request.POST if request.method == "POST" else None, required=step.needs_reason, label=label)
    return _act(request, plan, form, lambda **said: planning.move_plan(plan, kind, **said), step.label, step.label)


@participants_only
@require_POST
def plan_comment(request: HttpRequest, pk: int) -> HttpResponse:
    plan, form = _plan(request, pk), WordForm(request.POST)
    if form.is_valid():
        planning.comment(plan, text=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        messages.success(request, "Your comment is on the plan.")
    else:
        messages.error(request, "Write what you want to say.")
    return redirect("programmes:plan_detail", pk)


@trust_only
def cycle_begin(request: HttpRequest, plan: ImprovementPlan, idea: int) -> HttpResponse:
    row: ChangeIdea = get_object_or_404(plan.ideas, pk=idea)
    form = CycleForm(request.POST or None, plan=plan)
    return _act(request, plan, form, lambda **said: planning.begin_cycle(row, **said), f"Test: {row}", "Begin the test")


@trust_only
def cycle_end(request: HttpRequest, plan: ImprovementPlan, cycle: int) -> HttpResponse:
    row: Cycle = get_object_or_404(Cycle.objects.filter(idea__plan=plan, ended_on=None), pk=cycle)
    form = CycleEndForm(request.POST or None)
    act = lambda **said: planning.end_cycle(row, **said)  # noqa: E731
    return _act(request, plan, form, act, f"What came of it: {row.idea}", "Record it")


@participants_only
def plan_score(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    if not may_support(request.user, plan.enrolment):
        raise PermissionDenied
    form = ScoreForm(request.POST or None, steps=scoring.steps_of(plan))

    def act(*, score: str, **said: Any) -> Any:
        return scoring.score_progress(plan, Decimal(score), **said)

    return _act(request, plan, form, act, "Progress of the team", "Record the score")


@participants_only
def plan_paper(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    return _paper(plan_pdf(plan), f"plan-{plan.enrolment.trust.ods_code}.pdf")


@participants_only
def board_report(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    paper = board_report_pdf(plan, today=timezone.localdate())
    return _paper(paper, f"board-report-{plan.enrolment.trust.ods_code}.pdf")


def _paper(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
