"""The demonstration’s campaigns: each stands at another stage, and the reviewer has something to score."""

import pytest
from django.utils import timezone

from appointments import frameworks, panel, policies
from appointments.demo_campaign_plans import PLANS
from appointments.demo_campaigns import load_campaigns
from appointments.models import Announcement, Campaign
from appointments.timing import clock_of
from portal.demo import Stage
from portal.models import Organisation, Role
from talent.models import State
from tests.factories.appointments import committee_of
from tests.factories.portal import OrganisationFactory, member

pytestmark = pytest.mark.django_db


def test_each_campaign_stands_where_it_should():
    for kind in (Organisation.Kind.NHS_TRUST, Organisation.Kind.FOUNDATION_TRUST):
        for _ in range(9):
            OrganisationFactory(kind=kind)
    stage = Stage(at=timezone.now())
    reviewers = [member(Role.REVIEWER) for _ in range(4)]
    stage.accounts = {"talent_team": member(Role.TALENT_TEAM), "reviewer": reviewers[0]}
    stage.cast[Role.REVIEWER] = reviewers

    policies.load()
    frameworks.load()
    load_campaigns(stage, committee_of(4)[0])

    assert list(Campaign.objects.order_by("pk").values_list("stage", flat=True)) == [
        {"announced": "concluded"}.get(plan.until, plan.until) for plan in PLANS
    ]
    told = Announcement.objects.published().get()
    assert (told.appointment.role, told.political_activity) == (
        "ned",
        f"Stood as a candidate in an election. Stood for my town council in {told.drafted_at.year - 2}.",
    )
    closed = (
        Campaign.objects.running().filter(intake__closes_at__lt=timezone.now()).select_related("intake", "seat__board")
    )
    assert closed.count() == 7
    assert max(clock_of(campaign, today=timezone.localdate()).days for campaign in closed) == 40
    states = set(panel.readable_by(reviewers[0]).values_list("state", flat=True))
    assert states == {State.SIFT, State.INTERVIEW}
    assert Campaign.objects.advertised(timezone.now()).count() == 2
