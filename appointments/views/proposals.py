"""Proposals about seats: the list, one proposal, making, completing and withdrawing it, and lifting a conflict."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from appointments import cases
from appointments.access import is_secretariat, may_run_campaign
from appointments.agenda import add_proposals
from appointments.filters_case import ProposalFilter
from appointments.forms_case import ReasonForm, ToAgendaForm
from appointments.forms_proposal import ProposalForm
from appointments.models import AgendaItem, Letter, Meeting, Proposal, ProposalInterest, Seat, Tenure
from appointments.notices import person_named
from appointments.preparing import AgendaRefused
from appointments.proposal_conflicts import LiftRefused, lift
from appointments.proposal_paper import proposal_paper
from appointments.proposing import ProposalRefused, change_proposal, obstacles_told, propose
from appointments.views import case_keepers_only, secretariat_only, staff_only
from appointments.views.acting import form_then_act
from appointments.views.cases import proposal_form, proposal_page
from portal.access import access_of

PAGE_SIZE = 25
Kind = Proposal.Kind
HINTS = {
    Kind.NEW_APPOINTMENT: "Somebody to take the seat: after a campaign, or when the present term ends.",
    Kind.REMUNERATION: "Other pay for the present holder.",
    Kind.TERMINATION: "The present holder leaves before the term ends. The trust does not see it before the decision.",
    Kind.EXECUTIVE_MOVE: "An executive takes the seat, also acting up or for an interim.",
}


def visible(request: HttpRequest, pk: int) -> Proposal:
    rows = Proposal.objects.visible_to(request.user)
    related = ("seat__board__region", "person", "tenure__seat", "application", "made_by")
    return get_object_or_404(rows.select_related(*related), pk=pk)


@case_keepers_only
def proposal_list(request: HttpRequest) -> HttpResponse:
    rows = Proposal.objects.visible_to(request.user).select_related("seat__board__region", "person")
    rows = rows.annotate(
        incomplete=Exists(Proposal.objects.incomplete().filter(pk=OuterRef("pk"))),
        unchecked=Exists(Proposal.objects.unchecked(timezone.localdate()).filter(pk=OuterRef("pk"))),
        waits=Exists(Proposal.objects.on_no_agenda().filter(pk=OuterRef("pk"))),
    )
    found = ProposalFilter(request.GET, queryset=rows, user=request.user)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "appointments/proposal_list.html", {"form": found.form, "page": page})


@case_keepers_only
def proposal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    proposal, user = visible(request, pk), request.user
    items = AgendaItem.objects.standing().filter(proposal=proposal).select_related("meeting__committee", "decision")
    context = {
        "proposal": proposal,
        "paper": proposal_paper(proposal, with_scores=access_of(user).is_talent_staff),
        "obstacles": obstacles_told(proposal, day=timezone.localdate(), reader=user) if proposal.is_open else (),
        "items": items.order_by("-meeting__starts_at"),
        "letters": Letter.objects.visible_to(user).filter(decision__item__proposal=proposal).select_related("decision"),
        "waits": Proposal.objects.on_no_agenda().filter(pk=pk).exists(),
        "interests": _interests(request, proposal),
        "is_secretariat": is_secretariat(user),
    }
    return render(request, "appointments/proposal_detail.html", context)


def _interests(request: HttpRequest, proposal: Proposal) -> list[ProposalInterest]:
    """Who takes no part in it: for the secretariat, who names the substitute chair and lifts what is none."""
    if not is_secretariat(request.user):
        return []
    return list(proposal.interests.in_force().select_related("user"))


@secretariat_only
def proposal_to_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Refused with all that the proposal still lacks."""
    proposal = visible(request, pk)
    meetings = Meeting.objects.visible_to(request.user).upcoming(timezone.now()).select_related("committee")

    def act(form: ToAgendaForm) -> str:
        meeting = form.cleaned_data["meeting"]
        add_proposals(meeting, [proposal], by=request.user, at=timezone.now())
        messages.success(request, f"On the agenda of {meeting}.")
        return proposal_page(pk)

    form, context = ToAgendaForm(request.POST or None, meetings=meetings), {"proposal": proposal}
    return form_then_act(request, form, act, AgendaRefused, "appointments/proposal_to_agenda.html", context)


@case_keepers_only
def proposal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = visible(request, pk)
    first_on = proposal.starts_on if proposal.kind in Proposal.RENEWALS else None

    def act(form: ProposalForm) -> str:
        change_proposal(proposal, **form.facts(), reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "Saved.")
        return proposal_page(pk)

    form = proposal_form(request, kind=proposal.kind, seat=proposal.seat, first_on=first_on, standing=proposal)
    context = {"proposal": proposal}
    return form_then_act(request, form, act, ProposalRefused, "appointments/proposal_edit.html", context)


@case_keepers_only
def proposal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = visible(request, pk)

    def act(form: ReasonForm) -> str:
        cases.withdraw(proposal, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Withdrawn.")
        return proposal_page(pk)

    form, context = ReasonForm(request.POST or None), {"proposal": proposal}
    return form_then_act(request, form, act, ProposalRefused, "appointments/proposal_withdraw.html", context)


def _seat(request: HttpRequest, pk: int) -> tuple[Seat, Tenure | None]:
    """A seat in the user's scope and who sits in it; trusts' and members' boards are not theirs to propose for."""
    seat = get_object_or_404(Seat.objects.visible_to(request.user).select_related("board__region"), pk=pk)
    if not may_run_campaign(request.user, seat.board):
        raise Http404
    return seat, seat.tenures.sitting_on(timezone.localdate()).select_related("person").first()


def kinds_for(seat: Seat, tenure: Tenure | None) -> list[str]:
    """What can be proposed for a seat; nothing for one that a foundation trust fills itself."""
    if seat.is_non_executive and not seat.board.body_appoints:
        return []
    first = [Kind.NEW_APPOINTMENT if seat.is_non_executive else Kind.EXECUTIVE_MOVE]
    return first + ([Kind.REMUNERATION, Kind.TERMINATION] if tenure is not None else [])


@staff_only
def seat_propose(request: HttpRequest, pk: int) -> HttpResponse:
    seat, tenure = _seat(request, pk)
    choices = [(kind.value, kind.label, HINTS[kind]) for kind in kinds_for(seat, tenure)]
    case = seat.cases.open().first()
    context = {"seat": seat, "tenure": tenure, "choices": choices, "case": case}
    return render(request, "appointments/seat_propose.html", context)


@staff_only
def proposal_create(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    seat, tenure = _seat(request, pk)
    if kind not in kinds_for(seat, tenure):
        raise Http404

    def act(form: ProposalForm) -> str:
        proposal = _propose(request, form, kind, seat, tenure)
        messages.success(request, "Proposed.")
        return proposal_page(proposal.pk)

    context = {"seat": seat, "tenure": tenure, "kind": Kind(kind).label, "hint": HINTS[Kind(kind)]}
    form = proposal_form(request, kind=kind, seat=seat)
    return form_then_act(request, form, act, ProposalRefused, "appointments/proposal_create.html", context)


@transaction.atomic
def _propose(request: HttpRequest, form: ProposalForm, kind: str, seat: Seat, tenure: Tenure | None) -> Proposal:
    said, now = form.cleaned_data, timezone.now()
    of_holder = kind in Proposal.OF_HOLDER
    person = tenure.person if of_holder else person_named(seat, name=said["name"], email=said["email"], at=now)
    facts = form.facts() | ({"tenure": tenure} if of_holder else {})
    return propose(kind=kind, seat=seat, person=person, by=request.user, at=now, reason=said["reason"], **facts)


@secretariat_only
def interest_lift(request: HttpRequest, pk: int) -> HttpResponse:
    rows = ProposalInterest.objects.in_force().filter(proposal__in=Proposal.objects.visible_to(request.user))
    interest = get_object_or_404(rows.select_related("user", "proposal__seat__board", "proposal__person"), pk=pk)

    def act(form: ReasonForm) -> str:
        lift(interest, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"Lifted: {interest.user} takes part in this again.")
        return proposal_page(interest.proposal_id)

    form, context = ReasonForm(request.POST or None), {"interest": interest}
    return form_then_act(request, form, act, LiftRefused, "appointments/interest_lift.html", context)
