"""What the team does for one applicant: adjustments, feedback, complaints, and the words that reviewers do not read."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import STAFF_ROLES, requires_role
from portal.models import Role
from talent.access import may_answer_complaints
from talent.blind import blind_parts, preview_parts
from talent.casework import answer_adjustment, answer_complaint, give_feedback, hide_words, show_words
from talent.forms.staff import AnswerForm, FeedbackForm, WordsForm
from talent.models import Adjustment, Application, Complaint
from talent.models.application import TURNED_AWAY
from talent.reading import Part
from talent.views.candidates_fetch import worked_on


@requires_role(*STAFF_ROLES)
def adjustment_answer(request: HttpRequest, reference: str) -> HttpResponse:
    application = worked_on(request, reference)
    adjustment = get_object_or_404(Adjustment, application=application)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": adjustment.answer})
    if request.method == "POST" and form.is_valid():
        answer_adjustment(adjustment, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Your answer is saved. The applicant sees it with the application.")
        return redirect("talent:candidate_detail", reference)
    context = {"application": application, "adjustment": adjustment, "form": form}
    return render(request, "talent/adjustment_answer.html", context)


@requires_role(*STAFF_ROLES)
def feedback_edit(request: HttpRequest, reference: str) -> HttpResponse:
    application = worked_on(request, reference)
    if application.state not in TURNED_AWAY:
        raise Http404
    last = application.feedback.first()
    initial = {name: getattr(last, name) for name in ("strengths", "to_develop", "next_steps")} if last else {}
    form = FeedbackForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        give_feedback(application, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The feedback is given. The applicant is told that it is there to read.")
        return redirect("talent:candidate_detail", reference)
    reasons = application.events.exclude(reason="").select_related("by")
    reviews = application.reviews.counted()
    context = {"application": application, "form": form, "last": last, "reasons": reasons, "reviews": reviews}
    return render(request, "talent/feedback_edit.html", context)


@requires_role(*STAFF_ROLES)
def redaction_edit(request: HttpRequest, reference: str) -> HttpResponse:
    """What reviewers will read beside what was written; words are added until nothing gives the applicant away."""
    application = worked_on(request, reference)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        hide_words(application, **form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("talent:redaction_edit", reference)
    context = {
        "application": application,
        "form": form,
        "terms": application.redaction_terms.all(),
        "pairs": list(zip(_written(application), blind_parts(application), strict=True)),
    }
    return render(request, "talent/redaction_edit.html", context)


def _written(application: Application) -> list[Part]:
    """With what is hidden still marked in place; not while nobody may know who wrote it."""
    return blind_parts(application) if application.intake.names_hidden else preview_parts(application)


@requires_role(*STAFF_ROLES)
@require_POST
def redaction_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    term = get_object_or_404(worked_on(request, reference).redaction_terms, pk=pk)
    show_words(term, by=request.user)
    return redirect("talent:redaction_edit", reference)


def _refuse_unless_administrator(request: HttpRequest) -> None:
    if not may_answer_complaints(request.user):
        raise PermissionDenied


def _complaints(request: HttpRequest) -> QuerySet[Complaint]:
    """Others', but for those about an application on which the reader has a conflict of interest."""
    barred = request.user.declared_interests.in_force().values("application")
    rows = Complaint.objects.exclude(user=request.user).exclude(application__in=barred)
    return rows.select_related("user", "application__intake", "answered_by")


@requires_role(Role.TALENT_TEAM)
def complaint_list(request: HttpRequest) -> HttpResponse:
    _refuse_unless_administrator(request)
    complaints = _complaints(request)
    return render(request, "talent/complaint_list.html", {"complaints": complaints})


@requires_role(Role.TALENT_TEAM)
def complaint_answer(request: HttpRequest, reference: str) -> HttpResponse:
    _refuse_unless_administrator(request)
    complaint = get_object_or_404(_complaints(request), reference=reference)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": complaint.answer})
    if request.method == "POST" and form.is_valid():
        answer_complaint(complaint, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"Your answer to {complaint.reference} is sent.")
        return redirect("talent:complaint_list")
    return render(request, "talent/complaint_answer.html", {"complaint": complaint, "form": form})
