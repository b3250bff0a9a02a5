"""Checking the answers, sending them once, the confirmation, and a copy to keep."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from talent import equality
from talent.applying import Incomplete, submit, unfinished
from talent.forms.after import DeclarationForm
from talent.models import Application, State
from talent.models.application import closing_time
from talent.pairs import pair_of
from talent.papers import copy_of
from talent.progress import what_next
from talent.views.applicant import as_written, own_application


@own_application
def application_submit(request: HttpRequest, application: Application) -> HttpResponse:
    """Check your answers, say that they are true, send. Sending twice sends once."""
    if application.submitted_at is not None:
        return redirect("talent:application_submitted", application.reference)
    form = DeclarationForm(request.POST if request.method == "POST" else None)
    left = []
    if request.method == "POST" and form.is_valid():
        try:
            submit(application, by=request.user, at=timezone.now())
        except Incomplete as incomplete:
            left = incomplete.sections
        else:
            return redirect("talent:application_submitted", application.reference)
    context = {
        "application": application,
        "form": form,
        "sections": as_written(application),
        "left": left or unfinished(application),
        "closes_at": closing_time(application),
        "pair": pair_of(application) if application.intake.scheme.is_for_two else None,
    }
    return render(request, "talent/application_submit.html", context)


@own_application
def application_submitted(request: HttpRequest, application: Application) -> HttpResponse:
    if application.submitted_at is None:
        return redirect("talent:application_detail", application.reference)
    context = {
        "application": application,
        "next": what_next(application),
        "asks_equality": equality.is_asked(application) and not equality.has_answered(application),
        "is_open": application.state != State.WITHDRAWN,
    }
    return render(request, "talent/application_submitted.html", context)


@own_application
def application_copy(request: HttpRequest, application: Application) -> HttpResponse:
    """The application as a PDF, sent or not."""
    response = HttpResponse(copy_of(application), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="application-{application.reference}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
