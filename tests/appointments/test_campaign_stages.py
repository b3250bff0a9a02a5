"""A campaign's stages whole: every stage x every act; whatever is not written out here is refused."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from appointments import campaigning, recommending
from appointments.campaigning import CampaignRefused
from appointments.models import Campaign, CampaignEvent
from talent.models import Application
from tests.factories.campaigns import ORDER, Run, a_campaign, everybody_scores, recommended
from tests.factories.talent import ApplicationFactory

pytestmark = pytest.mark.django_db
# from, act, to: the closing date has passed wherever the advert is out.
ALLOWED = """
preparing    specify        preparing
preparing    open           advertised
preparing    cancel         cancelled
closed       longlist       longlist
closed       cancel         cancelled
longlist     sift           sift
longlist     cancel         cancelled
sift         shortlist      shortlist
sift         cancel         cancelled
shortlist    interviews     interview
shortlist    cancel         cancelled
interview    verdicts       verdict
interview    cancel         cancelled
verdict      recommend      recommended
verdict      cancel         cancelled
verdict      conclude       concluded
recommended  recommend      recommended
recommended  conclude       concluded
"""
STAGES = ("preparing", "closed", *ORDER[3:], "recommended", "concluded", "cancelled")


def everybody(run: Run) -> dict:
    return {"chosen": [a.pk for a in run.applications], "by": run.team, "at": timezone.now(), "reason": "Strong."}


def verdicts(run: Run) -> None:
    given = everybody(run)
    campaigning.record_verdicts(run.campaign, appointable=given.pop("chosen"), **given)


def plain(act):
    return lambda run: act(run.campaign, by=run.team, at=timezone.now())


def reasoned(act):
    return lambda run: act(run.campaign, by=run.team, at=timezone.now(), reason="As agreed.")


ACTS = {
    "specify": lambda run: campaigning.specify(
        run.campaign,
        about="A board",
        closes_on=run.campaign.closes_on,
        essential=["Sound judgement"],
        desirable=[],
        by=run.team,
        at=timezone.now(),
    ),
    "open": plain(campaigning.open_campaign),
    "longlist": lambda run: campaigning.make_longlist(run.campaign, **everybody(run)),
    "sift": plain(campaigning.begin_sift),
    "shortlist": lambda run: campaigning.make_shortlist(run.campaign, **everybody(run)),
    "interviews": plain(campaigning.begin_interviews),
    "verdicts": verdicts,
    "recommend": lambda run: recommended(run, run.applications[1] if run.applications else ApplicationFactory()),
    "conclude": reasoned(recommending.conclude),
    "cancel": reasoned(campaigning.cancel_campaign),
}


def standing_at(stage: str) -> Run:
    """A campaign of two applicants at a stage, with all done that its next step needs."""
    run = a_campaign(stage if stage in ORDER else "verdict" if stage != "cancelled" else "preparing")
    if stage == "preparing":
        Campaign.objects.update(closes_on=timezone.localdate() + dt.timedelta(days=20))
    if stage in ("sift", "interview"):
        everybody_scores(run)
    if stage in ("recommended", "concluded"):
        recommended(run, run.applications[0])
        recommending.take_back(
            run.campaign, run.applications[0], by=run.team, at=timezone.now(), reason="Another was stronger."
        )
    if stage == "concluded":
        Application.objects.update(state="unsuccessful")
        reasoned(recommending.conclude)(run)
    if stage == "cancelled":
        reasoned(campaigning.cancel_campaign)(run)
    run.fresh()
    return run


def outcome(run: Run, name: str) -> str:
    """The stage that the act leads to, undone again; empty where it is refused."""
    with transaction.atomic():
        try:
            if name == "conclude":
                Application.objects.update(state="unsuccessful")
            ACTS[name](run)
            return Campaign.objects.get(pk=run.campaign.pk).stage
        except CampaignRefused:
            return ""
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize("stage", STAGES)
def test_every_act_from_every_stage(stage):
    run = standing_at(stage)
    events = CampaignEvent.objects.count()
    allowed = {act: to for at, act, to in (line.split() for line in ALLOWED.strip().splitlines()) if at == stage}

    found = {name: to for name in ACTS if (to := outcome(run, name))}

    assert found == allowed
    assert CampaignEvent.objects.count() == events
