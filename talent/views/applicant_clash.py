"""Two texts of one section, from two tabs or devices: both are shown, the applicant chooses, neither is lost."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.numbers import typed_number
from talent.applying import Clash, save_section
from talent.forms.clash import ClashForm
from talent.models import Application, SectionRevision
from talent.views.applicant import own_application


@own_application
def section_clash(request: HttpRequest, application: Application, key: str, pk: int) -> HttpResponse:
    """Field by field: keep what stands, take what was kept aside, or write it anew."""
    aside = get_object_or_404(
        SectionRevision.objects.select_related("answer"),
        pk=pk,
        set_aside=True,
        answer__application=application,
        answer__section_key=key,
    )
    section = application.question_set.questions.section(key)
    posted = request.POST if request.method == "POST" else None
    form = ClashForm(posted, section=section, theirs=aside.answer.values, yours=aside.values)
    if posted is not None and form.is_valid():
        return _settle(request, application, form, key)
    context = {"application": application, "section": section, "form": form, "aside": aside, "answer": aside.answer}
    return render(request, "talent/section_clash.html", context)


def _settle(request: HttpRequest, application: Application, form: Any, key: str) -> HttpResponse:
    result = save_section(
        application,
        form.section,
        form.settled(),
        base_revision=typed_number(request.POST.get("revision"), default=0),
        complete=False,
        by=request.user,
        at=timezone.now(),
    )
    if isinstance(result, Clash):
        return redirect("talent:section_clash", application.reference, key, result.aside)
    messages.success(request, "Your choice is saved. Check this section and continue.")
    return redirect("talent:section_edit", application.reference, key)
