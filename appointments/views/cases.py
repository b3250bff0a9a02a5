"""Seats that fall vacant: the list, one case, what is intended, the further term, a foundation trust's request."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from appointments import cases
from appointments.access import answers_for, may_run_campaign
from appointments.case_reading import read_case
from appointments.cases import PROPOSED_AS, CaseRefused
from appointments.filters_case import CaseFilter
from appointments.forms_case import IntentForm, SupportAnswerForm, SupportForm
from appointments.forms_proposal import ProposalForm
from appointments.models import Case, Proposal, RemunerationRate, Seat, SupportRequest
from appointments.proposing import ProposalRefused
from appointments.supporting import SupportRefused, answer_support, ask_support
from appointments.terms import ONE_DAY
from appointments.views import case_keepers_only, staff_only
from appointments.views.acting import form_then_act
from portal.models import Organisation

PAGE_SIZE = 25
REFUSED = (CaseRefused, ProposalRefused)


def visible(request: HttpRequest, pk: int, **narrowed: object) -> Case:
    rows = Case.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("seat__board__region", "tenure__person", "tenure__seat__board", "proposal__seat__board"),
        pk=pk,
        **narrowed,
    )


@case_keepers_only
def case_list(request: HttpRequest) -> HttpResponse:
    rows = Case.objects.visible_to(request.user).open().select_related("seat__board__region", "tenure__person")
    waits = Proposal.objects.on_no_agenda().filter(pk=OuterRef("proposal"))
    found = CaseFilter(request.GET, queryset=rows.annotate(on_no_agenda=Exists(waits)), user=request.user)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "appointments/case_list.html", {"form": found.form, "page": page})


@case_keepers_only
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    case, user = visible(request, pk), request.user
    board = case.seat.board
    proposal = case.proposal if case.proposal and case.proposal.is_open else None
    context = {
        "case": case,
        "reading": read_case(case, day=timezone.localdate(), reader=request.user),
        "events": case.events.select_related("by"),
        "proposal": proposal,
        "support": SupportRequest.objects.visible_to(user).filter(seat=case.seat_id).select_related("asked_by"),
        "may_intend": case.closed_at is None and proposal is None,
        "may_propose": case.closed_at is None and board.body_appoints and case.intent in PROPOSED_AS and not proposal,
        "may_recruit": case.intent == Case.Intent.RECRUIT and may_run_campaign(user, board),
        "may_ask": not board.body_appoints and answers_for(user, board),
    }
    return render(request, "appointments/case_detail.html", context)


@case_keepers_only
def case_intend(request: HttpRequest, pk: int) -> HttpResponse:
    case = visible(request, pk, closed_at=None)

    def act(form: IntentForm) -> str:
        cases.intend(case, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Recorded.")
        return case_page(pk)

    form = IntentForm(request.POST or None, initial={"intent": case.intent})
    return form_then_act(request, form, act, CaseRefused, "appointments/case_intend.html", {"case": case})


def case_page(pk: int) -> str:
    return reverse("appointments:case_detail", args=[pk])


def proposal_page(pk: int) -> str:
    return reverse("appointments:proposal_detail", args=[pk])


@case_keepers_only
def case_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """The further term that was intended; a foundation trust's is not the body's to propose."""
    case = visible(request, pk, closed_at=None, intent__in=PROPOSED_AS, seat__board__kind=Organisation.Kind.NHS_TRUST)
    kind, first_on = PROPOSED_AS[Case.Intent(case.intent)], (case.tenure.ends_on or timezone.localdate()) + ONE_DAY

    def act(form: ProposalForm) -> str:
        said = {"reason": form.cleaned_data["reason"], **form.facts()}
        proposal = cases.propose_renewal(case, by=request.user, at=timezone.now(), **said)
        messages.success(request, "Proposed.")
        return proposal_page(proposal.pk)

    form = proposal_form(request, kind=kind, seat=case.seat, first_on=first_on)
    reading = read_case(case, day=timezone.localdate(), reader=request.user)
    context = {"case": case, "kind": kind.label, "first_on": first_on, "reading": reading}
    return form_then_act(request, form, act, REFUSED, "appointments/case_propose.html", context)


def proposal_form(
    request: HttpRequest, *, kind: str, seat: Seat, first_on: dt.date | None = None, standing: Proposal | None = None
) -> ProposalForm:
    """With the rates in force on the first day that is proposed, or today."""
    today = timezone.localdate()
    rates = list(RemunerationRate.objects.in_force(first_on or today).filter(role=seat.role))
    return ProposalForm(
        request.POST or None, kind=kind, seat=seat, rates=rates, today=today, first_on=first_on, standing=standing
    )


@case_keepers_only
def support_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk` is the case's. Foundation trusts' own administrators."""
    case = visible(request, pk, seat__board__kind=Organisation.Kind.FOUNDATION_TRUST)
    if not answers_for(request.user, case.seat.board):
        raise PermissionDenied

    def act(form: SupportForm) -> str:
        ask_support(case.seat, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Sent. The talent team answers here.")
        return case_page(pk)

    form = SupportForm(request.POST or None)
    return form_then_act(request, form, act, SupportRefused, "appointments/support_ask.html", {"case": case})


@staff_only
def support_answer(request: HttpRequest, pk: int) -> HttpResponse:
    rows = SupportRequest.objects.visible_to(request.user).select_related("seat__board__region", "asked_by")
    asked = get_object_or_404(rows, pk=pk)

    def act(form: SupportAnswerForm) -> str:
        answer_support(asked, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Answered. The trust sees it on the page of the case.")
        return reverse("appointments:case_list")

    form = SupportAnswerForm(request.POST or None)
    return form_then_act(request, form, act, SupportRefused, "appointments/support_answer.html", {"asked": asked})
