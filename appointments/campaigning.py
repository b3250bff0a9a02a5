"""The acts of a campaign: begun, specified, opened, and led from stage to stage; each stage's day is written here."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from appointments import board_skills, panel, specification
from appointments.access import may_run_campaign
from appointments.models import Campaign, CampaignEvent, Criterion, Mark, RemunerationRate, Seat
from appointments.offering import rates_for
from portal.models import User
from portal.words import join_words
from programmes.models import Intake, Scheme
from programmes.opening import questions_of
from talent.models import Application, State
from talent.models.application import FINAL, ApplicationQuerySet
from talent.workflow import Actor, move

Stage = Campaign.Stage
CLOSING_HOUR = 17  # as every intake's
AFTER_VERDICT = (Stage.VERDICT, Stage.RECOMMENDED)


class CampaignRefused(Exception):
    """The campaign cannot take this step now; `str()` is fit for the screen."""


@transaction.atomic
def start_campaign(
    seat: Seat,
    *,
    about: str,
    closes_on: dt.date,
    by: User,
    at: dt.datetime,
    days_a_month: Decimal | None = None,
    rate: RemunerationRate | None = None,
    trust_asked_on: dt.date | None = None,
) -> Campaign:
    """A seat becomes a campaign, with a specification to work on: what the seat asks and what the board lacks today.

    Time and pay are the seat's and the rate in force unless others are given. Raises CampaignRefused.
    """
    locked = Seat.objects.select_for_update(of=("self",), no_key=True).select_related("board").get(pk=seat.pk)
    today = timezone.localdate(at)
    if not may_run_campaign(by, locked.board):
        raise CampaignRefused("This seat is not yours to fill.")
    if not locked.is_non_executive:
        raise CampaignRefused("Campaigns are for chairs and non-executive directors.")
    if not Seat.objects.open_on(today).filter(pk=locked.pk).exists() or not locked.board.is_open_on(today):
        raise CampaignRefused("This seat, or its trust, has closed.")
    if locked.campaigns.running().exists():
        raise CampaignRefused("A campaign for this seat is running already.")
    asked = None if locked.board.body_appoints else trust_asked_on
    rates = rates_for(locked, today)
    campaign = Campaign.objects.create(
        seat=locked,
        about=about.strip(),
        closes_on=closes_on,
        trust_asked_on=asked,
        days_a_month=days_a_month or locked.days_a_month,
        rate=rate or (rates[0] if len(rates) == 1 else None),
    )
    _write_criteria(campaign, specification.draft_for(locked, gaps=board_skills.gaps(locked.board, today)))
    CampaignEvent.objects.create(campaign=campaign, stage=Stage.PREPARING, by=by, at=at)
    return campaign


@transaction.atomic
def specify(
    campaign: Campaign,
    *,
    about: str,
    closes_on: dt.date,
    essential: Iterable[str],
    desirable: Iterable[str],
    by: User,
    at: dt.datetime,
    days_a_month: Decimal | None = None,
    rate: RemunerationRate | None = None,
    trust_asked_on: dt.date | None = None,
) -> Campaign:
    """The specification and the closing date as they shall be; fixed once the advert is out."""
    row = _lock(campaign, by, Stage.PREPARING)
    row.about, row.closes_on = about.strip(), closes_on
    row.trust_asked_on = None if row.seat.board.body_appoints else trust_asked_on
    row.days_a_month, row.rate = days_a_month, rate
    row.save(update_fields=["about", "closes_on", "trust_asked_on", "days_a_month", "rate"])
    lines = [specification.Line(text, True) for text in essential]
    _write_criteria(row, [*lines, *(specification.Line(text, False) for text in desirable)])
    return row


def _write_criteria(campaign: Campaign, lines: Iterable[specification.Line]) -> None:
    campaign.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(campaign=campaign, position=position, text=line.text, essential=line.essential)
        for position, line in enumerate(lines, start=1)
    )


def obstacles_to_opening(campaign: Campaign, *, day: dt.date) -> list[str]:
    """What still keeps the advert from going out, in plain English. Two queries."""
    sitting = list(campaign.panel.sitting())
    found = [
        (not campaign.criteria.filter(essential=True).exists(), "Write at least one essential criterion."),
        (len(sitting) < panel.SMALLEST, f"The panel needs {panel.SMALLEST} members or more."),
        (not any(m.role == m.Role.CHAIR for m in sitting), "The panel needs a chair."),
        (not any(m.independent for m in sitting), "The panel needs an independent member."),
        (campaign.closes_on <= day, "The closing date must be after today."),
        (
            not campaign.seat.board.body_appoints and campaign.trust_asked_on is None,
            "Say when the foundation trust asked for this campaign.",
        ),
    ]
    return [said for stands, said in found if stands]


@transaction.atomic
def open_campaign(campaign: Campaign, *, by: User, at: dt.datetime) -> Campaign:
    """The advert goes out: people can apply from now until five o'clock on the closing date."""
    row = _lock(campaign, by, Stage.PREPARING)
    if said := obstacles_to_opening(row, day=timezone.localdate(at)):
        raise CampaignRefused(" ".join(said))
    row.intake = Intake.objects.create(
        scheme=Scheme.objects.get(track=Scheme.Track.CAMPAIGN),
        name=f"{str(row)[:100]} ({row.pk})",
        places=1,
        names_hidden=True,
        opens_at=at,
        closes_at=timezone.make_aware(dt.datetime.combine(row.closes_on, dt.time(CLOSING_HOUR))),
    )
    row.intake.regions.set([row.seat.board.region])
    questions_of(row.intake, at=at)
    return _advance(row, Stage.ADVERTISED, by, at)


@transaction.atomic
def make_longlist(campaign: Campaign, *, chosen: Collection[int], by: User, at: dt.datetime, reason: str) -> Campaign:
    """Once closed: those chosen go on; the others are told, for `reason`, which is needed if there are any."""
    row = _lock(campaign, by, Stage.ADVERTISED)
    if row.intake is None or at < row.intake.closes_at:
        raise CampaignRefused("The longlist is made after the closing date.")
    _divide(row, State.SUBMITTED, ("longlist", "not_longlisted"), chosen, by, at, reason)
    return _advance(row, Stage.LONGLIST, by, at)


def rehearse(act: Callable[..., Campaign], campaign: Campaign, **given: Any) -> None:
    """Raises what the step would raise, and leaves no trace: for the page before what cannot be undone."""
    with transaction.atomic():
        act(campaign, **given)
        transaction.set_rollback(True)


@transaction.atomic
def begin_sift(campaign: Campaign, *, by: User, at: dt.datetime) -> Campaign:
    """The panel may read, without names. Conflicts that records show are written down first."""
    row = _lock(campaign, by, Stage.LONGLIST)
    for application in _all_of(row, State.LONGLISTED, by):
        move(application, "begin_sift", by=by, actor=Actor.PANEL, at=at)
    panel.detect_conflicts(row, at=at)
    return _advance(row, Stage.SIFT, by, at)


@transaction.atomic
def make_shortlist(campaign: Campaign, *, chosen: Collection[int], by: User, at: dt.datetime, reason: str) -> Campaign:
    """After everybody on the panel has scored everybody they may read. A guaranteed interview is kept."""
    row = _lock(campaign, by, Stage.SIFT)
    _refuse_unscored(row, Mark.Round.SIFT, by)
    _divide(row, State.SIFT, ("shortlist", "not_shortlisted"), chosen, by, at, reason)
    row.intake.names_hidden = False
    row.intake.save(update_fields=["names_hidden"])
    return _advance(row, Stage.SHORTLIST, by, at)


@transaction.atomic
def begin_interviews(campaign: Campaign, *, by: User, at: dt.datetime) -> Campaign:
    """Invites the shortlist. From now on the panel sees names, and what was declared of political activity."""
    row = _lock(campaign, by, Stage.SHORTLIST)
    for application in _all_of(row, State.SHORTLISTED, by):
        move(application, "invite", by=by, actor=Actor.PANEL, at=at)
    return _advance(row, Stage.INTERVIEW, by, at)


@transaction.atomic
def record_verdicts(
    campaign: Campaign, *, appointable: Collection[int], by: User, at: dt.datetime, reason: str
) -> Campaign:
    """The panel's verdict on everybody it interviewed, once all interview scores are in."""
    row = _lock(campaign, by, Stage.INTERVIEW)
    _refuse_unscored(row, Mark.Round.INTERVIEW, by)
    if not reason.strip():
        raise CampaignRefused("Give the panel’s reasons; they are kept with the verdict.")
    if silent := panel.not_talked_with(row):
        raise CampaignRefused(f"Conflicts have not been discussed with {join_words(silent)}.")
    _divide(row, State.INTERVIEW, ("appointable", "not_appointable"), appointable, by, at, reason)
    return _advance(row, Stage.VERDICT, by, at)


@transaction.atomic
def cancel_campaign(campaign: Campaign, *, by: User, at: dt.datetime, reason: str) -> Campaign:
    """Stops a campaign before anybody was recommended; everybody still in it is told."""
    row = _lock(campaign, by, *(stage for stage in Stage if stage not in (*Campaign.ENDED, Stage.RECOMMENDED)))
    if not reason.strip():
        raise CampaignRefused("Give the reason; it is kept with the campaign.")
    if row.intake:
        for application in _all_of(row, None, by):
            move(application, "cancel_campaign", by=by, actor=Actor.PANEL, at=at, reason=reason)
        row.intake.closes_at = min(row.intake.closes_at, max(at, row.intake.opens_at + dt.timedelta(minutes=1)))
        row.intake.names_hidden = False
        row.intake.save(update_fields=["closes_at", "names_hidden"])
    return _advance(row, Stage.CANCELLED, by, at, reason)


def advance(row: Campaign, stage: str, by: User, at: dt.datetime, reason: str = "") -> Campaign:
    """Writes a locked campaign's stage and the event that dates it: for the acts of this floor's campaign modules."""
    return _advance(row, stage, by, at, reason)


def _advance(row: Campaign, stage: str, by: User, at: dt.datetime, reason: str = "") -> Campaign:
    row.stage = stage
    row.save(update_fields=["stage", "intake"])
    CampaignEvent.objects.create(campaign=row, stage=stage, by=by, at=at, reason=reason.strip())
    return row


def _lock(campaign: Campaign, by: User, *stages: str) -> Campaign:
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("seat__board__region", "intake__scheme")
    row = rows.get(pk=campaign.pk)
    if not may_run_campaign(by, row.seat.board):
        raise CampaignRefused("This campaign is not yours to run.")
    if row.stage not in stages:
        raise CampaignRefused(f"This campaign is “{row.get_stage_display()}” now; that step is not possible.")
    return row


lock = _lock


def _all_of(row: Campaign, state: str | None, by: User) -> ApplicationQuerySet:
    """Everybody in one state (or in any that is live): refused where somebody is not in the reach of `by`."""
    there = Application.objects.filter(intake=row.intake, submitted_at__isnull=False)
    there = there.filter(state=state) if state else there.exclude(state__in=FINAL)
    if there.exclude(pk__in=Application.objects.in_scope_of(by).values("pk")).exists():
        raise CampaignRefused("You have a conflict with somebody who applied. A colleague has to take this step.")
    return there.select_related("person")


def _divide(
    row: Campaign,
    state: str,
    steps: tuple[str, str],
    chosen: Collection[int],
    by: User,
    at: dt.datetime,
    reason: str,
) -> None:
    """Takes the first step with those chosen, the second with the rest. MoveRefused undoes all of it."""
    applications = list(_all_of(row, state, by))
    if set(chosen) - {a.pk for a in applications}:
        raise CampaignRefused("The list has changed since you opened it. Look at it again.")
    if not reason.strip() and len(set(chosen)) < len(applications):
        raise CampaignRefused("Give the reason for those who do not go on; it is kept with the decision.")
    for application in applications:
        step = steps[0] if application.pk in chosen else steps[1]
        move(application, step, by=by, actor=Actor.PANEL, at=at, reason=reason)


def _refuse_unscored(row: Campaign, round_: str, by: User) -> None:
    """Asked after a conflict, so that no refusal names the applicant with whom somebody has one."""
    _all_of(row, panel.STATE_OF[Mark.Round(round_)], by)
    if missing := panel.unscored(row, round_):
        raise CampaignRefused(f"Scores are missing: {join_words(missing)}.")
