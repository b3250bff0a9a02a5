"""Recording a decision, the register, and the letter."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments.access import is_secretariat, may_record
from appointments.conflicts import conflicted_members
from appointments.decisions import DecisionRefused, record_decision, rehearse_decision
from appointments.filters import DecisionFilter
from appointments.forms_decision import DecisionForm
from appointments.models import AgendaItem, Decision, Letter
from appointments.views import committee_only
from appointments.views.acting import goes_on
from appointments.views.items import visible
from portal.access import access_of, requires_role
from portal.models import Role
from talent.workflow import MoveRefused

REFUSED = (DecisionRefused, MoveRefused)
PAGE_SIZE = 25


@committee_only
def decision_create(request: HttpRequest, pk: int) -> HttpResponse:
    """First what was decided, then a page to confirm it; only the second writes."""
    item = visible(request, pk)
    if not may_record(request.user, item, at=timezone.now()):
        raise PermissionDenied
    context = _voters(item)
    form = DecisionForm(request.POST or None, members=context["in_room"])
    if not goes_on(request, form):
        return render(request, "appointments/decision_create.html", {**context, "form": form})
    confirmed = "confirm" in request.POST
    act = record_decision if confirmed else rehearse_decision
    try:
        act(item, **_said(form), by=request.user, at=timezone.now())
    except REFUSED as refused:
        form.add_error(None, str(refused))
        return render(request, "appointments/decision_create.html", {**context, "form": form})
    if not confirmed:
        outcome = Decision.Outcome(form.cleaned_data["outcome"]).label
        return render(request, "appointments/decision_confirm.html", {**context, "form": form, "outcome": outcome})
    messages.success(request, "The decision is recorded.")
    return redirect("appointments:meeting_detail", pk=item.meeting_id)


def _said(form: DecisionForm) -> dict[str, Any]:
    return {
        "outcome": form.cleaned_data["outcome"],
        "votes": form.votes(),
        "interests": form.interests(),
        "reason": form.cleaned_data["reason"],
    }


def _voters(item: AgendaItem) -> dict[str, Any]:
    """The members of the day: who voted themselves, whose vote is to be entered, who takes no part."""
    members = {seat.user_id: seat.user for seat in item.meeting.seats(timezone.now())}
    out = conflicted_members(item, members)
    votes = [v for v in item.votes.select_related("member") if v.member_id in members and v.member_id not in out]
    voted = {vote.member_id for vote in votes}
    missing = [user for pk, user in members.items() if pk not in out and pk not in voted]
    return {
        "item": item,
        "votes": votes,
        "out": [members[pk] for pk in members if pk in out],
        "in_room": [] if item.meeting.is_round else missing,
        "silent": missing if item.meeting.is_round else [],
    }


@requires_role(Role.TALENT_TEAM, Role.REGIONAL_LEAD, Role.COMMITTEE_MEMBER)
def decision_list(request: HttpRequest) -> HttpResponse:
    decisions = (
        Decision.objects.visible_to(request.user)
        .select_related("item__application__region", "item__proposal__seat__board__region", "meeting__committee")
        .prefetch_related("letters__application")
    )
    found = DecisionFilter(request.GET or None, queryset=decisions)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    may_read_letters = access_of(request.user).is_talent_staff
    context = {
        "filter": found,
        "page": page,
        "openable": _openable(request, page),
        "may_read_letters": may_read_letters,
        "may_erase": is_secretariat(request.user),
    }
    return render(request, "appointments/decision_list.html", context)


def _openable(request: HttpRequest, page: Page) -> set[int]:
    """The items whose own pages the reader may open: a member's after declaring, a regional lead's none."""
    items = AgendaItem.objects.visible_to(request.user).filter(pk__in=[row.item_id for row in page])
    return set(items.values_list("pk", flat=True))


@login_required
def letter_download(request: HttpRequest, reference: str) -> FileResponse:
    """The newest letter on one application: the applicant's own, or for talent staff in their scope."""
    letters = Letter.objects.visible_to(request.user).filter(application__reference=reference)
    letter = get_object_or_404(letters.order_by("-made_at", "-pk")[:1])
    return FileResponse(
        letter.file.open("rb"),
        content_type="application/pdf",
        filename=f"decision-{reference}.pdf",
        headers={"Cache-Control": "private, no-store"},
    )
