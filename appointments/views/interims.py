"""The register of interim executives: for talent staff in their scope, and for each member their own entry."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments import interims
from appointments.filters_interims import InterimFilter
from appointments.forms_executives import InterimAssignForm, InterimForm, InterimJoinForm, OwnInterimForm
from appointments.models import Interim, Seat, Tenure
from portal.access import STAFF_ROLES, requires_role
from portal.models import User
from talent.models import Person

PAGE_SIZE = 25
staff_only = requires_role(*STAFF_ROLES)


def _visible(request: HttpRequest, pk: int) -> Interim:
    rows = Interim.objects.visible_to(request.user).select_related("person").prefetch_related("regions")
    return get_object_or_404(rows, pk=pk)


@staff_only
def interim_list(request: HttpRequest) -> HttpResponse:
    rows = Interim.objects.visible_to(request.user).standing().select_related("person").prefetch_related("regions")
    asked = InterimFilter(request.GET, queryset=rows)
    page = Paginator(asked.qs.order_by("available_from", "person__sort_name"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(request, "appointments/interim_list.html", {"form": asked.form, "page": page})


@login_required
def interim_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A member sees their own as the staff do, but for what the staff can do with it."""
    interim = _visible(request, pk)
    is_own = interim.person.user_id == request.user.pk
    context = {
        "interim": interim,
        "events": interim.events.select_related("by", "tenure__seat__board"),
        "is_own": is_own,
        "may_assign": not is_own and interim.withdrawn_at is None,
    }
    return render(request, "appointments/interim_detail.html", context)


@staff_only
def interim_join(request: HttpRequest) -> HttpResponse:
    form = InterimJoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        person = Person.objects.unmerged().filter(email__iexact=data["email"]).first()
        now = timezone.now()
        if person is None:
            person = Person.objects.create(full_name=data["name"], email=data["email"], created_at=now)
        try:
            row = interims.join(person, by=request.user, at=now, reason=data["reason"], **form.facts())
        except interims.InterimRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("appointments:interim_detail", row.pk)
    return render(request, "appointments/interim_join.html", {"form": form})


@login_required
def interim_edit(request: HttpRequest, pk: int) -> HttpResponse:
    interim = _visible(request, pk)
    kind = OwnInterimForm if interim.person.user_id == request.user.pk else InterimForm
    form = kind(request.POST or None, instance=interim)
    if request.method == "POST" and form.is_valid():
        try:
            interims.change(interim, by=request.user, at=timezone.now(), **form.facts())
        except interims.InterimRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Saved.")
            return redirect("appointments:interim_detail", pk)
    return render(request, "appointments/interim_edit.html", {"form": form, "interim": interim})


@login_required
def interim_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked first; nobody has to say why."""
    interim = _visible(request, pk)
    if request.method != "POST":
        return render(request, "appointments/interim_withdraw.html", {"interim": interim})
    try:
        interims.withdraw(interim, by=request.user, at=timezone.now())
    except interims.InterimRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{interim} is on the register no longer.")
    return redirect("portal:home")


@staff_only
def interim_assign(request: HttpRequest, pk: int) -> HttpResponse:
    interim = _visible(request, pk)
    if interim.person.user_id == request.user.pk:
        raise PermissionDenied
    form = InterimAssignForm(request.POST or None, seats=_vacant(request.user, interim))
    if request.method == "POST" and form.is_valid():
        try:
            tenure = interims.assign(interim, by=request.user, at=timezone.now(), **form.cleaned_data)
        except interims.InterimRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{interim} sits as {tenure.seat.title} from {tenure.starts_on:%-d %B %Y}.")
            return redirect("appointments:interim_detail", pk)
    return render(request, "appointments/interim_assign.html", {"form": form, "interim": interim})


def _vacant(user: User, interim: Interim) -> object:
    """Executives' seats in the user's scope, of the interim's posts and regions, in which nobody sits today."""
    day = timezone.localdate()
    seats = Seat.objects.visible_to(user).open_on(day).filter(role__in=interim.roles)
    seats = seats.filter(board__region__in=interim.regions.all()).select_related("board").order_by("board__sort_name")
    return seats.exclude(pk__in=Tenure.objects.sitting_on(day).values("seat"))
