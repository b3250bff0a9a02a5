"""The page that finds pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from wagtail.models import Site

from portal import site_search as finder


def site_search(request: HttpRequest) -> HttpResponse:
    site = Site.find_for_request(request) or get_object_or_404(Site, is_default_site=True)
    query, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    answer = finder.search(query, site=site, kind=kind, number=request.GET.get("page", 1))
    return render(request, "portal/site_search.html", {"answer": answer, "query": answer.query, "kind": kind})
