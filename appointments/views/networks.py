"""Chair networks: the regions' networks, one network with its members and sessions, and who belongs by hand."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments.forms_network import NetworkAddForm, NetworkMemberForm, known_to
from appointments.models import NetworkSession
from appointments.networking import NetworkRefused, set_membership
from appointments.networks import may_keep, members_of, visible_actions, visible_regions
from portal.access import access_of
from portal.models import Region
from talent.models import Person


def today() -> dt.date:
    return timezone.localdate()


def visible(request: HttpRequest, code: str) -> Region:
    regions = visible_regions(request.user, today()).select_related("managing_director")
    return get_object_or_404(regions, code=code)


def network_keeper(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For whoever keeps the network: fetched scoped; its readers get 403."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
        region = visible(request, code)
        if not may_keep(request.user, region):
            raise PermissionDenied
        return view(request, region, *args, **kwargs)

    return guarded


@login_required
def network_list(request: HttpRequest) -> HttpResponse:
    held = Count("network_sessions", filter=Q(network_sessions__state=NetworkSession.State.HELD))
    planned = Count("network_sessions", filter=Q(network_sessions__state=NetworkSession.State.PLANNED))
    regions = list(
        visible_regions(request.user, today())
        .select_related("managing_director")
        .annotate(held=held, planned=planned)
        .order_by("name")
    )
    if not regions and not access_of(request.user).is_talent_staff:
        raise PermissionDenied
    return render(request, "appointments/network_list.html", {"regions": regions})


@login_required
def network_detail(request: HttpRequest, code: str) -> HttpResponse:
    region = visible(request, code)
    came = Count("attendance", filter=Q(attendance__came=True))
    sessions = NetworkSession.objects.filter(region=region).annotate(came=came)
    context = {
        "region": region,
        "members": members_of(region, today()),
        "planned": sessions.planned().order_by("starts_at", "pk"),
        "past": sessions.exclude(state=NetworkSession.State.PLANNED).order_by("-starts_at", "pk"),
        "actions": visible_actions(request.user, today())
        .open()
        .filter(session__region=region)
        .select_related("owner", "session__region"),
        "may_keep": may_keep(request.user, region),
        "today": today(),
    }
    return render(request, "appointments/network_detail.html", context)


@network_keeper
def network_member_add(request: HttpRequest, region: Region) -> HttpResponse:
    form = NetworkAddForm(request.POST or None, region=region, day=today())
    if request.method == "POST" and form.is_valid():
        person, reason = form.cleaned_data["person"], form.cleaned_data["reason"]
        set_membership(region, person, kind="added", by=request.user, at=timezone.now(), reason=reason)
        messages.success(request, f"{person} belongs to the network.")
        return redirect("appointments:network_detail", region.code)
    return render(request, "appointments/network_member_add.html", {"form": form, "region": region})


@network_keeper
def network_member_edit(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    if not known_to(members_of(region, today()), pk):
        raise Http404
    person = get_object_or_404(Person, pk=pk)
    form = NetworkMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_membership(region, person, **form.cleaned_data, by=request.user, at=timezone.now())
        except NetworkRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Recorded for {person}.")
            return redirect("appointments:network_detail", region.code)
    return render(request, "appointments/network_member_edit.html", {"form": form, "region": region, "person": person})
