"""Placements: the list, one placement, and the acts on it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.access import access_of, requires_role
from portal.models import Role
from talent import placing
from talent.filters_placement import PlacementFilter
from talent.forms.placement import PlacementChangeForm, PlacementEndForm, PlacementForm, ReviewForm, ReviewPlanForm
from talent.models import Application, Placement, PlacementReview
from talent.workflow import MoveRefused

staff_only = requires_role(Role.TALENT_TEAM, Role.REGIONAL_LEAD)
REFUSED = (placing.PlacingRefused, MoveRefused)


def visible(request: HttpRequest, pk: int) -> Placement:
    placements = Placement.objects.visible_to(request.user).select_related(
        "application__person", "application__intake__scheme", "application__region", "host__region", "mentor_as__user"
    )
    return get_object_or_404(placements, pk=pk)


@login_required
def placement_list(request: HttpRequest) -> HttpResponse:
    placements = Placement.objects.visible_to(request.user).select_related(
        "application__person", "application__region", "host"
    )
    found = PlacementFilter(request.GET or None, queryset=placements)
    waiting = placing.waiting_for_a_placement(request.user).select_related("person", "region")
    context = {
        "filter": found,
        "page": Paginator(found.qs, 50).get_page(request.GET.get("page")),
        "waiting": waiting if access_of(request.user).is_talent_staff else [],
        "is_staff": access_of(request.user).is_talent_staff,
        "today": timezone.localdate(),
    }
    return render(request, "talent/placement_list.html", context)


@login_required
def placement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    placement = visible(request, pk)
    runs = placing.may_run_placement(request.user, placement)
    context = {
        "placement": placement,
        "reviews": placement.reviews.select_related("recorded_by"),
        "events": placement.events.select_related("by") if runs else [],
        "may_run": runs and not placement.outcome,
        "may_review": placing.may_record_review(request.user, placement),
        "today": timezone.localdate(),
        "now": timezone.now(),
    }
    return render(request, "talent/placement_detail.html", context)


def _of_pair(request: HttpRequest, application: Application) -> dict[str, object]:
    """What a proposed pair fills in."""
    named = request.GET.get("pair", "")
    pair = application.pairs.filter(pk=named if named.isdecimal() and len(named) < 10 else None).first()
    if pair is None:
        return {}
    mentor = pair.mentor_as.user if pair.mentor_as else None
    return {"host": pair.host_id} | ({"mentor_name": str(mentor), "mentor_email": mentor.email} if mentor else {})


@staff_only
def placement_create(request: HttpRequest, reference: str) -> HttpResponse:
    waiting = placing.waiting_for_a_placement(request.user).select_related("person", "region", "intake__scheme")
    application = get_object_or_404(waiting, reference=reference)
    form = PlacementForm(request.POST or None, application=application, initial=_of_pair(request, application))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said["mentor_as"] = said.pop("mentor_email")
        try:
            placement = placing.begin_placement(application, **said, by=request.user, at=timezone.now())
        except REFUSED as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The placement is made, and its reviews are planned.")
            return redirect("talent:placement_detail", pk=placement.pk)
    return render(request, "talent/placement_create.html", {"form": form, "application": application})


@staff_only
def placement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    placement = visible(request, pk)
    initial = {name: getattr(placement, name) for name in ("mentor_name", "ends_on", "objectives")}
    stays = placement.mentor_as and placement.mentor_as.is_in_force(timezone.now())
    initial["mentor_email"] = placement.mentor_as.user.email if stays else ""
    form = PlacementChangeForm(request.POST or None, initial=initial, placement=placement)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said["mentor_as"] = said.pop("mentor_email")
        try:
            placing.change_placement(placement, **said, by=request.user, at=timezone.now())
            return redirect("talent:placement_detail", pk=pk)
        except REFUSED as refused:
            form.add_error(None, str(refused))
    return render(request, "talent/placement_edit.html", {"form": form, "placement": placement})


@staff_only
def placement_plan(request: HttpRequest, pk: int) -> HttpResponse:
    placement = visible(request, pk)
    form = ReviewPlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            placing.plan_review(placement, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect("talent:placement_detail", pk=pk)
        except REFUSED as refused:
            form.add_error(None, str(refused))
    return render(request, "talent/placement_plan.html", {"form": form, "placement": placement})


@staff_only
def placement_end(request: HttpRequest, pk: int) -> HttpResponse:
    """First the outcome, then a page to confirm it; only the second writes."""
    placement = visible(request, pk)
    form = PlacementEndForm(request.POST or None)
    context = {"form": form, "placement": placement}
    if request.method != "POST" or not form.is_valid() or "change" in request.POST:
        return render(request, "talent/placement_end.html", context)
    if "confirm" not in request.POST:
        outcome = Placement.Outcome(form.cleaned_data["outcome"]).label
        return render(request, "talent/placement_end_confirm.html", {**context, "outcome": outcome})
    try:
        placing.end_placement(placement, **form.cleaned_data, by=request.user, at=timezone.now())
    except REFUSED as refused:
        form.add_error(None, str(refused))
        return render(request, "talent/placement_end.html", context)
    return redirect("talent:placement_detail", pk=pk)


@login_required
def placement_review(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Placement.objects.visible_to(request.user).exclude(application__person__user=request.user)
    reviews = PlacementReview.objects.filter(placement__in=seen, held_on=None)
    review = get_object_or_404(reviews.select_related("placement__application__person", "placement__host"), pk=pk)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            placing.record_review(review, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect("talent:placement_detail", pk=review.placement_id)
        except REFUSED as refused:
            form.add_error(None, str(refused))
    return render(request, "talent/placement_review.html", {"form": form, "review": review})
