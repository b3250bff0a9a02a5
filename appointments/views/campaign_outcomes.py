"""After the verdict: whom to put forward, whom to hold in reserve, and what becomes of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments import offering, recommending, reserving
from appointments.campaigning import AFTER_VERDICT
from appointments.forms_campaign import ReasonedForm, RecommendForm, ReserveForm
from appointments.models import Appointment, Campaign, Mark
from appointments.scores import score_rows
from appointments.views.campaign_steps import Refused, standing_at
from appointments.views.campaigns import run_by, staff_only
from talent.models import Application, State


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that can become of somebody after the verdict: what is pressed, and what it does in words."""

    act: Callable[..., Any]
    label: str
    says: str
    states: tuple[str, ...]
    for_body: bool = True  # where the body appoints
    for_foundation: bool = True


_FOUND = (State.APPOINTABLE, State.RESERVE)
ANSWERS = {
    "recommend": Answer(
        recommending.recommend,
        "Recommend",
        "The committee decides. The proposal waits for its agenda with what stands here.",
        _FOUND,
        for_foundation=False,
    ),
    "put_to_trust": Answer(
        recommending.put_to_trust,
        "Put to the trust",
        "The name and our advice go to the foundation trust, which makes its own appointment.",
        _FOUND,
        for_body=False,
    ),
    "not_chosen": Answer(
        recommending.not_chosen,
        "Not chosen",
        "The applicant is told at once. This cannot be undone.",
        (State.APPOINTABLE, State.ADVISED),
    ),
    "take_back": Answer(
        recommending.take_back,
        "Take the recommendation back",
        "The proposal is withdrawn and the applicant is appointable again. Take it off the agenda first.",
        (State.RECOMMENDED,),
        for_foundation=False,
    ),
    "chosen_by_trust": Answer(
        recommending.chosen_by_trust,
        "Chosen by the trust",
        "The trust has recorded its own appointment on its board’s page. This closes the application.",
        (State.ADVISED,),
        for_body=False,
    ),
    "appoint": Answer(
        recommending.confirm_appointment,
        "Record as appointed",
        "The committee has appointed this person and they have accepted.",
        (State.ACCEPTED,),
        for_foundation=False,
    ),
    "undo": Answer(
        recommending.undo_appointment,
        "Take the appointment back",
        "They were appointed and will not come. The ledger gets a correction and the seat is vacant again.",
        (State.DECLINED, State.LAPSED, State.WITHDRAWN),
        for_foundation=False,
    ),
}


def answers_for(application: Application, campaign: Campaign) -> list[tuple[str, str]]:
    """What may become of somebody now: the word in the address, and the label."""
    body = campaign.seat.board.body_appoints
    return [
        (name, answer.label)
        for name, answer in ANSWERS.items()
        if application.state in answer.states and (answer.for_body if body else answer.for_foundation)
    ]


@staff_only
def campaign_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = run_by(request, pk, stage__in=AFTER_VERDICT)
    appointable = standing_at(request, campaign, State.APPOINTABLE)
    form = ReserveForm(request.POST if request.method == "POST" else None, applications=appointable)
    if request.method == "POST" and form.is_valid():
        try:
            reserving.list_reserves(campaign, form.ranked(), by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The reserve list is written.")
            return redirect("appointments:campaign_outcome", pk)
    mine = Application.objects.in_scope_of(request.user).filter(intake=campaign.intake)
    reserves = campaign.reserves.filter(application__in=mine).select_related("application__person")
    context = {
        "campaign": campaign,
        "form": form,
        "rows": [
            (row, answers_for(row.application, campaign))
            for row in score_rows(campaign, appointable, Mark.Round.INTERVIEW)
        ],
        "reserves": [(place, answers_for(place.application, campaign)) for place in reserves],
        "forward": [(a, answers_for(a, campaign)) for a in _forward(request, campaign)],
    }
    return render(request, "appointments/campaign_outcome.html", context)


def _forward(request: HttpRequest, campaign: Campaign) -> list[Application]:
    """Those put forward, and those who were appointed and declined afterwards."""
    mine = Application.objects.in_scope_of(request.user).filter(intake=campaign.intake)
    made = Appointment.objects.standing().filter(decision__item__proposal__application__intake=campaign.intake)
    there = mine.filter(
        Q(state__in=(*recommending.FORWARD, State.APPOINTED))
        | Q(pk__in=made.values("decision__item__proposal__application"))
    )
    row = made.filter(decision__item__proposal__application=OuterRef("pk")).values("pk")[:1]
    there = there.annotate(appointment_pk=Subquery(row))
    return list(there.select_related("person").order_by("person__sort_name", "pk"))


@staff_only
def campaign_answer(request: HttpRequest, pk: int, reference: str, name: str) -> HttpResponse:
    """What becomes of one applicant after the verdict, with its reason."""
    campaign = run_by(request, pk, stage__in=AFTER_VERDICT)
    mine = Application.objects.in_scope_of(request.user).filter(intake=campaign.intake).select_related("person")
    application = get_object_or_404(mine, reference=reference)
    answer = ANSWERS.get(name)
    if answer is None or not (answer.for_body if campaign.seat.board.body_appoints else answer.for_foundation):
        raise Http404
    form = _form(request, campaign, name)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "at": timezone.now(), "reason": form.cleaned_data["reason"]}
        if isinstance(form, RecommendForm):
            given["term"] = form.term()
        try:
            answer.act(campaign, application, **given)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{application.person.full_name}: {answer.label.lower()}.")
            return redirect("appointments:campaign_outcome", pk)
    context = {"campaign": campaign, "application": application, "form": form, "answer": answer}
    return render(request, "appointments/campaign_answer.html", context)


def _form(request: HttpRequest, campaign: Campaign, name: str) -> ReasonedForm:
    data = request.POST if request.method == "POST" else None
    if name != "recommend":
        return ReasonedForm(data, asks=True)
    term = offering.suggested_term(campaign.seat, day=timezone.localdate())
    rates = offering.rates_for(campaign.seat, term.starts_on if term else timezone.localdate())
    return RecommendForm(data, term=term, rates=rates)
