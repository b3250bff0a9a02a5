"""Succession for talent staff: cover and gaps, demand against supply, the grid; and each person's own page of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments import succeeding, succession
from appointments.forms_succession import ConversationForm, SuccessorEndForm, SuccessorForm
from appointments.models import GrowthConversation, Seat, Successor
from appointments.succeeding import SuccessionRefused
from portal.access import STAFF_ROLES, access_of, requires_role
from portal.models import Region
from talent.access import own_record
from talent.models import Person

PAGE_SIZE = 25
staff_only = requires_role(*STAFF_ROLES)


def _regions(request: HttpRequest) -> list[Region]:
    access = access_of(request.user)
    rows = Region.objects.all() if access.is_talent_team else Region.objects.filter(pk__in=access.region_ids)
    return list(rows)


def _chosen(request: HttpRequest, regions: list[Region]) -> Region | None:
    """The region asked for; a lead's own where none is."""
    asked = next((region for region in regions if region.code == request.GET.get("region")), None)
    if asked or access_of(request.user).is_talent_team:
        return asked
    return regions[0] if regions else None


@staff_only
def succession_list(request: HttpRequest) -> HttpResponse:
    """Seats of one role with who could follow, and the cover of each region."""
    today, regions = timezone.localdate(), _regions(request)
    role = request.GET.get("role", "")
    role = role if role in succession.SOUGHT else Seat.Role.CHIEF_EXECUTIVE
    region = _chosen(request, regions)
    named = Successor.objects.visible_to(request.user).standing().exclude(person__user=request.user)
    seats = Seat.objects.visible_to(request.user).open_on(today).filter(role=role, board__closed_on=None)
    seats = seats.filter(board__region__in=[region] if region else regions)
    rows = seats.select_related("board__region").prefetch_related(
        Prefetch("successors", queryset=named.select_related("person"), to_attr="named")
    )
    context = {
        "page": Paginator(rows.order_by("board__sort_name", "pk"), PAGE_SIZE).get_page(request.GET.get("page")),
        "cover": succession.cover(role, regions, today),
        "roles": [(value, Seat.Role(value).label) for value in succession.SOUGHT],
        "role": role,
        "role_label": Seat.Role(role).label,
        "regions": regions,
        "region": region,
    }
    return render(request, "appointments/succession_list.html", context)


@staff_only
def talent_board(request: HttpRequest) -> HttpResponse:
    regions = _regions(request)
    region = _chosen(request, regions)
    rows = succession.balances(region, timezone.localdate())
    context = {"region": region, "regions": regions, "rows": rows, "months": succession.MONTHS_AHEAD}
    return render(request, "appointments/talent_board.html", context)


@staff_only
def growth_grid(request: HttpRequest) -> HttpResponse:
    return render(request, "appointments/growth_grid.html", {"rows": succession.grid(request.user)})


@staff_only
def successor_add(request: HttpRequest, seat: int, person: int) -> HttpResponse:
    place = get_object_or_404(Seat.objects.visible_to(request.user).select_related("board__region"), pk=seat)
    who = get_object_or_404(Person.objects.visible_to(request.user).exclude(user=request.user), pk=person)
    form = SuccessorForm(request.POST or None, initial={"readiness": who.readiness})
    if request.method == "POST" and form.is_valid():
        try:
            succeeding.name_successor(place, who, **form.cleaned_data, by=request.user, at=timezone.now())
        except SuccessionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{who} is named for {place}.")
            return redirect("appointments:succession_list")
    return render(request, "appointments/successor_add.html", {"form": form, "seat": place, "person": who})


@staff_only
def successor_end(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Successor.objects.visible_to(request.user).standing().exclude(person__user=request.user)
    successor = get_object_or_404(mine.select_related("seat__board", "person"), pk=pk)
    form = SuccessorEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            succeeding.end_succession(successor, by=request.user, at=timezone.now(), **form.cleaned_data)
        except SuccessionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{successor.person} is off the plan.")
            return redirect("appointments:succession_list")
    return render(request, "appointments/successor_end.html", {"form": form, "successor": successor})


@staff_only
def growth_create(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.user).exclude(user=request.user), pk=pk)
    form = ConversationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            succeeding.record_conversation(person, **form.cleaned_data, by=request.user, at=timezone.now())
        except SuccessionRefused as refused:
            form.add_error("held_on", str(refused))
        else:
            messages.success(request, f"Written down. {person} can read it.")
            return redirect("talent:person_detail", person.pk)
    return render(request, "appointments/growth_create.html", {"form": form, "person": person})


@login_required
def own_growth(request: HttpRequest) -> HttpResponse:
    """Everything that succession planning holds about oneself."""
    person = own_record(request.user)
    context = {
        "conversations": GrowthConversation.objects.filter(person=person).select_related("by"),
        "named": Successor.objects.filter(person=person).select_related("seat__board", "named_by"),
    }
    return render(request, "appointments/own_growth.html", context)
