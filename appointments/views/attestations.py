"""A board's yearly confirmation that its members were checked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments import attesting
from appointments.forms_checks import AttestForm
from appointments.models import Attestation
from portal.access import access_of
from portal.models import Organisation


@login_required
def board_attest(request: HttpRequest, ods_code: str) -> HttpResponse:
    """For the trust's own administrators; shows the one word for each member, never what stands behind it."""
    trusts = Organisation.objects.trusts().filter(pk__in=access_of(request.user).administers_ids)
    trust, now = get_object_or_404(trusts, ods_code=ods_code), timezone.now()
    form = AttestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            attesting.attest_board(trust, by=request.user, at=now, reason=form.cleaned_data["reason"])
        except attesting.AttestationRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Confirmed for this year. Thank you.")
            return redirect("appointments:board_detail", ods_code)
    day = timezone.localdate(now)
    context = {
        "form": form,
        "trust": trust,
        "members": attesting.members_of(trust, day),
        "due_on": attesting.due_on(attesting.year_of(day)),
        "owes": attesting.owing(at=now).filter(pk=trust.pk).exists(),
        "given": Attestation.objects.visible_to(request.user).filter(board=trust).select_related("by", "framework"),
    }
    return render(request, "appointments/board_attest.html", context)
