"""Hosts and mentors for somebody who accepted a placement: who fits and why, and the pair that is proposed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.access import STAFF_ROLES, requires_role
from talent import placing
from talent.forms.placement import PairForm
from talent.pairing import PairRefused, pairs_for, propose_pair


@requires_role(*STAFF_ROLES)
def pair_list(request: HttpRequest, reference: str) -> HttpResponse:
    waiting = placing.waiting_for_a_placement(request.user).select_related("person", "region", "intake__scheme")
    application, now = get_object_or_404(waiting, reference=reference), timezone.now()
    pairs = pairs_for(application, at=now, day=timezone.localdate(now))
    form = PairForm(request.POST if request.method == "POST" else None, pairs=pairs)
    if request.method == "POST" and form.is_valid():
        try:
            propose_pair(application, **form.cleaned_data, by=request.user, at=now, day=timezone.localdate(now))
        except PairRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The pair is proposed. Talk to the trust, then begin the placement.")
            return redirect("talent:pair_list", reference)
    proposed = application.pairs.select_related("host", "mentor_as__user", "by")
    context = {"application": application, "pairs": pairs, "form": form, "proposed": proposed}
    return render(request, "talent/pair_list.html", context)
