"""The published rules are rows: loaded once, dated, and left alone when staff change them."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from appointments import policies
from appointments.models import DriftPolicy, RemunerationRate, TermPolicy
from appointments.models.policy import rule_on
from portal import cms_groups
from portal.models import Role
from talent.models import ConflictPolicy
from tests.factories.portal import member, sign_in

pytestmark = pytest.mark.django_db

D = dt.date


def test_loading_twice_adds_nothing():
    assert (policies.load(), policies.load()) == (12, 0)


def test_what_staff_changed_stays():
    policies.load()
    TermPolicy.objects.filter(in_force_from=D(2017, 1, 1)).update(name="Renamed", limit_months=96)

    assert policies.load() == 0
    assert rule_on(D(2018, 3, 31)).limit_months == 96


@pytest.mark.parametrize(
    ("day", "foundation_trust", "expected"),
    [
        (D(2016, 12, 31), False, None),
        (D(2017, 1, 1), False, "Governance Code 2016"),
        (D(2023, 3, 31), False, "Governance Code 2016"),
        (D(2023, 4, 1), False, "NHS provider code 2023"),
        (D(2023, 3, 31), True, None),
        (D(2023, 4, 1), True, "NHS provider code 2023"),
    ],
)
def test_the_rule_of_a_day_and_a_kind_of_trust(day, foundation_trust, expected):
    policies.load()

    rule = rule_on(day, foundation_trust=foundation_trust)

    assert (rule and rule.name) == expected


@pytest.mark.parametrize(
    ("role", "day", "expected"),
    [
        ("chair", D(2018, 3, 31), ["£23,600", "£21,105", "£18,621"]),
        ("ned", D(2018, 3, 31), ["£6,157"]),
        ("ned", D(2019, 10, 1), ["£13,000"]),
        (
            "chair",
            D(2022, 4, 1),
            [
                "£40,000 / £43,000 / £45,100",
                "£44,100 / £47,100 / £50,000",
                "£45,000 / £49,500 / £51,400",
                "£50,500 / £55,000 / £58,500",
                "£55,500 / £60,000 / £63,300",
            ],
        ),
    ],
)
def test_the_rates_of_a_day(role, day, expected):
    policies.load()

    rates = RemunerationRate.objects.in_force(day).filter(role=role).order_by("group")

    assert [rate.pounds for rate in rates] == expected


def test_the_talent_team_keeps_the_rules_in_the_cms(client: Client):
    policies.load()
    cms_groups.set_up()
    user = member(Role.TALENT_TEAM)
    cms_groups.keep_in_step(user, at=timezone.now())
    sign_in(client, user)
    policy, rate = TermPolicy.objects.first(), RemunerationRate.objects.first()

    addresses = [
        "appointments/termpolicy/",
        "appointments/termpolicy/add/",
        f"appointments/termpolicy/edit/{policy.pk}/",
        "appointments/remunerationrate/",
        f"appointments/remunerationrate/edit/{rate.pk}/",
        f"appointments/driftpolicy/edit/{DriftPolicy.objects.get().pk}/",
        f"talent/conflictpolicy/edit/{ConflictPolicy.objects.get().pk}/",
    ]

    assert [client.get(f"/cms/snippets/{address}").status_code for address in addresses] == [200] * 7


def test_an_editor_reaches_no_rule(client: Client):
    cms_groups.set_up()
    user = member(Role.EDITOR)
    cms_groups.keep_in_step(user, at=timezone.now())
    sign_in(client, user)

    assert client.get("/cms/snippets/appointments/termpolicy/")["Location"] == "/cms/"
