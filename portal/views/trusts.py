"""Trusts, for everyone: the list and each trust's page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from portal.access import may_administer, may_see_board
from portal.filters import TrustFilter
from portal.models import Organisation

PAGE_SIZE = 25


def organisation_list(request: HttpRequest) -> HttpResponse:
    trusts = Organisation.objects.trusts().select_related("region")
    found = TrustFilter(request.GET, queryset=trusts, day=timezone.localdate())
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "portal/organisation_list.html", {"page": page, "form": found.form})


def organisation_detail(request: HttpRequest, ods_code: str) -> HttpResponse:
    trusts = Organisation.objects.trusts().select_related("region", "successor")
    trust = get_object_or_404(trusts, ods_code=ods_code)
    today = timezone.localdate()
    context = {
        "trust": trust,
        "is_open": trust.is_open_on(today),
        "standing": trust.standings.in_force(today).first(),
        "predecessors": trust.predecessors.all(),
        "may_administer": may_administer(request.user, trust),
        "may_see_board": may_see_board(request.user, trust),
    }
    return render(request, "portal/organisation_detail.html", context)
