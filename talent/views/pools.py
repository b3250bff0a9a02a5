"""The talent team's pools: who agreed to be found, and narrowing to those who fit."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from portal.access import STAFF_ROLES, requires_role
from talent.filters_pool import PoolFilter
from talent.models import Pool, PoolMembership, SavedSearch


@requires_role(*STAFF_ROLES)
def pool_list(request: HttpRequest) -> HttpResponse:
    seen = PoolMembership.objects.visible_to(request.user).in_force(timezone.localdate())
    pools = Pool.objects.annotate(people=Count("memberships", filter=Q(memberships__in=seen))).order_by("name")
    by_rule = SavedSearch.objects.in_use().shared().visible_to(request.user).select_related("region")
    return render(request, "talent/pool_list.html", {"pools": pools, "by_rule": by_rule})


@requires_role(*STAFF_ROLES)
def pool_detail(request: HttpRequest, slug: str) -> HttpResponse:
    pool = get_object_or_404(Pool, slug=slug)
    rows = PoolMembership.objects.visible_to(request.user).in_force(timezone.localdate()).filter(pool=pool)
    rows = rows.select_related("person__region").prefetch_related("person__posts").order_by("person__sort_name", "pk")
    narrowed = PoolFilter(request.GET, queryset=rows, user=request.user)
    page = Paginator(narrowed.qs, 25).get_page(request.GET.get("page"))
    return render(request, "talent/pool_detail.html", {"pool": pool, "filter": narrowed, "page": page})
