"""Equality monitoring: asked apart, optional; answers go into the vault and do not come back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from talent import equality
from talent.forms.after import EqualityForm
from talent.models import Application
from talent.views.applicant import own_application


@own_application
def equality_edit(request: HttpRequest, application: Application) -> HttpResponse:
    if not equality.is_asked(application):
        raise Http404
    if timezone.now() >= equality.takes_answers_until(application.intake):
        messages.info(request, "The equality questions of this intake are closed. You can still delete your answers.")
        return redirect("talent:application_detail", application.reference)
    form = EqualityForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if given := form.given():
            equality.store(application, given, at=timezone.now())
            messages.success(request, "Thank you. Your equality answers are locked away.")
        return redirect("talent:application_detail", application.reference)
    context = {"application": application, "form": form, "has_answered": equality.has_answered(application)}
    return render(request, "talent/equality_edit.html", context)


@own_application
def equality_erase(request: HttpRequest, application: Application) -> HttpResponse:
    if not equality.is_asked(application):
        raise Http404
    if request.method == "POST":
        equality.erase(application)
        messages.success(request, "Your equality answers are deleted.")
        return redirect("talent:application_detail", application.reference)
    return render(request, "talent/equality_erase.html", {"application": application})
