"""Curated pools: the list, opening one, the people in it by step, and one person's place in it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.access import STAFF_ROLES, requires_role
from talent import curating
from talent.access import Refused
from talent.curating import colleagues_of
from talent.forms.curated import AddForm, CandidateForm, CuratedPoolForm
from talent.forms.duplicate import WhyForm
from talent.models import CuratedPool, Person, PoolCandidate


@requires_role(*STAFF_ROLES)
def curated_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    seen = PoolCandidate.objects.visible_to(request.user).shown_on(today).values("pk")
    pools = CuratedPool.objects.visible_to(request.user).select_related("owner", "region")
    people = Count("candidates", filter=Q(candidates__in=seen), distinct=True)
    rows = pools.annotate(people=people).order_by("name", "pk")
    context = {"pools": [pool for pool in rows if pool.is_open_on(today)]}
    context["ended"] = [pool for pool in rows if not pool.is_open_on(today)]
    return render(request, "talent/curated_list.html", context)


@requires_role(*STAFF_ROLES)
def curated_create(request: HttpRequest) -> HttpResponse:
    form = CuratedPoolForm(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            pool = curating.open_pool(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The pool is open. Add people from their pages.")
            return redirect("talent:curated_detail", pool.pk)
    return render(request, "talent/curated_create.html", {"form": form})


@requires_role(*STAFF_ROLES)
def curated_detail(request: HttpRequest, pk: int) -> HttpResponse:
    pool, today = _pool(request, pk), timezone.localdate()
    seen = PoolCandidate.objects.visible_to(request.user).shown_on(today).filter(pool=pool)
    rows = list(seen.select_related("person__region", "owner", "step"))
    steps = [(step, [row for row in rows if row.step_id == step.pk]) for step in pool.steps.all()]
    context = {"pool": pool, "steps": steps, "count": len(rows), "is_open": pool.is_open_on(today), "today": today}
    context["may_name"] = pool.reach == CuratedPool.Reach.PRIVATE and pool.owner_id == request.user.pk
    return render(request, "talent/curated_detail.html", context)


@requires_role(*STAFF_ROLES)
def curated_close(request: HttpRequest, pk: int) -> HttpResponse:
    pool = _pool(request, pk)
    if request.method == "POST":
        _act(request, "The pool is closed.", curating.close_pool, pool)
        return redirect("talent:curated_list")
    return render(request, "talent/curated_close.html", {"pool": pool})


@requires_role(*STAFF_ROLES)
def curated_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts one person into a pool, from their page."""
    others = Person.objects.visible_to(request.user).exclude(user=request.user)
    person, today = get_object_or_404(others, pk=pk), timezone.localdate()
    pools = CuratedPool.objects.visible_to(request.user).open_on(today)
    form = AddForm(request.POST if request.method == "POST" else None, pools=pools)
    if request.method == "POST" and form.is_valid():
        pool = form.cleaned_data["pool"]
        try:
            curating.add(pool, person, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{person} is in {pool}.")
            return redirect("talent:curated_detail", pool.pk)
    return render(request, "talent/curated_add.html", {"form": form, "person": person, "pools": pools})


@requires_role(*STAFF_ROLES)
def curated_person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's place: step, owner, what is next, notes, and what was done."""
    candidate = _candidate(request, pk)
    initial = {name: getattr(candidate, name) for name in ("step", "owner", "next_action", "next_on")}
    form = CandidateForm(
        request.POST if request.method == "POST" else None,
        candidate=candidate,
        colleagues=colleagues_of(candidate.pool),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid() and _saved(request, candidate, form):
        return redirect("talent:curated_person", pk)
    context = {"candidate": candidate, "form": form, "events": candidate.events.select_related("by")}
    return render(request, "talent/curated_person.html", context)


def _saved(request: HttpRequest, candidate: PoolCandidate, form: CandidateForm) -> bool:
    said, by, at = form.cleaned_data, request.user, timezone.now()
    try:
        curating.update(
            candidate,
            step=said["step"],
            action=said["next_action"],
            on=said["next_on"],
            owner=said["owner"],
            words=said["note"],
            by=by,
            at=at,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, f"{candidate.person}: saved.")
    return True


@requires_role(*STAFF_ROLES)
def curated_take_out(request: HttpRequest, pk: int) -> HttpResponse:
    candidate = _candidate(request, pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _act(request, f"{candidate.person} is out of the pool.", curating.take_out, candidate, **form.cleaned_data)
        return redirect("talent:curated_detail", candidate.pool_id)
    return render(request, "talent/curated_take_out.html", {"candidate": candidate, "form": form})


def _act(request: HttpRequest, done: str, act: Any, row: Any, **kwargs: Any) -> None:
    try:
        act(row, by=request.user, at=timezone.now(), **kwargs)
    except Refused as refused:
        raise PermissionDenied(str(refused)) from refused
    messages.success(request, done)


def _pool(request: HttpRequest, pk: int) -> CuratedPool:
    return get_object_or_404(CuratedPool.objects.visible_to(request.user).select_related("owner", "region"), pk=pk)


def _candidate(request: HttpRequest, pk: int) -> PoolCandidate:
    rows = PoolCandidate.objects.visible_to(request.user).shown_on(timezone.localdate())
    return get_object_or_404(rows.select_related("pool", "person", "step", "owner"), pk=pk)
