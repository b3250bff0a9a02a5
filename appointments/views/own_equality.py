"""Equality questions for who sits on a board, in their own account: optional; answers go into the vault."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from appointments.models import Tenure
from appointments.years import ReportingYear
from talent import equality
from talent.forms.after import EqualityForm
from talent.models import Person


def board_member_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hands the view the person; 404 for whoever sits on no board today."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sitting = Tenure.objects.sitting_on(timezone.localdate()).of_user(request.user)
        tenure = sitting.select_related("person").first()
        if tenure is None:
            raise Http404
        return view(request, tenure.person, *args, **kwargs)

    return guarded


@board_member_only
def own_equality_edit(request: HttpRequest, person: Person) -> HttpResponse:
    form = EqualityForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if given := form.given():
            equality.store_of_person(person, given, counted_on=ReportingYear.of(timezone.localdate()).last_on)
            messages.success(request, "Thank you. Your equality answers are locked away.")
        return redirect("portal:home")
    context = {"form": form, "has_answered": equality.has_answered(person)}
    return render(request, "appointments/own_equality_edit.html", context)


@board_member_only
def own_equality_erase(request: HttpRequest, person: Person) -> HttpResponse:
    if request.method == "POST":
        equality.erase(person)
        messages.success(request, "Your equality answers are deleted.")
        return redirect("portal:home")
    return render(request, "appointments/own_equality_erase.html")
