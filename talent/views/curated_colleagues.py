"""Who works on a private pool: its owner names colleagues and takes them off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import STAFF_ROLES, requires_role
from talent import curating
from talent.access import Refused
from talent.forms.curated import ColleagueForm
from talent.models import CuratedPool


@requires_role(*STAFF_ROLES)
def curated_colleagues(request: HttpRequest, pk: int) -> HttpResponse:
    pool = _own_pool(request, pk)
    form = ColleagueForm(request.POST if request.method == "POST" else None, colleagues=curating.nameable(pool))
    if request.method == "POST" and form.is_valid():
        colleague = form.cleaned_data["colleague"]
        try:
            curating.name_colleague(pool, colleague, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{colleague} works on the pool with you.")
            return redirect("talent:curated_colleagues", pk)
    events = pool.colleague_events.select_related("by", "colleague")[:50]
    context = {"pool": pool, "form": form, "colleagues": pool.colleagues.order_by("sort_name"), "events": events}
    context["is_open"] = pool.is_open_on(timezone.localdate())
    return render(request, "talent/curated_colleagues.html", context)


@requires_role(*STAFF_ROLES)
@require_POST
def curated_colleague_remove(request: HttpRequest, pk: int, user: int) -> HttpResponse:
    pool = _own_pool(request, pk)
    colleague = get_object_or_404(pool.colleagues, pk=user)
    try:
        curating.take_off_colleague(pool, colleague, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{colleague} does not work on the pool any more. Their tasks are yours.")
    return redirect("talent:curated_colleagues", pk)


def _own_pool(request: HttpRequest, pk: int) -> CuratedPool:
    """A private one of one's own: to everybody else there is no such page."""
    private = CuratedPool.objects.visible_to(request.user).filter(reach=CuratedPool.Reach.PRIVATE, owner=request.user)
    return get_object_or_404(private.select_related("owner"), pk=pk)
