"""What the equality report warns of: shares that fall, ratios beyond chance; nothing from stars or from boards."""

import datetime as dt

import pytest

from appointments.drift import drifts
from appointments.equality_report import Compared, Line, Section
from appointments.models import DriftPolicy
from appointments.models.drift import drift_points_on
from talent.likelihood import Ratio
from talent.published import WRES, Likelihood, Reading

AT = dt.datetime(2018, 6, 4, tzinfo=dt.UTC)


def line(label, percent, source=""):
    return Line(label, percent, "*" if percent is None else f"{percent}%", source)


def section(*lines, ratio=None, key="scheme:q"):
    found = (Likelihood("ethnicity", WRES, "Shortlisted", "Appointed", ratio),) if ratio else ()
    tables = (Reading("ethnicity", "Ethnic group", ("White", "BME"), (), found),)
    return Section(key, "A scheme", AT, False, tables, (Compared("women", "Women", lines),))


def said(*args, **kwargs):
    return [drift.said for drift in drifts([section(*args, **kwargs)], points=10)]


def test_each_stage_whose_share_is_ten_points_below_the_pools_is_said():
    stages = [line("Applied", 50), line("Sifted", 41), line("Shortlisted", 35), line("Appointed", 40)]

    assert said(*stages, line("Aim", 90, "A source")) == [
        "Women: 50% of “Applied”, 35% of “Shortlisted”, of those who gave one of the two answers.",
        "Women: 50% of “Applied”, 40% of “Appointed”, of those who gave one of the two answers.",
    ]


def test_a_stage_that_recovers_later_is_said_all_the_same():
    assert said(line("Applied", 50), line("Shortlisted", 20), line("Appointed", 55)) == [
        "Women: 50% of “Applied”, 20% of “Shortlisted”, of those who gave one of the two answers."
    ]


def test_each_stage_stands_beside_the_pool_in_the_table():
    found = section(line("Applied", 50), line("Shortlisted", 35), line("Appointed", None), line("Aim", 90, "A source"))

    assert [(label, texts) for label, texts, _ in found.comparison] == [
        ("Applied", ["50%"]),
        ("Shortlisted", ["35% (15 points below the pool)"]),
        ("Appointed", ["*"]),
        ("Aim", ["90%"]),
    ]


def test_nothing_is_compared_with_a_pool_whose_share_is_not_shown():
    assert said(line("Applied", None), line("Shortlisted", 5)) == []


def test_a_few_points_a_rise_and_a_star_say_nothing():
    assert said(line("Applied", 50), line("Appointed", 41)) == []
    assert said(line("Applied", 40), line("Appointed", 60)) == []
    assert said(line("Applied", 60), line("Appointed", None)) == []


def test_a_ratio_beyond_chance_is_said_and_one_that_may_be_chance_is_not():
    assert said(ratio=Ratio(1.9, 1.1, 3.4)) == [
        "White against Black, Asian and minority ethnic: 1.9 times as likely to come from “Shortlisted” to "
        "“Appointed”, more than chance (1.1 to 3.4)."
    ]
    assert said(ratio=Ratio(1.3, 0.8, 2.1)) == []


def test_boards_have_no_stages_to_drift_between():
    assert said(line("All", 60), line("Chairs", 30), key="boards") == []


def test_a_fall_is_said_from_the_points_of_the_rule_on():
    fell = section(line("Applied", 50), line("Appointed", 35))

    assert [len(drifts([fell], points=points)) for points in (15, 16, None)] == [1, 0, 0]


@pytest.mark.django_db
def test_the_rule_is_a_dated_record_with_its_source():
    rule = DriftPolicy.objects.get()

    assert (rule.points, rule.source[:9], rule.in_force_until) == (10, "The body’", None)
    assert [drift_points_on(day) for day in (dt.date(2016, 12, 31), dt.date(2018, 3, 31))] == [None, 10]
    rule.in_force_until = dt.date(2018, 3, 31)
    rule.save()
    DriftPolicy.objects.create(points=15, source="A new one", in_force_from=dt.date(2018, 4, 1))
    assert [drift_points_on(dt.date(year, 3, 31)) for year in (2018, 2019)] == [10, 15]
