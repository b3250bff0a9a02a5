"""Chair networks and aspiring chief executives in 2017/18, as rows."""

import datetime as dt
from collections import Counter

import pytest

from appointments.models import NetworkAttendance, NetworkSession, Tenure
from portal import demo
from portal.models import Region
from talent.models import Participation

pytestmark = pytest.mark.django_db

FIRST, LAST = dt.date(2017, 4, 1), dt.date(2018, 3, 31)


def test_12_chair_networks_were_held_three_in_each_region(rows: demo.Stage):
    held = NetworkSession.objects.held_between(FIRST, LAST)

    assert Counter(held.values_list("region__name", flat=True)) == {
        "London": 3,
        "Midlands and East": 3,
        "North": 3,
        "South": 3,
    }
    assert Region.objects.filter(managing_director=None).count() == 0


def test_who_came_chaired_a_trust_of_the_region_on_the_day(rows: demo.Stage):
    attendance = NetworkAttendance.objects.filter(session__in=NetworkSession.objects.held_between(FIRST, LAST))
    chairs = {
        (session.pk, person)
        for session in NetworkSession.objects.held_between(FIRST, LAST)
        for person in Tenure.objects.sitting_on(session.day)
        .filter(seat__role="chair", seat__board__region=session.region)
        .values_list("person", flat=True)
    }

    assert set(attendance.values_list("session", "person")) <= chairs
    assert attendance.filter(came=True).count() > 300


def test_27_took_part_and_11_of_them_have_a_chief_executives_tenure_by_the_years_end(rows: demo.Stage):
    participants = Participation.objects.filter(cohort__scheme__slug="aspiring-chief-executives")
    posts = Tenure.objects.filter(seat__role="chief_executive", acting=False, starts_on__lte=LAST)

    became = posts.filter(person__in=participants.values("person")).values("person").distinct()

    assert participants.values("cohort").distinct().count() == 2
    assert (participants.count(), became.count()) == (27, 11)
