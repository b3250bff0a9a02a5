"""The steps of a campaign: a page to confirm each, and choosing who goes on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from appointments import campaigning, recommending
from appointments.campaigning import CampaignRefused
from appointments.forms_campaign import ChooseForm, ReasonedForm
from appointments.models import Campaign, Mark
from appointments.scores import Row, score_rows
from appointments.views.campaigns import run_by, staff_only
from talent.models import Application, State
from talent.models.application import ApplicationQuerySet
from talent.workflow import MoveRefused

Refused = (CampaignRefused, MoveRefused)


@dataclass(frozen=True, slots=True)
class Step:
    """A step that is confirmed: its heading, what it does, its button, and whether it wants a reason."""

    act: Callable[..., Any]
    heading: str
    says: str
    button: str
    asks: bool = False


STEPS = {
    "open": Step(
        campaigning.open_campaign,
        "Open the campaign",
        "The advert goes out and people can apply. The specification cannot be changed after that.",
        "Open the campaign",
    ),
    "sift": Step(
        campaigning.begin_sift,
        "Begin the blind sift",
        "The panel can read the longlisted applications without names, addresses or employers.",
        "Begin the blind sift",
    ),
    "interviews": Step(
        campaigning.begin_interviews,
        "Begin the interviews",
        "Everybody on the shortlist is invited. The panel sees names and declared political activity from now on.",
        "Begin the interviews",
    ),
    "conclude": Step(
        recommending.conclude,
        "Conclude the campaign",
        "Its time stops and the campaign is closed. The reserve list goes on until its own last day.",
        "Conclude the campaign",
        asks=True,
    ),
    "cancel": Step(
        campaigning.cancel_campaign,
        "Cancel the campaign",
        "Everybody who applied is told, and nobody can apply any more. This cannot be undone.",
        "Cancel the campaign",
        asks=True,
    ),
}


@staff_only
def campaign_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    campaign, step = run_by(request, pk), STEPS.get(name)
    if step is None:
        raise Http404
    form = ReasonedForm(request.POST if request.method == "POST" else None, asks=step.asks)
    if request.method == "POST" and form.is_valid():
        try:
            step.act(campaign, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Done: {step.heading.lower()}.")
            return redirect("appointments:campaign_detail", pk)
    return render(request, "appointments/campaign_step.html", {"campaign": campaign, "step": step, "form": form})


@dataclass(frozen=True, slots=True)
class Choice:
    """A step that divides: which state, what is asked, and what is shown of each applicant."""

    act: Callable[..., Any]
    state: str
    keyword: str
    heading: str
    question: str
    hint: str
    round: str = ""


CHOICES = {
    "longlist": Choice(
        campaigning.make_longlist,
        State.SUBMITTED,
        "chosen",
        "Make the longlist",
        "Who goes on to the panel?",
        "For those who do not go on. They are told the outcome, not these words.",
    ),
    "shortlist": Choice(
        campaigning.make_shortlist,
        State.SIFT,
        "chosen",
        "Make the shortlist",
        "Whom does the panel want to interview?",
        "The panel’s reason for those it does not interview.",
        Mark.Round.SIFT,
    ),
    "verdicts": Choice(
        campaigning.record_verdicts,
        State.INTERVIEW,
        "appointable",
        "Record the panel’s verdict",
        "Who did the panel find appointable?",
        "The panel’s reasons, kept with each verdict.",
        Mark.Round.INTERVIEW,
    ),
}


@staff_only
def campaign_choose(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """First who goes on, then a page that says who does and who does not; only the second writes."""
    campaign, choice = run_by(request, pk), CHOICES.get(name)
    if choice is None:
        raise Http404
    there = standing_at(request, campaign, choice.state)
    rows = score_rows(campaign, there, choice.round)
    # The reference tells two of one name apart.
    labels = {a.pk: f"{a.called}, {a.reference}" for a in (row.application for row in rows)}
    asked = {"applications": there, "labels": labels, "question": choice.question, "hint": choice.hint}
    form = ChooseForm(request.POST if request.method == "POST" else None, **asked)
    context = {"campaign": campaign, "name": name, "choice": choice, "form": form, "rows": rows}
    context["criteria"] = campaign.criteria.all()
    if request.method == "POST" and form.is_valid():
        given = {choice.keyword: form.chosen_ids(), "reason": form.cleaned_data["reason"]}
        given |= {"by": request.user, "at": timezone.now()}
        try:
            if "confirm" not in request.POST:
                campaigning.rehearse(choice.act, campaign, **given)
                return render(request, "appointments/campaign_choose_confirm.html", context | _parted(rows, form))
            choice.act(campaign, **given)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Done: {choice.heading.lower()}.")
            return redirect("appointments:campaign_detail", pk)
    return render(request, "appointments/campaign_choose.html", context)


def _parted(rows: Sequence[Row], form: ChooseForm) -> dict[str, list[Application]]:
    """Who goes on, and who does not."""
    chosen, everybody = set(form.chosen_ids()), [row.application for row in rows]
    return {
        "going_on": [application for application in everybody if application.pk in chosen],
        "left_out": [application for application in everybody if application.pk not in chosen],
    }


def standing_at(request: HttpRequest, campaign: Campaign, *states: str) -> ApplicationQuerySet:
    mine = Application.objects.in_scope_of(request.user).filter(intake=campaign.intake, state__in=states)
    return mine.select_related("person", "intake").order_by("pseudonym")
