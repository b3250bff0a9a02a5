"""Names for a foundation trust: the applicant's consent, and what the trust's administrators get to see of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments import consenting
from appointments.forms_campaign import NameConsentForm
from appointments.recommending import names_given_to
from portal.access import requires_role
from portal.models import Role

PAGE_SIZE = 25


@login_required
def name_consent(request: HttpRequest, reference: str) -> HttpResponse:
    mine = consenting.asked_of(request.user).select_related("intake__campaign__seat__board")
    application = get_object_or_404(mine, reference=reference)
    form = NameConsentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        consenting.answer(application, given=form.said_yes(), by=request.user, at=timezone.now())
        messages.success(request, "Your answer is saved. You can change it until your name has gone to the trust.")
        return redirect("talent:application_detail", reference)
    context = {"form": form, "application": application, "last": application.name_consents.first()}
    return render(request, "appointments/name_consent.html", context)


@requires_role(Role.TRUST_USER)
def name_list(request: HttpRequest) -> HttpResponse:
    """People whom we have put to the trusts that the user looks after."""
    page = Paginator(names_given_to(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "appointments/name_list.html", {"page": page})
