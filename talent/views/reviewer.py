"""The reviewer's pages: what is theirs, the declaration before reading, the review, sending it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal import autosaving
from portal.access import requires_role
from portal.models import Role
from portal.numbers import typed_number
from talent.access import Refused
from talent.blind import blind_parts
from talent.forms.reviewer import NO_CONFLICT, InterestForm, ReviewForm
from talent.models import Review
from talent.reviewing import (
    Clash,
    NotFinished,
    declare_interest,
    declare_no_conflict,
    draft_of,
    gaps_in,
    save_review,
    submit_review,
)


def mine(request: HttpRequest, pk: int) -> Review:
    rows = Review.objects.visible_to(request.user).select_related(
        "application__person",
        "application__partner",
        "application__intake__scheme",
        "application__question_set",
        "application__region",
    )
    return get_object_or_404(rows, pk=pk)


@requires_role(Role.REVIEWER)
def review_list(request: HttpRequest) -> HttpResponse:
    rows = Review.objects.visible_to(request.user).select_related("application__intake__scheme", "application__region")
    today = timezone.localdate()
    reviews = list(rows)
    waiting = [r for r in reviews if r.is_open]
    done = [r for r in reviews if not r.is_open]
    context = {"waiting": waiting, "done": done, "today": today, "sent": sum(1 for r in done if r.submitted_at)}
    return render(request, "talent/review_list.html", context)


@requires_role(Role.REVIEWER)
def review_interest(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked before the first reading; open afterwards too, for whoever recognises the applicant while reading."""
    review = mine(request, pk)
    form = InterestForm(
        request.POST if request.method == "POST" else None,
        may_say_none=review.no_conflict_at is None and review.is_open,
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["kind"] == NO_CONFLICT:
            declare_no_conflict(review, by=request.user, at=timezone.now())
            return redirect("talent:review_edit", review.pk)
        declare_interest(review.application, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Your conflict is on record. The application has been taken off your list.")
        return redirect("talent:review_list")
    return render(request, "talent/review_interest.html", {"form": form, "review": review})


@requires_role(Role.REVIEWER)
def review_edit(request: HttpRequest, pk: int) -> HttpResponse:
    review = mine(request, pk)
    if review.is_open and review.no_conflict_at is None:
        return redirect("talent:review_interest", review.pk)
    if not review.is_open:
        return redirect("talent:review_detail", review.pk)
    if request.method == "POST":
        return _saved(request, review)
    return _page(request, review, _form(review), revision=review.revision)


def _form(review: Review, data: Any = None) -> ReviewForm:
    rubric = review.application.question_set.questions.rubric
    return ReviewForm(data, rubric=rubric, initial=ReviewForm.initial_of(draft_of(review)))


def _page(request: HttpRequest, review: Review, form: ReviewForm, **context: Any) -> HttpResponse:
    context |= {"review": review, "form": form, "parts": blind_parts(review.application)}
    return render(request, "talent/review_edit.html", context)


def _base_revision(request: HttpRequest) -> int:
    return typed_number(request.POST.get("revision"), default=-1)


def _saved(request: HttpRequest, review: Review) -> HttpResponse:
    form = _form(review, request.POST)
    if not form.is_valid():
        return _page(request, review, form, revision=_base_revision(request))
    now = timezone.now()
    try:
        answer = save_review(review, form.draft(), base_revision=_base_revision(request), by=request.user, at=now)
    except Refused as refusal:
        # Closed since the page was opened; what was typed stands in the form still, to be copied.
        form.add_error(None, str(refusal))
        return _page(request, review, form, revision=_base_revision(request))
    if isinstance(answer, Clash):
        # What was typed stays in the form; sending it again from here replaces what the other tab saved.
        theirs = ReviewForm(rubric=form.rubric, initial=ReviewForm.initial_of(answer.theirs))
        return _page(request, review, form, revision=answer.revision, theirs=theirs)
    if "later" in request.POST:
        messages.success(request, "Your draft is saved. You can come back to it from this list.")
        return redirect("talent:review_list")
    return redirect("talent:review_submit", review.pk)


@requires_role(Role.REVIEWER)
@require_POST
def review_autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """Keeps what stands on the screen; the answer's words are those of portal/static/portal/autosave.js."""
    review, now = mine(request, pk), timezone.now()
    form = _form(review, request.POST)
    if not form.is_valid():
        return autosaving.refused_form(form)
    try:
        answer = save_review(review, form.draft(), base_revision=_base_revision(request), by=request.user, at=now)
    except Refused as refusal:
        return autosaving.closed(str(refusal))
    if isinstance(answer, Clash):
        return autosaving.clash(answer.revision)
    return autosaving.saved(answer.revision, at=now)


@requires_role(Role.REVIEWER)
def review_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be sent, once; with gaps, the way back to them."""
    review = mine(request, pk)
    if review.submitted_at or not review.is_open:
        return redirect("talent:review_detail", review.pk)
    if request.method == "POST":
        return _sent(request, review)
    context = {"review": review, "gaps": gaps_in(review), "form": _form(review), "draft": draft_of(review)}
    return render(request, "talent/review_submit.html", context)


def _sent(request: HttpRequest, review: Review) -> HttpResponse:
    try:
        submit_review(review, by=request.user, at=timezone.now())
    except (NotFinished, Refused):
        return redirect("talent:review_submit", review.pk)
    messages.success(request, "Your review is sent. Thank you.")
    return redirect("talent:review_list")


@requires_role(Role.REVIEWER)
def review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own review, read only."""
    review = mine(request, pk)
    if review.is_open:
        return redirect("talent:review_edit", review.pk)
    context = {"review": review, "parts": [], "form": _form(review), "draft": draft_of(review)}
    if review.no_conflict_at:
        context["parts"] = blind_parts(review.application)
    return render(request, "talent/review_detail.html", context)
