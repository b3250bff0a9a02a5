"""The talent team's candidate list, and one candidate's page with what can be done from it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property

from portal.access import STAFF_ROLES, requires_role
from portal.facets import Facet, FacetOption
from talent import finding
from talent.applying import answers_of
from talent.blind import blind_parts
from talent.filters import CandidateFilter
from talent.forms.reviewer import InterestForm
from talent.forms.staff import FindingForm, ReasonForm
from talent.models import Application, Review, State
from talent.reading import Part, for_staff
from talent.reviewing import declare_interest
from talent.views.candidates_fetch import in_scope, worked_on
from talent.workflow import Actor, MoveRefused, Transition, move, transitions_from

# Steps that another page takes, with what else belongs to them: talent:placement_list, talent:award_create.
ELSEWHERE = frozenset({"place", "complete", "award"})
# States that nobody comes to without an interview; the others end it from anywhere, so the ledger says.
AFTER_INTERVIEW = frozenset(
    {State.INTERVIEW, State.RECOMMENDED, State.APPROVED, State.OFFERED}
    | {State.ACCEPTED, State.DECLINED, State.PLACED, State.COMPLETED, State.AWARDED}
)


class CountedPaginator(Paginator):  # type: ignore[type-arg]
    """A paginator whose total is known already: the facets' statement has counted."""

    def __init__(self, rows: Any, total: int) -> None:
        super().__init__(rows, finding.PAGE_SIZE)
        self.total = total

    @cached_property
    def count(self) -> int:
        return self.total


@requires_role(*STAFF_ROLES)
def candidate_list(request: HttpRequest) -> HttpResponse:
    asked = CandidateFilter(request.GET, queryset=in_scope(request))
    cube = finding.cube(asked.before_facets)
    found = finding.in_order(asked.within_facets(), asked.sort_by, asked.words)
    page = CountedPaginator(found, cube.total(asked.chosen)).get_page(request.GET.get("page"))
    context = {
        "filter": asked,
        "page": page,
        "rows": finding.rows(page, asked.words),
        "facets": [_facet(asked, cube, name) for name in finding.FACETS],
        "query": request.GET.urlencode(),
    }
    return render(request, "talent/candidate_list.html", context)


def _facet(asked: CandidateFilter, cube: finding.Cube, name: str) -> Facet:
    """What can be chosen: whatever would show somebody, and whatever is chosen."""
    counts, chosen, field = cube.counts(name, asked.chosen), asked.chosen[name], asked.form.fields[name]
    labels = [(getattr(value, "value", value), label) for value, label in field.choices]
    options = [
        FacetOption(value, label, counts.get(value, 0), value in chosen)
        for value, label in labels
        if counts.get(value) or value in chosen
    ]
    return Facet(name, field.label, options)


@requires_role(*STAFF_ROLES)
def candidate_detail(request: HttpRequest, reference: str) -> HttpResponse:
    application = worked_on(request, reference)
    events = list(application.events.select_related("by"))
    at_interview = application.state in AFTER_INTERVIEW or any(e.to_state == State.INTERVIEW for e in events)
    context = {
        "application": application,
        "parts": _parts(application, at_interview=at_interview),
        "at_interview": at_interview,
        "skills": [] if application.intake.names_hidden else _skills(application),
        "steps": _steps(application),
        "events": events,
        "reviews": application.reviews.select_related("reviewer"),
        "interests": application.interests.in_force().select_related("user"),
        "extensions": application.extensions.select_related("by"),
        "findings": application.sift_findings.select_related("by"),
        "feedback": application.feedback.first(),
        "adjustment": getattr(application, "adjustment", None),
        "files": [] if application.intake.names_hidden else application.attachments.all(),
        "may_assign": application.state in (State.SIFT, State.REVIEW),
        "may_award": application.state == State.INTERVIEW and application.intake.scheme.is_for_two,
        "award": getattr(application, "award", None),
        "may_find": application.state in (State.SUBMITTED, State.SIFT, State.REVIEW),
    }
    return render(request, "talent/candidate_detail.html", context)


def _skills(application: Application) -> Any:
    return application.person.skills.select_related("skill", "confirmed_by")


def _parts(application: Application, *, at_interview: bool) -> list[Part]:
    """As the panel reads them while names are hidden; whole otherwise."""
    if application.intake.names_hidden:
        return blind_parts(application)
    return for_staff(application.question_set.questions, answers_of(application), at_interview=at_interview)


def _steps(application: Application) -> list[Transition]:
    return [step for step in transitions_from(application, actor=Actor.STAFF) if step.name not in ELSEWHERE]


@requires_role(*STAFF_ROLES)
def candidate_move(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Confirms one step, with its reason where the table wants one."""
    application = worked_on(request, reference)
    step = next((s for s in _steps(application) if s.name == name), None)
    if step is None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None, required=step.needs_reason)
    if request.method == "POST" and form.is_valid():
        try:
            move(application, name, by=request.user, actor=Actor.STAFF, at=timezone.now(), **form.cleaned_data)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{application.reference}: {step.label.lower()} is done.")
            return redirect("talent:candidate_detail", reference)
    context = {"application": application, "step": step, "target": State(step.target).label, "form": form}
    return render(request, "talent/candidate_move.html", context)


@requires_role(*STAFF_ROLES)
def candidate_file(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    """An applicant's file for the team, always as a download: never shown inside our own pages."""
    application = worked_on(request, reference)
    if application.intake.names_hidden:  # a file says who wrote it
        raise Http404
    attachment = get_object_or_404(application.attachments, pk=pk)
    return FileResponse(attachment.file.open("rb"), as_attachment=True, filename=attachment.name)


@requires_role(*STAFF_ROLES)
def candidate_finding(request: HttpRequest, reference: str) -> HttpResponse:
    """Whether the applicant meets the essential criteria: the guaranteed interview rests on it."""
    application = worked_on(request, reference)
    form = FindingForm(
        request.POST if request.method == "POST" else None, initial={"meets_essentials": application.meets_essentials}
    )
    if request.method == "POST" and form.is_valid() and form.act_on(application, by=request.user, at=timezone.now()):
        return redirect("talent:candidate_detail", reference)
    context = {"application": application, "form": form, "rubric": application.question_set.questions.rubric}
    return render(request, "talent/candidate_finding.html", context)


@requires_role(*STAFF_ROLES)
def candidate_interest(request: HttpRequest, reference: str) -> HttpResponse:
    """A member of staff declares a conflict of their own; from then on the application is not there for them."""
    application = worked_on(request, reference)
    form = InterestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        declare_interest(application, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Your conflict is on record. You no longer see that application.")
        return redirect("talent:candidate_list")
    return render(request, "talent/candidate_interest.html", {"application": application, "form": form})


@requires_role(*STAFF_ROLES)
def candidate_reviews(request: HttpRequest, reference: str) -> HttpResponse:
    """Every review of one application as written: raw scores, evidence, advice."""
    application = worked_on(request, reference)
    reviews = application.reviews.select_related("reviewer", "withdrawn_by").prefetch_related("scores")
    rubric = application.question_set.questions.rubric
    context = {"application": application, "reviews": [(r, _scores(r, rubric)) for r in reviews]}
    return render(request, "talent/candidate_reviews.html", context)


def _scores(review: Review, rubric: Any) -> list[tuple[Any, Any]]:
    stored = {score.criterion_key: score for score in review.scores.all()}
    return [(criterion, stored.get(criterion.key)) for criterion in rubric]
