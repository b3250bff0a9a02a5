"""After the panel: the reserve list, the recommendation, a foundation trust's choice, and the campaign's end."""

import datetime as dt
from collections.abc import Sequence

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from appointments.campaigning import CampaignRefused, advance, lock
from appointments.models import Campaign, CampaignPolicy, ReservePlace
from appointments.models.campaign import policy_on
from portal.models import User
from talent.models import Application, State
from talent.workflow import Actor, MoveRefused, move

Stage = Campaign.Stage
AFTER_VERDICT = (Stage.VERDICT, Stage.RECOMMENDED)


@transaction.atomic
def recommend(campaign: Campaign, application: Application, *, by: User, at: dt.datetime, reason: str) -> Application:
    """Puts one appointable applicant forward: to the committee, or for a foundation trust to the trust itself.

    One at a time: another only when the first has declined, withdrawn or was not approved.
    """
    row = lock(campaign, by, *AFTER_VERDICT)
    forward = (State.RECOMMENDED, State.APPROVED, State.OFFERED, State.ACCEPTED, State.ADVISED)
    if Application.objects.filter(intake=row.intake, state__in=forward).exists():
        raise CampaignRefused("Somebody has been put forward already. Wait for what comes of it.")
    if application.intake_id != row.intake_id:
        raise CampaignRefused("This application belongs to another campaign.")
    step = "recommend" if row.seat.board.body_appoints else "put_to_trust"
    moved = move(application, step, by=by, actor=Actor.PANEL, at=at, reason=reason)
    ReservePlace.objects.filter(application=moved).delete()
    advance(row, Stage.RECOMMENDED, by, at)
    return moved


@transaction.atomic
def list_reserves(
    campaign: Campaign, ranked: Sequence[Application], *, by: User, at: dt.datetime
) -> list[ReservePlace]:
    """Puts appointable applicants on the reserve list in this order, behind those who stand on it."""
    row = lock(campaign, by, *AFTER_VERDICT)
    today = timezone.localdate(at)
    policy = policy_on(CampaignPolicy.Kind.RESERVE, today)
    if policy is None:
        raise CampaignRefused("No rule on reserve lists is in force today. Add one to the campaign policies.")
    last = row.reserves.order_by("-rank").values_list("rank", flat=True).first() or 0
    places = []
    for rank, application in enumerate(ranked, start=last + 1):
        if application.intake_id != row.intake_id:
            raise CampaignRefused("This application belongs to another campaign.")
        move(application, "hold_reserve", by=by, actor=Actor.PANEL, at=at)
        places.append(
            ReservePlace.objects.create(
                campaign=row,
                application=application,
                rank=rank,
                listed_on=today,
                expires_on=today + relativedelta(months=policy.months),
            )
        )
    return places


@transaction.atomic
def conclude(campaign: Campaign, *, by: User, at: dt.datetime, reason: str) -> Campaign:
    """Ends a campaign: nobody may be left without an answer, apart from the reserve list."""
    row = lock(campaign, by, *AFTER_VERDICT)
    if not reason.strip():
        raise CampaignRefused("Say what came of it; it is kept with the campaign.")
    waiting = (State.APPOINTABLE, State.RECOMMENDED, State.APPROVED, State.OFFERED, State.ADVISED)
    if Application.objects.filter(intake=row.intake, state__in=waiting).exists():
        raise CampaignRefused("Somebody still waits for an answer. Recommend, reserve or answer them first.")
    return advance(row, Stage.CONCLUDED, by, at, reason)


@transaction.atomic
def answer_for(
    campaign: Campaign, application: Application, step: str, *, by: User, at: dt.datetime, reason: str
) -> Application:
    """What became of one applicant after the verdict: not chosen, chosen by the foundation trust, or appointed."""
    row = lock(campaign, by, *AFTER_VERDICT)
    if application.intake_id != row.intake_id or step not in ("not_chosen", "chosen_by_trust"):
        raise CampaignRefused("That answer is not possible here.")
    return move(application, step, by=by, actor=Actor.PANEL, at=at, reason=reason)


def lapse_reserves(*, at: dt.datetime) -> int:
    """Ends the places on reserve lists whose last day is past; returns how many."""
    late = ReservePlace.objects.filter(expires_on__lt=timezone.localdate(at), application__state=State.RESERVE)
    return sum(_lapsed(place, at) for place in late.select_related("application"))


def _lapsed(place: ReservePlace, at: dt.datetime) -> bool:
    reason = f"The reserve list ended on {place.expires_on:%-d %B %Y}"
    try:
        move(place.application, "lapse_reserve", by=None, actor=Actor.SYSTEM, at=at, reason=reason)
    except MoveRefused:  # recommended a moment ago
        return False
    return True
