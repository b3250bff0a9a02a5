"""A collaborative is set up in the CMS: its measures, its timetable, its waves; by the talent team only."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from portal import cms_groups
from portal.models import Role
from programmes.models import Collaborative, Wave
from tests.factories import pages
from tests.factories.collaboratives import MeasureFactory
from tests.factories.portal import member, sign_in

pytestmark = pytest.mark.django_db
SNIPPETS = "/cms/snippets/programmes/"


def in_the_cms(client: Client, role: Role) -> None:
    pages.home_page()
    cms_groups.set_up()
    user = member(role)
    cms_groups.keep_in_step(user, at=timezone.now())
    sign_in(client, user)


def test_the_talent_team_sets_one_up_with_measures_timetable_and_a_wave(client: Client):
    in_the_cms(client, Role.TALENT_TEAM)
    turnover = MeasureFactory(name="Turnover")
    typed = {
        "name": "Retention",
        "slug": "retention",
        "aim": "Fewer people leave.",
        "aims-TOTAL_FORMS": "1",
        "aims-INITIAL_FORMS": "0",
        "aims-MIN_NUM_FORMS": "0",
        "aims-MAX_NUM_FORMS": "1000",
        "aims-0-measure": turnover.pk,
        "aims-0-position": "0",
        "aims-0-change_percent": "-10",
        "aims-0-by_month": "2018-07-01",
        "steps-TOTAL_FORMS": "1",
        "steps-INITIAL_FORMS": "0",
        "steps-MIN_NUM_FORMS": "0",
        "steps-MAX_NUM_FORMS": "1000",
        "steps-0-kind": "visit",
        "steps-0-name": "Visit by the buddies",
        "steps-0-day": "45",
    }

    client.post(f"{SNIPPETS}collaborative/add/", typed)
    made = Collaborative.objects.get()
    wave = {"collaborative": made.pk, "name": "Cohort 1", "starts_on": "2017-07-03", "ends_on": "2018-03-31"}
    client.post(f"{SNIPPETS}wave/add/", wave)

    assert [(aim.measure, aim.change_percent) for aim in made.aims.all()] == [(turnover, Decimal("-10.0"))]
    assert [(step.name, step.due_on(dt.date(2017, 7, 3))) for step in made.steps.all()] == [
        ("Visit by the buddies", dt.date(2017, 8, 17))
    ]
    assert [(one.name, one.ends_on) for one in Wave.objects.all()] == [("Cohort 1", dt.date(2018, 3, 31))]


def test_an_editor_sets_none_up(client: Client):
    in_the_cms(client, Role.EDITOR)

    answers = [client.get(f"{SNIPPETS}{kind}/add/") for kind in ("collaborative", "wave", "measure")]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/cms/")] * 3
