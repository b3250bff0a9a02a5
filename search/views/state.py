"""For the team: how far the indexes are behind, what they would not take, and the record of searches."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import requires_role
from portal.models import Role
from search import lag, syncing
from search.engines import registry
from search.models import Pending, SearchMade


@requires_role(Role.TALENT_TEAM)
def index_list(request: HttpRequest) -> HttpResponse:
    parked = Pending.objects.parked().select_related("index").order_by("pk")
    context = {
        "indexes": lag.states(at=timezone.now()),
        "parked": Paginator(parked, 50).get_page(request.GET.get("page")),
        "reason": registry.why_not_elasticsearch(),
        "has_elasticsearch": registry.has_elasticsearch(),
    }
    return render(request, "search/index_list.html", context)


@requires_role(Role.TALENT_TEAM)
@require_POST
def pending_retry(request: HttpRequest) -> HttpResponse:
    syncing.retry(Pending.objects.parked())
    messages.success(request, "They are tried again now.")
    return redirect("search:index_list")


@requires_role(Role.TALENT_TEAM)
def search_list(request: HttpRequest) -> HttpResponse:
    rows = SearchMade.objects.select_related("by")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "search/search_list.html", {"page": page})
