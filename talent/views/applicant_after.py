"""Beside and after the form: adjustments, withdrawing, answering an offer, feedback, complaints."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from talent.applying import answer_offer, ask_adjustment, complain, withdraw
from talent.forms.after import AdjustmentForm, ComplaintForm, WithdrawForm
from talent.models import Application, Complaint, State
from talent.views.applicant import own_application
from talent.workflow import Actor, transitions_from


@own_application
def adjustment_edit(request: HttpRequest, application: Application) -> HttpResponse:
    """What would help, in confidence; with the team's answer once it is there."""
    asked = getattr(application, "adjustment", None)
    form = AdjustmentForm(
        request.POST if request.method == "POST" else None,
        offers_interview=application.intake.scheme.guaranteed_interview,
        initial={"needs": asked.needs, "guaranteed_interview": asked.guaranteed_interview} if asked else None,
    )
    if request.method == "POST" and form.is_valid():
        ask_adjustment(
            application,
            needs=form.cleaned_data["needs"],
            guaranteed_interview=form.cleaned_data.get("guaranteed_interview", False),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "We have your request. The talent team answers it in confidence.")
        return redirect("talent:application_detail", application.reference)
    context = {"application": application, "form": form, "adjustment": asked}
    return render(request, "talent/adjustment_edit.html", context)


@own_application
def application_withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    if not _may(application, "withdraw"):
        messages.error(request, "This application cannot be withdrawn any more.")
        return redirect("talent:application_detail", application.reference)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        withdraw(application, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        messages.success(request, f"Your application {application.reference} is withdrawn.")
        return redirect("talent:application_list")
    context = {"application": application, "form": form, "is_live": application.intake.is_live(timezone.now())}
    return render(request, "talent/application_withdraw.html", context)


def _may(application: Application, step: str) -> bool:
    return any(t.name == step for t in transitions_from(application, actor=Actor.APPLICANT))


@own_application
def offer_detail(request: HttpRequest, application: Application) -> HttpResponse:
    if application.state != State.OFFERED:
        return redirect("talent:application_detail", application.reference)
    return render(request, "talent/offer_detail.html", {"application": application})


@own_application
def offer_answer(request: HttpRequest, application: Application, answer: str) -> HttpResponse:
    """Are you sure, then the answer; it cannot be taken back here."""
    if answer not in ("accept", "decline"):
        raise Http404
    if application.state != State.OFFERED:
        return redirect("talent:application_detail", application.reference)
    if request.method == "POST":
        answer_offer(application, accept=answer == "accept", by=request.user, at=timezone.now())
        said = "You have accepted the offer." if answer == "accept" else "You have declined the offer."
        messages.success(request, said)
        return redirect("talent:application_detail", application.reference)
    return render(request, "talent/offer_answer.html", {"application": application, "accepts": answer == "accept"})


@own_application
def feedback_detail(request: HttpRequest, application: Application) -> HttpResponse:
    feedback = application.feedback.first()
    if feedback is None:
        raise Http404
    return render(request, "talent/feedback_detail.html", {"application": application, "feedback": feedback})


@login_required
def complaint_create(request: HttpRequest) -> HttpResponse:
    """The quiet route: read by the talent team's administrators and nobody else."""
    mine = Application.objects.owned_by(request.user)
    about = mine.filter(reference=request.GET.get("about", "")).first()
    form = ComplaintForm(
        request.POST if request.method == "POST" else None, applications=mine, initial={"application": about}
    )
    if request.method == "POST" and form.is_valid():
        made = complain(
            by=request.user,
            words=form.cleaned_data["words"],
            application=form.cleaned_data["application"],
            at=timezone.now(),
        )
        return redirect("talent:complaint_detail", made.reference)
    return render(request, "talent/complaint_create.html", {"form": form})


@login_required
def complaint_detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One's own complaint: acknowledged, then answered."""
    complaint = get_object_or_404(Complaint, reference=reference, user=request.user)
    return render(request, "talent/complaint_detail.html", {"complaint": complaint})
