"""The programmes of 2017/18 as they were published: trusts, plans, projects and turnover, from the demonstration."""

import pytest

from portal import demo
from programmes.figures import collaborative_figures, network_figures

pytestmark = pytest.mark.django_db


def test_each_collaborative_has_the_trusts_plans_and_projects_that_were_published(rows: demo.Stage):
    found = collaborative_figures()

    assert {
        slug: (found[slug].trusts, found[slug].plans_submitted, found[slug].projects)
        for slug in ("criteria-led-discharge", "culture-and-leadership", "maternal-and-neonatal", "stop-the-pressure")
    } == {
        "criteria-led-discharge": (13, 0, 0),
        "culture-and-leadership": (3, 0, 0),
        "maternal-and-neonatal": (44, 44, 176),
        "stop-the-pressure": (172, 172, 172),
    }
    assert (found["falls"].trusts, found["falls"].aims) == (19, {"falls": -5.0})
    assert network_figures() == {"patient-experience": 153}


def test_retention_began_with_35_trusts_and_turnover_fell_as_published(rows: demo.Stage):
    first, second, _ = collaborative_figures()["retention"].waves

    assert (first.trusts, first.by_sector["mental_health"]) == (35, 14)
    assert second.by_sector == {"mental_health": second.trusts}
    [moved] = [one for one in first.measures if one.measure == "turnover"]
    assert (f"{moved.first_month:%Y-%m}", moved.first, f"{moved.last_month:%Y-%m}", moved.last) == (
        "2016-06",
        16.8,
        "2018-03",
        15.2,
    )
