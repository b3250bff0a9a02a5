"""The signed-in home: what waits for you."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal import worklist
from portal.doorway import doors_of


@login_required
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    groups = worklist.grouped(worklist.entries_for(request.user, at=now))
    context = {"groups": groups, "today": timezone.localdate(now), "doors": doors_of(request.user)}
    return render(request, "portal/home.html", context)
