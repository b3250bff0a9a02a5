"""Possible duplicates: proposed pairs, two records side by side, and the decision, which can be taken back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.access import requires_role
from portal.models import Role
from talent import merging
from talent.access import Refused
from talent.comparing import compared
from talent.forms.duplicate import DecisionForm, WhyForm
from talent.models import DuplicatePair, ProfileView

SHOWN = {
    "waiting": DuplicatePair.State.WAITING,
    "merged": DuplicatePair.State.MERGED,
    "apart": DuplicatePair.State.APART,
}


@requires_role(Role.TALENT_TEAM)
def duplicate_list(request: HttpRequest) -> HttpResponse:
    shown = request.GET.get("shown", "waiting")
    pairs = DuplicatePair.objects.visible_to(request.user).select_related("first", "second")
    rows = pairs.filter(state=SHOWN[shown]) if shown in ("merged", "apart") else pairs.waiting()
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "talent/duplicate_list.html", {"page": page, "shown": shown})


@requires_role(Role.TALENT_TEAM)
def duplicate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    pair, now = _pair(request, pk), timezone.now()
    form = DecisionForm(request.POST if request.method == "POST" else None, pair=pair)
    if request.method == "POST" and form.is_valid() and _decided(request, pair, form):
        return redirect("talent:duplicate_list")
    ProfileView.objects.bulk_create(ProfileView(person=p, by=request.user, at=now) for p in (pair.first, pair.second))
    context = {
        "pair": pair,
        "lines": compared(pair.first, pair.second, day=timezone.localdate(now)),
        "events": pair.events.select_related("by", "kept"),
        "form": form,
    }
    return render(request, "talent/duplicate_detail.html", context)


def _decided(request: HttpRequest, pair: DuplicatePair, form: DecisionForm) -> bool:
    decision, reason, at = form.cleaned_data["decision"], form.cleaned_data["reason"], timezone.now()
    try:
        if decision == form.APART:
            merging.keep_apart(pair, by=request.user, at=at, reason=reason)
            messages.success(request, "Both records stay. This pair is not proposed again.")
            return True
        kept = pair.first if decision == form.FIRST else pair.second
        merging.merge(pair, keep=kept, by=request.user, at=at, reason=reason)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, f"Record {kept.pk} of {kept} is kept. The merge can be undone on the pair's page.")
    return True


@requires_role(Role.TALENT_TEAM)
def duplicate_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a merge back, or opens a pair again that was kept apart."""
    pair = _pair(request, pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        act = merging.undo if pair.state == DuplicatePair.State.MERGED else merging.reopen
        try:
            act(pair, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Done. Both records stand by themselves.")
            return redirect("talent:duplicate_detail", pk)
    return render(request, "talent/duplicate_undo.html", {"pair": pair, "form": form})


def _pair(request: HttpRequest, pk: int) -> DuplicatePair:
    pairs = DuplicatePair.objects.visible_to(request.user)
    people = [f"{side}__{name}" for side in ("first", "second") for name in ("user", "region", "imported_in")]
    return get_object_or_404(pairs.select_related(*people), pk=pk)
