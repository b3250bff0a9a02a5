"""One item: its paper, and a member's vote."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from appointments.access import is_secretariat, may_record
from appointments.candidate import candidate_paper
from appointments.decisions import DecisionRefused, cast_vote
from appointments.forms_decision import VoteForm
from appointments.models import AgendaItem
from appointments.proposal_paper import proposal_paper
from appointments.running import running_order
from appointments.views import committee_only


def visible(request: HttpRequest, pk: int) -> AgendaItem:
    items = AgendaItem.objects.visible_to(request.user).select_related(
        "meeting__committee",
        "decision",
        "application__person",
        "application__intake__scheme",
        "application__region",
        "application__question_set",
        "proposal__seat__board",
        "proposal__person",
        "proposal__tenure",
    )
    return get_object_or_404(items, pk=pk)


@committee_only
def item_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, visible(request, pk), VoteForm())


@committee_only
def item_candidate(request: HttpRequest, pk: int, reference: str) -> HttpResponse:
    """One of the applications that are decided together."""
    item = visible(request, pk)
    places = item.places.select_related(
        "application__person", "application__intake__scheme", "application__region", "application__question_set"
    )
    place = get_object_or_404(places, application__reference=reference)
    context = {"item": item, "paper": candidate_paper(place.application)}
    return render(request, "appointments/item_candidate.html", context)


@committee_only
@require_POST
def item_vote(request: HttpRequest, pk: int) -> HttpResponse:
    item = visible(request, pk)
    form = VoteForm(request.POST)
    if not form.is_valid():
        return _page(request, item, form)
    try:
        vote = cast_vote(item, form.cleaned_data["choice"], by=request.user, at=timezone.now())
        messages.success(request, f"Your vote is recorded: {vote.get_choice_display().lower()}.")
    except DecisionRefused as refused:
        messages.error(request, str(refused))
    return redirect("appointments:item_detail", pk=pk)


def _page(request: HttpRequest, item: AgendaItem, form: VoteForm) -> HttpResponse:
    mine = item.votes.filter(member=request.user).first()
    if mine and not form.is_bound:
        form.initial["choice"] = mine.choice
    now = timezone.now()
    open_to_votes = item.meeting.is_planned and item.is_open
    in_time = item.meeting.closes_at is None or now < item.meeting.closes_at
    sits = item.meeting.seats(now).filter(user=request.user).exists()
    declared = item.declarations.filter(member=request.user).exists()
    readable = AgendaItem.objects.visible_to(request.user).filter(meeting=item.meeting_id)
    before, after = running_order(item.meeting, readable).beside(item)
    context = {
        "item": item,
        "before": before,
        "after": after,
        "paper": candidate_paper(item.application) if item.application else None,
        "proposal": proposal_paper(item.proposal) if item.proposal else None,
        "places": item.places.select_related("application__person", "application__region"),
        "may_wait": open_to_votes and sits and declared and item.meeting.is_round,
        "appendices": item.appendices.standing(),
        "form": form,
        "mine": mine,
        "may_vote": open_to_votes and sits and declared and in_time,
        "may_decide": open_to_votes and may_record(request.user, item, at=now),
        "has_come": item.meeting.has_come(now),
        "may_prepare": open_to_votes and is_secretariat(request.user),
        "waiting": item.wait_requests.select_related("by") if item.waits_since else None,
    }
    return render(request, "appointments/item_detail.html", context)
