"""Suggestions while somebody types, as options of the search box's list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.access import STAFF_ROLES, requires_role
from search.access import scope_of
from search.completing import suggestions


@requires_role(*STAFF_ROLES)
def suggestion_list(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user, day=timezone.localdate())
    found = suggestions(request.GET.get("q", "")[:100].replace("\x00", ""), scope)
    return render(request, "search/suggestion_list.html", {"suggestions": found})
