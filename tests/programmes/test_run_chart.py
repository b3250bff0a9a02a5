"""Run charts: each rule at its edge, values on the median, equal neighbours, missing months, runs by chance."""

import datetime as dt
from decimal import Decimal

import pytest

from programmes.run_chart import RunChart, run_chart
from programmes.spc import Direction, Kind

DOWN = Direction.DOWN


def chart(values: list[float | None], direction: Direction = DOWN) -> RunChart:
    months = [dt.date(2017 + number // 12, number % 12 + 1, 1) for number in range(len(values))]
    return run_chart(zip(months, values, strict=True), direction=direction)


def rules(found: RunChart) -> list[str | None]:
    return [str(point.rule) if point.rule else None for point in found.points]


def test_the_centre_is_the_median():
    assert chart([3, 1, 2]).median == 2.0
    assert chart([1, 2, 3, 10]).median == 2.5


def test_five_on_one_side_are_chance_and_six_a_shift():
    five = [9, 8, 9, 8, 9, 1, 2, 1, 2, 1]
    six = [9, 8, 9, 8, 9, 8, 1, 2, 1, 2, 1, 2]

    assert rules(chart(five)) == [None] * 10
    assert rules(chart(six)) == ["shift"] * 12
    assert [point.kind for point in chart(six).points] == [Kind.CONCERN] * 6 + [Kind.IMPROVEMENT] * 6


def test_a_value_on_the_median_neither_counts_nor_breaks():
    found = chart([9, 8, 9, 5, 8, 9, 8, 1, 2, 1, 2, 1, 2])

    assert found.median == 5.0
    assert rules(found) == ["shift"] * 3 + [None] + ["shift"] * 3 + ["shift"] * 6


def test_a_missing_month_breaks_a_shift_and_a_trend():
    assert rules(chart([9, 8, 9, None, 8, 9, 8, 1, 2, 1, 1.5, 1.7, 2]))[:6] == [None] * 6
    assert rules(chart([1, 2, None, 3, 4, 5])) == [None] * 5


def test_four_going_one_way_are_chance_and_five_a_trend():
    assert rules(chart([4, 5, 6, 7, 1, 2])) == [None] * 6
    assert rules(chart([4, 5, 6, 7, 8, 1])) == ["trend"] * 5 + [None]
    assert [point.kind for point in chart([4, 5, 6, 7, 8, 1]).points][:5] == [Kind.CONCERN] * 5
    assert [point.kind for point in chart([4, 5, 6, 7, 8, 1], Direction.UP).points][:5] == [Kind.IMPROVEMENT] * 5
    assert [point.kind for point in chart([4, 5, 6, 7, 8, 1], Direction.NEUTRAL).points][:5] == [Kind.NEUTRAL] * 5


def test_of_equal_neighbours_the_first_counts_for_a_trend():
    assert rules(chart([4, 5, 5, 6, 7, 1])) == [None] * 6
    assert rules(chart([4, 5, 5, 6, 7, 8, 1])) == ["trend", "trend", None, "trend", "trend", "trend", None]


def test_a_trend_begins_anew_at_its_turning_point():
    assert rules(chart([1, 9, 8, 7, 6, 5])) == [None] + ["trend"] * 5


@pytest.mark.parametrize(
    ("useful", "fewest", "most"),
    # Swed and Eisenhart 1943, tables of 0.025: what is refused lies one beyond these.
    [(10, 3, 9), (12, 4, 10), (14, 4, 12), (16, 5, 13), (20, 7, 15), (30, 11, 21), (40, 15, 27)],
)
def test_runs_are_held_against_what_chance_gives(useful: int, fewest: int, most: int):
    half = useful // 2
    sorted_, zigzag = chart([1.0] * half + [2.0] * half), chart([1.0, 2.0] * half)

    assert (sorted_.runs.number, sorted_.runs.fewest, sorted_.runs.most) == (2, fewest, most)
    assert (sorted_.runs.too_few, sorted_.runs.too_many) == (True, False)
    assert (zigzag.runs.number, zigzag.runs.too_few, zigzag.runs.too_many) == (useful, False, True)


def test_with_fewer_than_ten_useful_readings_the_runs_say_nothing():
    runs = chart([1, 2] * 4 + [1.5]).runs

    assert (runs.useful, runs.number, runs.fewest, runs.most, runs.too_many) == (8, 8, None, None, False)


def test_values_are_exact():
    # 0.1 + 0.2 is 0.3: the third value lies on the median, not beside it.
    found = run_chart(
        [(dt.date(2018, 1, 1), Decimal("0.1")), (dt.date(2018, 2, 1), 0.3), (dt.date(2018, 3, 1), Decimal("0.5"))],
        direction=DOWN,
    )

    assert (found.median, found.runs.useful) == (0.3, 2)


def test_what_cannot_be_charted_is_refused():
    with pytest.raises(ValueError, match="there is no value to chart"):
        run_chart([(dt.date(2018, 1, 1), None)], direction=DOWN)
    with pytest.raises(ValueError, match="2018-01-01 has two readings"):
        run_chart([(dt.date(2018, 1, 1), 1), (dt.date(2018, 1, 1), 2)], direction=DOWN)
