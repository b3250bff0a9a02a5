"""What the talent team does in the CMS beyond editing: having an open intake ask the questions as edited."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from programmes.access import may_set_questions
from programmes.models import Intake
from programmes.opening import NothingToAdopt, adopt_questions, was_edited


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why they change while the intake is open",
        help_text="Kept with the new version, with your name and the time.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the questions change."},
    )


def intake_questions(request: HttpRequest, pk: int) -> HttpResponse:
    """The version an intake asks; once its scheme was edited, the form that makes it ask the new one."""
    if not may_set_questions(request.user):
        raise PermissionDenied
    intake = get_object_or_404(Intake.objects.select_related("scheme", "question_set"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _adopt(request, intake, form.cleaned_data["reason"])
    context = {"intake": intake, "form": form, "was_edited": was_edited(intake, at=timezone.now())}
    return render(request, "programmes/cms_intake_questions.html", context)


def _adopt(request: HttpRequest, intake: Intake, reason: str) -> HttpResponse:
    try:
        adopted = adopt_questions(intake, by=request.user, at=timezone.now(), reason=reason)
    except NothingToAdopt:
        messages.warning(request, "Nothing to change: the intake has closed, or asks these questions already.")
    else:
        messages.success(request, f"Who begins from now on answers version {adopted.number}.")
    return redirect("wagtailsnippets_programmes_intake:questions", intake.pk)
