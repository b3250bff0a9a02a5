"""The four rules at their edges, on a chart whose centre is 0 and whose limits are 3 away."""

from fractions import Fraction

import pytest

from programmes.spc_rules import Bounds, Rule, Verdict, special_causes

LIMITS = Bounds(Fraction(0), Fraction(3))
OUTSIDE, TREND, TWO, SHIFT = Rule.OUTSIDE_LIMITS, Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT


def rules(*values: float | None, bounds: Bounds = LIMITS) -> list[Rule | None]:
    found = special_causes([None if v is None else Fraction(str(v)) for v in values], bounds)
    return [verdict.rule if verdict else None for verdict in found]


def test_a_value_on_the_limit_is_common_cause_and_one_beyond_it_is_not():
    assert rules(3, -3, 3.01, -3.01) == [None, None, OUTSIDE, OUTSIDE]


def test_seven_rising_readings_are_a_trend_and_six_are_none():
    assert rules(-0.3, -0.2, -0.1, 0.1, 0.2, 0.3) == [None] * 6
    assert rules(-0.3, -0.2, -0.1, 0.1, 0.2, 0.3, 0.4) == [TREND] * 7


def test_seven_falling_readings_are_a_trend_downwards():
    found = special_causes([Fraction(v, 10) for v in (4, 3, 2, 1, -1, -2, -3)], LIMITS)

    assert found == [Verdict(TREND, high=False)] * 7


@pytest.mark.parametrize("broken", [(-0.3, -0.2, -0.1, -0.1, 0.2, 0.3, 0.4), (-0.3, -0.2, -0.1, None, 0.2, 0.3, 0.4)])
def test_an_equal_neighbour_or_a_missing_reading_breaks_a_trend(broken: tuple[float | None, ...]):
    assert rules(*broken) == [None] * 7


def test_where_two_trends_meet_the_later_one_has_the_turning_point():
    rising, falling = [-3, -2, -1, 0, 1, 2], [2, 1, 0, -1, -2, -3]
    found = special_causes([Fraction(v, 10) for v in [*rising, 3, *falling]], LIMITS)

    assert [verdict.high for verdict in found] == [True] * 6 + [False] * 7


def test_two_of_three_marks_the_far_ones_only():
    assert rules(2.1, 0.5, 2.1) == [TWO, None, TWO]
    assert rules(2.1, 2.2, 2.3) == [TWO, TWO, TWO]


@pytest.mark.parametrize(
    "values",
    [(2, 0.5, 2), (2.1, -0.5, 2.1), (2.1, 0, 2.1), (2.1, None, 2.1), (2.1, -0.5, -0.5, 2.1), (-2.1, 0.5, 2.1)],
    ids=["on two thirds", "one on the other side", "one on the mean", "one missing", "too far apart", "both sides"],
)
def test_what_is_no_two_of_three(values: tuple[float | None, ...]):
    assert rules(*values) == [None] * len(values)


def test_a_reading_outside_the_limits_counts_towards_two_of_three():
    assert rules(3.5, 0.5, 2.1) == [OUTSIDE, None, TWO]


def test_seven_on_one_side_are_a_shift_and_six_are_none():
    assert rules(0.2, 0.1, 0.2, 0.1, 0.2, 0.1) == [None] * 6
    assert rules(0.2, 0.1, 0.2, 0.1, 0.2, 0.1, 0.2, -0.1) == [SHIFT] * 7 + [None]
    assert rules(*[-0.2, -0.1] * 4) == [SHIFT] * 8


@pytest.mark.parametrize("gap", [0, None], ids=["on the mean", "missing"])
def test_a_value_on_the_mean_or_a_missing_one_breaks_a_shift(gap: float | None):
    assert rules(0.2, 0.1, 0.2, gap, 0.2, 0.1, 0.2) == [None] * 7


def test_the_first_rule_that_holds_names_the_point():
    rising_to_the_edge = rules(0.1, 0.2, 0.3, 0.4, 2.1, 2.2, 3.1)
    far_in_a_shift = rules(0.1, 0.3, 0.1, 0.3, 2.1, 0.3, 2.2)

    assert rising_to_the_edge == [TREND] * 6 + [OUTSIDE]
    assert far_in_a_shift == [SHIFT] * 4 + [TWO, SHIFT, TWO]


def test_without_limits_only_runs_are_found():
    assert rules(*range(1, 8), bounds=Bounds(Fraction(0), None)) == [TREND] * 7
