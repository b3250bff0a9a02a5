"""Totals, spread, disagreement and severity, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.questions import Criterion
from talent.severity import Mark, Severity, Standing, severities, standings, weighted_total

RUBRIC = [
    Criterion("lead", "Leads", "", weight=3, max_score=4),
    Criterion("think", "Thinks", "", weight=1, max_score=5),
]


@pytest.mark.parametrize(
    ("points", "total"),
    [
        ({"lead": 4, "think": 5}, 100.0),
        ({"lead": 2, "think": 5}, 62.5),
        ({"lead": 2}, 37.5),
        ({"lead": None, "think": 0}, 0.0),
        ({}, 0.0),
    ],
)
def test_weighted_total(points: dict[str, int | None], total: float):
    assert weighted_total(RUBRIC, points) == total


def test_an_empty_rubric_totals_nought():
    assert weighted_total([], {"lead": 4}) == 0.0


def test_standings_are_highest_mean_first_with_spread_and_counts():
    marks = [
        Mark(1, 10, 60, "interview"),
        Mark(1, 11, 80, "interview"),
        Mark(2, 10, 90, "reserve"),
        Mark(3, 12, 70, ""),
    ]

    assert standings(marks, threshold=25) == [
        Standing(2, ((10, 90),), 90, 0, {"reserve": 1}, False),
        Standing(1, ((10, 60), (11, 80)), 70, 20, {"interview": 2}, False),
        Standing(3, ((12, 70),), 70, 0, {}, False),
    ]


@pytest.mark.parametrize(
    ("second", "recommendation", "disagrees"),
    [(74, "interview", False), (75, "interview", True), (50, "decline", True), (50, "reserve", False)],
)
def test_disagreement_is_a_wide_spread_or_opposite_advice(second: float, recommendation: str, disagrees: bool):
    [standing] = standings([Mark(1, 10, 50, "interview"), Mark(1, 11, second, recommendation)], threshold=25)

    assert standing.disagrees is disagrees


def test_severity_is_the_mean_distance_from_the_others_on_the_same_applications():
    marks = [
        Mark(1, 10, 40),
        Mark(1, 11, 60),
        Mark(1, 12, 80),
        Mark(2, 10, 50),
        Mark(2, 11, 60),
        Mark(3, 13, 10),
    ]

    # 10: (40 - 70 = -30, 50 - 60 = -10); 11: (60 - 60 = 0, 60 - 50 = 10); 12: 80 - 50 = 30; 13 scored alone.
    assert severities(marks) == [
        Severity(10, -20, 2),
        Severity(11, 5, 2),
        Severity(12, 30, 1),
        Severity(13, None, 0),
    ]


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 100), st.integers(0, 100)), max_size=20))
def test_two_reviewers_on_the_same_applications_are_opposites(rows: list[tuple[int, int, int]]):
    scored = {application: (one, two) for application, one, two in rows}
    marks = [Mark(a, r, total) for a, pair in scored.items() for r, total in enumerate(pair)]

    found = {s.reviewer: s.by for s in severities(marks)}

    assert not found or found[0] == pytest.approx(-found[1])
