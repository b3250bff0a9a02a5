"""Executive directors: a board's pay against ranges, who is paid off the payroll, and what is proposed for a seat."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments.access import is_secretariat, may_record_pay, may_run_campaign, may_see_fitness
from appointments.boards import day_shown
from appointments.executives import seat_left
from appointments.forms_executives import ExecutiveForm, PayForm
from appointments.models import Appointment, Proposal, Seat, Tenure
from appointments.notices import person_named
from appointments.pay import cap_on, pay_of_board, range_of
from appointments.paying import PayRefused, record_pay
from appointments.proposing import ProposalRefused, obstacles, propose
from appointments.views import board_only
from appointments.views.acting import goes_on
from portal.access import STAFF_ROLES, boards_visible_to, requires_role
from portal.charts import bar_chart
from talent.models import Person

PAGE_SIZE = 25


@board_only
def board_pay(request: HttpRequest, ods_code: str) -> HttpResponse:
    trust = get_object_or_404(boards_visible_to(request.user).select_related("region"), ods_code=ods_code)
    if not may_see_fitness(request.user, trust):
        raise PermissionDenied
    pay = pay_of_board(trust, day_shown(trust, timezone.localdate()))
    chart = bar_chart(pay.chart) if pay.chart else ""
    context = {"trust": trust, "pay": pay, "chart": chart, "may_record": is_secretariat(request.user)}
    return render(request, "appointments/board_pay.html", context)


@board_only
def tenure_pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Pay that no decision in the portal set."""
    tenures = Tenure.objects.visible_to(request.user).exclude(seat__role__in=Seat.NON_EXECUTIVE)
    tenure = get_object_or_404(tenures.select_related("seat__board__region", "person"), pk=pk)
    if not may_record_pay(request.user, tenure):
        raise PermissionDenied
    form = PayForm(request.POST or None, tenure=tenure, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            record_pay(tenure, **form.cleaned_data, by=request.user, at=timezone.now())
        except PayRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Recorded: the pay of {tenure.person}.")
            return redirect("appointments:board_pay", tenure.seat.board.ods_code)
    return render(request, "appointments/tenure_pay.html", {"form": form, "tenure": tenure})


@requires_role(*STAFF_ROLES)
def off_payroll_list(request: HttpRequest) -> HttpResponse:
    """Who sits on a board today without being on its payroll, and why."""
    day = timezone.localdate()
    rows = (
        Appointment.objects.visible_to(request.user)
        .standing()
        .filter(off_payroll=True, tenure__in=Tenure.objects.sitting_on(day))
        .select_related("person", "seat__board__region", "decision__item__proposal", "tenure")
        .order_by("board__sort_name", "pk")
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "appointments/off_payroll_list.html", {"page": page})


def _executive_seat(request: HttpRequest, pk: int) -> Seat:
    seats = Seat.objects.visible_to(request.user).exclude(role__in=Seat.NON_EXECUTIVE)
    seat = get_object_or_404(seats.select_related("board__region"), pk=pk)
    if not may_run_campaign(request.user, seat.board):
        raise PermissionDenied
    return seat


@board_only
def executive_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """First who, when and for how much; then a page that says what follows from it. Only the second writes."""
    seat, day = _executive_seat(request, pk), timezone.localdate()
    colleagues = Tenure.objects.sitting_on(day).filter(seat__board=seat.board).exclude(seat=seat)
    holders = colleagues.exclude(seat__role__in=Seat.NON_EXECUTIVE).select_related("person", "seat")
    form = ExecutiveForm(request.POST or None, seat=seat, holders=holders)
    context = {"form": form, "seat": seat, "range": range_of(seat, day), "cap": cap_on(day)}
    if not goes_on(request, form):
        return render(request, "appointments/executive_propose.html", context)
    if "confirm" not in request.POST:
        return render(request, "appointments/executive_confirm.html", context | _what_follows(form, seat))
    try:
        proposal = _propose(request, form, seat)
    except ProposalRefused as refused:
        form.add_error(None, str(refused))
        return render(request, "appointments/executive_propose.html", context)
    _say(request, proposal)
    return redirect("appointments:board_detail", seat.board.ods_code)


def _what_follows(form: ExecutiveForm, seat: Seat) -> dict[str, Any]:
    data = form.cleaned_data
    left = data["holder"] if data["holder"] and not data["acting"] else None
    return {"left": left, "first_range": range_of(seat, data["starts_on"]), "first_cap": cap_on(data["starts_on"])}


def _propose(request: HttpRequest, form: ExecutiveForm, seat: Seat) -> Proposal:
    data, now = form.cleaned_data, timezone.now()
    holder: Tenure | None = data["holder"]
    person: Person = holder.person if holder else person_named(seat, name=data["name"], email=data["email"], at=now)
    left = None if data["acting"] else seat_left(person, seat, data["starts_on"])
    said = {"by": request.user, "at": now, "reason": data["reason"]}
    return propose(kind=Proposal.Kind.EXECUTIVE_MOVE, seat=seat, person=person, tenure=left, **said, **form.facts())


def _say(request: HttpRequest, proposal: Proposal) -> None:
    lacking = obstacles(proposal, day=timezone.localdate())
    if lacking:
        messages.warning(request, f"Proposed. Before it can be put on an agenda: {' '.join(lacking)}")
    else:
        messages.success(request, "Proposed, and ready for an agenda.")
