"""Committees and who sits on them."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments.access import is_secretariat
from appointments.bookkeeping import keep
from appointments.forms import CommitteeForm, SeatEndForm, SeatForm
from appointments.models import AgendaItem, Committee, CommitteeEvent, CommitteeSeat
from appointments.views import committee_only, secretariat_only
from portal.forms import PortalModelForm


@committee_only
def committee_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    sitting = Q(seats__starts_on__lte=today) & (Q(seats__ends_on=None) | Q(seats__ends_on__gt=today))
    committees = Committee.objects.visible_to(request.user).annotate(members=Count("seats", filter=sitting))
    committees = committees.select_related("parent").order_by("kind", "name")
    context = {"committees": committees, "is_secretariat": is_secretariat(request.user)}
    return render(request, "appointments/committee_list.html", context)


@committee_only
def committee_detail(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Committee.objects.visible_to(request.user)
    committee = get_object_or_404(mine.select_related("parent"), pk=pk)
    today = timezone.localdate()
    seats = committee.seats.select_related("user")
    context = {
        "committee": committee,
        "subcommittees": mine.filter(parent=committee),
        "may_decide": [AgendaItem.Kind(kind).label for kind in committee.may_decide],
        "earlier_terms": _earlier_terms(committee),
        "sitting": seats.in_force(today),
        "others": seats.exclude(pk__in=committee.seats.in_force(today)),
        "is_secretariat": is_secretariat(request.user),
    }
    return render(request, "appointments/committee_detail.html", context)


def _earlier_terms(committee: Committee) -> list[dict[str, Any]]:
    """The terms that stood before, the latest first, with the moment at which others took their place."""
    changes = committee.events.filter(kind=CommitteeEvent.Kind.COMMITTEE, before__has_key="terms_of_reference")
    return [{"at": each.at, "text": each.before["terms_of_reference"]} for each in changes.order_by("-at", "-pk")]


def _kept(request: HttpRequest, form: PortalModelForm) -> Any:
    return keep(form.save(commit=False), by=request.user, at=timezone.now())


@secretariat_only
def committee_create(request: HttpRequest) -> HttpResponse:
    form = CommitteeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("appointments:committee_detail", pk=_kept(request, form).pk)
    return render(request, "appointments/committee_create.html", {"form": form})


@secretariat_only
def committee_edit(request: HttpRequest, pk: int) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=pk)
    form = CommitteeForm(request.POST or None, instance=committee)
    if request.method == "POST" and form.is_valid():
        _kept(request, form)
        return redirect("appointments:committee_detail", pk=pk)
    return render(request, "appointments/committee_edit.html", {"form": form, "committee": committee})


@secretariat_only
def seat_create(request: HttpRequest, pk: int) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=pk)
    form = SeatForm(request.POST or None, instance=CommitteeSeat(committee=committee))
    if request.method == "POST" and form.is_valid():
        seat = _kept(request, form)
        messages.success(request, f"{seat.user} now sits on the committee.")
        return redirect("appointments:committee_detail", pk=pk)
    return render(request, "appointments/seat_create.html", {"form": form, "committee": committee})


@secretariat_only
def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(CommitteeSeat.objects.select_related("user", "committee"), pk=pk, ends_on=None)
    form = SeatEndForm(request.POST or None, seat=seat)
    if request.method == "POST" and form.is_valid():
        seat.ends_on = form.cleaned_data["ends_on"]
        keep(seat, by=request.user, at=timezone.now())
        messages.success(request, f"{seat.user}’s seat ends.")
        return redirect("appointments:committee_detail", pk=seat.committee_id)
    return render(request, "appointments/seat_end.html", {"form": form, "seat": seat})
