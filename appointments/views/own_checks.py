"""What the person sees of their own fit and proper checks: how far they are, and the declaration to sign."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments.checking import CheckRefused
from appointments.forms_checks import DeclareFitnessForm
from appointments.models import CheckSet
from appointments.self_declaring import sign_declaration


@login_required
def own_check_list(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    sets = CheckSet.objects.own(request.user).filter(closed_at=None).select_related("seat__board", "framework")
    rows = [(row, row.word_on(day)) for row in sets]
    return render(request, "appointments/own_check_list.html", {"rows": rows})


@login_required
def own_declaration_sign(request: HttpRequest, pk: int) -> HttpResponse:
    asked = CheckSet.objects.own(request.user).filter(closed_at=None).exclude(declaration_asked_at=None)
    check_set = get_object_or_404(asked.select_related("seat__board", "person"), pk=pk)
    form = DeclareFitnessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sign_declaration(check_set, by=request.user, at=timezone.now(), **form.cleaned_data)
        except CheckRefused as refused:
            form.add_error("signed_name", str(refused))
        else:
            messages.success(request, "Thank you. Your declaration is signed and with the talent team.")
            return redirect("appointments:own_check_list")
    return render(request, "appointments/own_declaration_sign.html", {"form": form, "check_set": check_set})
