"""Funnel plots: limits by size, overdispersion, and which trusts stand out."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.funnel import ALARM, WARNING, Counts, Distance, Funnel, funnel
from programmes.spc import Direction, Kind


def chart(*counts: tuple[float, float], direction: Direction = Direction.DOWN, proportion: bool = True) -> Funnel:
    rows = [Counts(key, *pair) for key, pair in enumerate(counts)]
    return funnel(rows, per=100, direction=direction, proportion=proportion)


def test_limits_narrow_with_size_around_the_pooled_rate():
    found = chart((10, 100), (90, 900))

    # A tenth of 1,000; the error of a proportion at 100 is the root of 0.1 x 0.9 / 100 = 0.03.
    assert (found.centre, found.factor) == (10.0, 1.0)
    assert found.limits_at(100, WARNING) == (pytest.approx(10 - 5.88, abs=0.01), pytest.approx(10 + 5.88, abs=0.01))
    assert found.limits_at(900, ALARM) == (pytest.approx(10 - 3.09, abs=0.01), pytest.approx(10 + 3.09, abs=0.01))
    assert found.limits_at(1, ALARM)[0] == 0.0


def test_a_rate_has_the_error_of_counts():
    found = chart((10, 100), (90, 900), proportion=False)

    assert found.limits_at(100, 1)[1] - found.centre == pytest.approx(100 * math.sqrt(0.1 / 100))


def test_a_trust_far_from_the_others_stands_out_and_says_which_way():
    counts = [(100, 1000)] * 19 + [(160, 1000)]
    found, neutral = chart(*counts), chart(*counts, direction=Direction.NEUTRAL)

    assert [spot.distance for spot in found.spots] == [Distance.WITHIN] * 19 + [Distance.ALARM]
    assert (found.spots[-1].kind, found.spots[-1].value) == (Kind.CONCERN, 16.0)
    assert chart(*counts, direction=Direction.UP).spots[-1].kind is Kind.IMPROVEMENT
    assert neutral.spots[-1].kind is Kind.NEUTRAL


def test_between_95_and_998_is_a_warning():
    # The centre is 10; at 1,000 the error is 0.949, so 12 is 2.1 errors away and 13 more than 3.09.
    found = chart(*[(100, 1000)] * 200, (120, 1000), (131, 1000))

    assert [spot.distance for spot in found.spots[-2:]] == [Distance.WARNING, Distance.ALARM]


def test_where_all_trusts_differ_the_limits_widen():
    found = chart(*[(60, 1000), (140, 1000)] * 10)

    assert found.factor == pytest.approx(40 / (math.sqrt(0.1 * 0.9 / 1000) * 1000))
    assert {spot.distance for spot in found.spots} == {Distance.WITHIN}


@pytest.mark.parametrize("counts", [[], [(0, 0)], [(0, 10), (0, 20)], [(10, 10)]])
def test_nothing_to_compare_is_refused(counts: list[tuple[float, float]]):
    with pytest.raises(ValueError):
        chart(*counts)


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(60, 5000)), min_size=2, max_size=30))
def test_limits_widen_where_a_trust_is_smaller(counts: list[tuple[int, int]]):
    found = chart(*counts)

    widths = [found.limits_at(size, ALARM)[1] for size in (100, 1000, 10000)]
    assert widths == sorted(widths, reverse=True)
    assert found.factor >= 1
