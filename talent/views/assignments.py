"""Who reviews what: by hand on one application, a plan for a whole intake, and what the scores say."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.access import STAFF_ROLES, requires_role
from portal.models import User
from programmes.models import Intake
from talent.access import Refused
from talent.assignment import Plan, plan
from talent.conflicts import Conflict, conflicts_among
from talent.forms.staff import PlanForm, ReasonForm, ReviewerForm
from talent.models import Application, DeclaredInterest, Review, State
from talent.reports import score_report
from talent.reviewing import apply_plan, assign, lift_interest, reviewers_at, take_away
from talent.views.candidates_fetch import in_scope, worked_on

OPEN_REVIEW = Q(reviews__withdrawn_at=None, reviews__submitted_at=None)
SORTS = {
    "mean": lambda row: (-row.standing.mean, row.application.pk),
    "spread": lambda row: (-row.standing.spread, row.application.pk),
    "name": lambda row: (row.application.person.sort_name, row.application.pk),
}


def _reviewers() -> Any:
    return User.objects.filter(pk__in=[u.pk for u in reviewers_at(timezone.now())])


@requires_role(*STAFF_ROLES)
def assignment_edit(request: HttpRequest, reference: str) -> HttpResponse:
    """By hand: who has this application, whom to add, whom a conflict rules out."""
    application = worked_on(request, reference)
    form = ReviewerForm(request.POST if request.method == "POST" else None, reviewers=_reviewers())
    if request.method == "POST" and form.is_valid() and _assigned(request, application, form):
        return redirect("talent:assignment_edit", reference)
    context = {
        "application": application,
        "form": form,
        "reviews": application.reviews.standing().select_related("reviewer"),
        "interests": application.interests.in_force().select_related("user"),
    }
    return render(request, "talent/assignment_edit.html", context)


def _assigned(request: HttpRequest, application: Application, form: ReviewerForm) -> bool:
    reviewer = form.cleaned_data["reviewer"]
    try:
        answer = assign(application, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error("reviewer", str(refusal))
        return False
    if isinstance(answer, Conflict):
        form.add_error("reviewer", f"{reviewer} has a conflict about this applicant and cannot review them")
        return False
    messages.success(request, f"{reviewer} has the application for review.")
    return True


@requires_role(*STAFF_ROLES)
def review_take_away(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Review.objects.visible_to_staff(request.user).standing().select_related("application", "reviewer")
    review = get_object_or_404(rows, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        take_away(review, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"{review.reviewer} no longer has {review.application.reference}.")
        return redirect("talent:assignment_edit", review.application.reference)
    return render(request, "talent/review_take_away.html", {"review": review, "form": form})


@requires_role(*STAFF_ROLES)
def interest_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends somebody else's conflict that was found to be none, with the reason."""
    scope = Application.objects.in_scope_of(request.user)
    rows = DeclaredInterest.objects.in_force().filter(application__in=scope).select_related("user", "application")
    interest = get_object_or_404(rows, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        lift_interest(interest, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "The conflict is lifted.")
        return redirect("talent:assignment_edit", interest.application.reference)
    return render(request, "talent/interest_lift.html", {"interest": interest, "form": form})


@requires_role(*STAFF_ROLES)
def assignment_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The balanced plan for an intake: first to see, then to apply as it stands."""
    intake = get_object_or_404(Intake.objects.select_related("scheme"), pk=pk)
    applications = list(in_scope(request).filter(intake=intake, state=State.REVIEW).order_by("reference"))
    form = PlanForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"intake": intake, "form": form, "applications": applications}
    if request.method == "POST" and form.is_valid():
        made = _planned(applications, each=form.cleaned_data["each"], limit=form.cleaned_data["limit"])
        if "apply" in request.POST:
            return _applied(request, intake, applications, made, form)
        context |= _shown(made, applications)
    return render(request, "talent/assignment_plan.html", context)


def _planned(applications: list[Application], *, each: int, limit: int | None) -> Plan:
    at = timezone.now()
    reviewers = list(_reviewers().annotate(in_hand=Count("reviews", filter=OPEN_REVIEW)))
    standing = Review.objects.standing().filter(application__in=applications)
    return plan(
        [a.pk for a in applications],
        reviewers={r.pk: r.in_hand for r in reviewers},
        each=each,
        limit=limit,
        conflicts=[(c.application, c.user) for c in conflicts_among(applications, reviewers, at=at)],
        already=list(standing.values_list("application", "reviewer")),
    )


def _shown(made: Plan, applications: list[Application]) -> dict[str, Any]:
    known = {a.pk: a for a in applications}
    people = User.objects.in_bulk(made.loads)
    return {
        "plan": made,
        "rows": [(known[a.application], people[a.reviewer], a.reason) for a in made.assignments],
        "unfilled": [(known[u.application], u.short_by, u.reason) for u in made.unfilled],
        "loads": sorted(((people[r], n) for r, n in made.loads.items()), key=lambda row: row[0].sort_name),
    }


def _applied(request: HttpRequest, intake: Intake, applications: list[Application], made: Plan, form: PlanForm) -> Any:
    results = apply_plan(made, applications, by=request.user, at=timezone.now(), due_on=form.cleaned_data["due_on"])
    done = sum(1 for result in results if isinstance(result, Review))
    messages.success(request, f"{done} of {len(results)} reviews assigned.")
    return redirect("talent:score_table", intake.pk)


@requires_role(*STAFF_ROLES)
def score_table(request: HttpRequest, pk: int) -> HttpResponse:
    """Weighted totals, mean, spread and advice for each application in review, and how severe each reviewer is."""
    intake = get_object_or_404(Intake.objects.select_related("scheme"), pk=pk)
    applications = in_scope(request).filter(intake=intake, state__in=[State.REVIEW, State.INTERVIEW])
    report = score_report(applications.order_by("reference"))
    sort = request.GET.get("sort") if request.GET.get("sort") in SORTS else "mean"
    context = {"intake": intake, "report": report, "rows": sorted(report.rows, key=SORTS[str(sort)]), "sort": sort}
    return render(request, "talent/score_table.html", context)
