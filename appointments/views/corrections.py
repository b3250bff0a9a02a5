"""Putting right what was recorded of somebody's time in a seat: asked, shown beside what stands, then written."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments.access import may_correct
from appointments.correcting import correct_as_said
from appointments.forms_correction import TenureCorrectForm
from appointments.models import Tenure
from appointments.seating import SeatingRefused
from appointments.views import secretariat_only
from appointments.views.acting import goes_on


@secretariat_only
def tenure_correct(request: HttpRequest, pk: int) -> HttpResponse:
    tenures = Tenure.objects.visible_to(request.user).select_related("seat__board__region", "person")
    tenure = get_object_or_404(tenures, pk=pk)
    if not may_correct(request.user, tenure):
        raise PermissionDenied
    form = TenureCorrectForm(request.POST or None, tenure=tenure)
    context = {"tenure": tenure, "form": form}
    if not goes_on(request, form):
        return render(request, "appointments/tenure_correct.html", context)
    if "confirm" not in request.POST:
        source = Tenure.Source(form.cleaned_data["source"]).label
        return render(request, "appointments/tenure_correct_confirm.html", {**context, "source": source})
    try:
        correct_as_said(tenure, form.cleaned_data, same_person=form.same_person, by=request.user, at=timezone.now())
    except SeatingRefused as refused:
        form.add_error(None, str(refused))
        return render(request, "appointments/tenure_correct.html", context)
    messages.success(request, "Corrected. What stood there before is kept below.")
    return redirect("appointments:tenure_detail", pk)
