"""Control charts: limits and screening by worked examples, missing months, rebasing, what a point means."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.spc import Assurance, ControlChart, Direction, Kind, Number, control_chart
from programmes.spc_rules import Rule

UP, DOWN, NEUTRAL = Direction.UP, Direction.DOWN, Direction.NEUTRAL


def month(number: int) -> dt.date:
    """The first of the month, `number` months after January 2017."""
    return dt.date(2017 + number // 12, number % 12 + 1, 1)


def chart(values: Sequence[Number | None], direction: Direction = DOWN, **asked: object) -> ControlChart:
    return control_chart([(month(n), value) for n, value in enumerate(values)], direction=direction, **asked)


def limits(found: ControlChart) -> tuple[float, float | None, float | None]:
    return found.now.centre, found.now.lower, found.now.upper


def test_limits_are_the_mean_and_266_mean_moving_ranges():
    # Moving ranges 2, 1, 2: their mean is 5/3, times 2.66 is 4.4333.
    centre, lower, upper = limits(chart([10, 12, 11, 13]))

    assert (centre, lower, upper) == (11.5, pytest.approx(7.066667), pytest.approx(15.933333))


def test_limits_agree_with_the_handbook_of_nist():
    # NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rates of ten batches. It multiplies by 3 / 1.128.
    centre, lower, upper = limits(chart([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]))

    assert (centre, lower, upper) == (50.81, pytest.approx(45.8159, abs=0.001), pytest.approx(55.8041, abs=0.001))


def test_moving_ranges_are_screened_once():
    # Ranges 1 (eight times), 6, 60: the mean 7.4 screens out 60; of the rest the mean 14/9 would screen out 6 as well.
    found = chart([0, 1, 0, 1, 0, 1, 0, 1, 0, 6, 66])

    assert found.now.upper - found.now.centre == pytest.approx(2.66 * 14 / 9)


def test_a_moving_range_above_3267_means_is_screened_out():
    # Ranges 1 (ten times) and 20 (twice): mean 50/12, times 3.267 is 13.6. Without the twenties their mean is 1.
    found = chart([10, 11, 10, 11, 10, 11, 10, 11, 10, 30, 10, 11, 10])

    assert limits(found) == (pytest.approx(155 / 13), pytest.approx(155 / 13 - 2.66), pytest.approx(155 / 13 + 2.66))
    assert [p.value for p in found.points if p.rule is Rule.OUTSIDE_LIMITS] == [30.0]


def test_a_moving_range_of_exactly_3267_means_stays():
    # Ranges 3267, 333, 200, 200 have the mean 1000; in the second series 3268, 332, 200, 200.
    on_the_edge, beyond = chart([0, 3267, 2934, 2734, 2534]), chart([0, 3268, 2936, 2736, 2536])

    assert on_the_edge.now.upper - on_the_edge.now.centre == pytest.approx(2660)
    assert beyond.now.upper - beyond.now.centre == pytest.approx(2.66 * 244)


def test_equal_values_have_limits_on_their_mean_and_are_common_cause():
    found = chart([0.1] * 13)

    assert limits(found) == (0.1, 0.1, 0.1)
    assert {point.kind for point in found.points} == {Kind.COMMON}


def test_limits_are_on_trial_below_thirteen_points():
    assert (chart([1, 2] * 6).now.trial, chart([1, 2] * 6 + [1]).now.trial) == (True, False)


def test_one_value_has_a_centre_and_no_limits():
    assert limits(chart([7])) == (7.0, None, None)


@pytest.mark.parametrize(("direction", "kind"), [(UP, Kind.IMPROVEMENT), (DOWN, Kind.CONCERN), (NEUTRAL, Kind.NEUTRAL)])
def test_a_high_point_means_what_the_direction_says(direction: Direction, kind: Kind):
    found = chart([10, 11] * 6 + [30], direction)

    assert (found.points[-1].kind, found.points[-1].rule) == (kind, Rule.OUTSIDE_LIMITS)


def test_a_trend_counts_by_its_direction_not_by_its_side_of_the_mean():
    # The seven rise below a mean of 23.2.
    found = chart([20, 30] * 8 + [16, 17, 18, 19, 20, 21, 22], UP)

    assert [(p.kind, p.rule) for p in found.points] == [(Kind.COMMON, None)] * 16 + [(Kind.IMPROVEMENT, Rule.TREND)] * 7


def test_no_moving_range_goes_over_a_missing_month():
    # Ranges 2 and 2 only; the step from 12 to 40 is none.
    with_a_gap = chart([10, 12, None, 40, 42])
    left_out = control_chart([(month(0), 10), (month(1), 12), (month(3), 40), (month(4), 42)], direction=DOWN)

    assert limits(with_a_gap) == (26.0, pytest.approx(20.68), pytest.approx(31.32))
    assert limits(left_out) == limits(with_a_gap)
    assert left_out.missing == with_a_gap.missing == (month(2),)


def test_a_series_that_is_not_monthly_has_no_months_left_out():
    quarterly = control_chart([(month(n), n) for n in (0, 3, 6, 9)], direction=UP)
    weekly = control_chart([(dt.date(2018, 1, 1) + dt.timedelta(7 * n), n) for n in (0, 1, 2, 12)], direction=UP)

    assert (quarterly.missing, weekly.missing) == ((), ())


def test_rebasing_gives_new_limits_from_the_date_on_and_ends_runs():
    low, high = [1, 2, 1, 2, 1, 2], [11, 12, 11, 12, 11, 12]
    found = chart(low + high, rebase_on=[month(6)])

    assert [(s.centre, len(s.points)) for s in found.segments] == [(1.5, 6), (11.5, 6)]
    assert [s.upper for s in found.segments] == [pytest.approx(4.16), pytest.approx(14.16)]
    assert [point.rule for point in found.points] == [None] * 12


def test_a_rebasing_with_nothing_after_it_leaves_the_limits_in_force():
    assert chart([1, 2, 1, 2], rebase_on=[month(9)]).now == chart([1, 2, 1, 2]).now


@pytest.mark.parametrize(
    ("target", "direction", "assurance"),
    [
        ("18.66", DOWN, Assurance.HIT_AND_MISS),
        ("18.67", DOWN, Assurance.PASSES),
        ("18.67", UP, Assurance.FAILS),
        ("13.34", UP, Assurance.HIT_AND_MISS),
        ("13.33", UP, Assurance.PASSES),
        ("13.33", DOWN, Assurance.FAILS),
        ("13.33", NEUTRAL, None),
    ],
)
def test_assurance_compares_the_target_with_the_limits(target: str, direction: Direction, assurance: Assurance | None):
    # Readings 15.5 and 16.5 in turn: the mean is 16, each range 1, limits 13.34 and 18.66.
    assert chart([15.5, 16.5] * 8, direction, target=Decimal(target)).assurance is assurance


def test_the_limits_in_force_decide_about_assurance():
    found = chart([30, 31] * 7 + [10, 11] * 7, target=20, rebase_on=[month(14)])

    assert found.assurance is Assurance.PASSES


def test_two_readings_of_one_date_are_refused():
    with pytest.raises(ValueError, match=r"^2017-01-01 has two readings$"):
        control_chart([(month(0), 1), (month(0), 2)], direction=UP)


def test_a_series_without_a_value_is_refused():
    with pytest.raises(ValueError, match=r"^there is no value to chart$"):
        chart([None, None])


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40), st.integers(-20, 20), st.integers(1, 9))
def test_moving_or_stretching_the_scale_changes_no_verdict(values: list[int], moved: int, stretched: int):
    plain, changed = chart(values), chart([value * stretched + moved for value in values])

    assert [(p.kind, p.rule) for p in changed.points] == [(p.kind, p.rule) for p in plain.points]


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40))
def test_turning_the_scale_over_swaps_improvement_and_concern(values: list[int]):
    down, up = chart(values, DOWN), chart([-value for value in values], UP)

    assert [(p.kind, p.rule) for p in down.points] == [(p.kind, p.rule) for p in up.points]
