"""Relative likelihood: the published check, its interval by hand, and when there is none."""

import math

import pytest

from talent.likelihood import relative_likelihood


def test_the_published_check() -> None:
    # 46.99% against 14.65%: 3.2.
    found = relative_likelihood(first=(4699, 10000), second=(1465, 10000))

    assert found is not None
    assert (round(found.value, 3), found.text) == (3.208, "3.2")


def test_the_interval_by_the_log_method() -> None:
    found = relative_likelihood(first=(16, 20), second=(8, 19))

    # By hand: ln 1.9 = 0.6419; sqrt(1/16 - 1/20 + 1/8 - 1/19) = 0.2913; 0.6419 - and + 1.96 x 0.2913.
    assert found is not None
    assert math.isclose(found.low, 1.0734, abs_tol=5e-4)
    assert math.isclose(found.high, 3.3631, abs_tol=5e-4)
    assert (found.text, found.interval_text, found.differs) == ("1.9", "1.1 to 3.4", True)


def test_an_interval_around_1_may_be_chance() -> None:
    found = relative_likelihood(first=(10, 20), second=(9, 19))

    assert found is not None
    assert (found.text, found.differs) == ("1.1", False)


@pytest.mark.parametrize("first", [(7, 20), (7, 7)])
def test_none_below_eight(first: tuple[int, int]) -> None:
    assert relative_likelihood(first=first, second=(8, 19)) is None
    assert relative_likelihood(first=(8, 19), second=first) is None


def test_where_everybody_came_through_it_is_exactly_1() -> None:
    found = relative_likelihood(first=(8, 8), second=(9, 9))

    assert found is not None
    assert (found.value, found.low, found.high) == (1, 1, 1)
