"""How long somebody may serve: worked out, at the edges of each policy."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments.terms import (
    Clock,
    Proposal,
    Rule,
    Spell,
    day_of_limit,
    faults,
    in_words,
    last_day_of,
    served_days,
    standing,
    terms_in,
)

D = dt.date
GOVERNANCE_2016 = Rule("Governance Code 2016", "Governance Code", Clock.SAME_POST, 48, 120, normal_terms=2)
PROVIDER_2023 = Rule(
    "NHS provider code 2023",
    "C 4.3",
    Clock.SAME_BOARD,
    48,
    108,
    review_after_months=72,
    promotion_months=36,
)
FIRST = Spell(1, "ned", D(2010, 4, 1), D(2014, 3, 31))
SECOND = Spell(1, "ned", D(2014, 4, 1), D(2018, 3, 31))


def said(*args: Any, **facts: Any) -> list[str]:
    return [fault.says for fault in faults(*args, **facts)]


def test_four_years_from_april_end_in_march():
    assert last_day_of(D(2016, 4, 1), 48) == D(2020, 3, 31)


def test_a_term_that_begins_on_a_leap_day_ends_on_the_day_before():
    assert last_day_of(D(2016, 2, 29), 48) == D(2020, 2, 28)


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        ([], 0),
        ([FIRST], 1461),
        ([FIRST, SECOND], 2922),
        ([SECOND, FIRST], 2922),
        # The vice chair who acted as chair for a year served that year once.
        ([FIRST, Spell(1, "chair", D(2012, 4, 1), D(2013, 3, 31))], 1461),
        ([FIRST, Spell(1, "chair", D(2014, 3, 31), D(2014, 4, 1))], 1462),
    ],
)
def test_a_day_is_served_once(spells, expected):
    assert served_days(spells) == expected


def test_the_limit_moves_by_the_days_of_a_break():
    after_a_year_off = Spell(1, "ned", D(2015, 4, 1), D(2019, 3, 31))

    assert day_of_limit([FIRST, SECOND], 120) == D(2020, 3, 31)
    assert day_of_limit([FIRST, after_a_year_off], 120) == D(2021, 3, 31)


def test_a_limit_without_service_is_an_error():
    with pytest.raises(ValueError, match="without having served"):
        day_of_limit([], 120)


def test_after_one_term_a_second_is_normal():
    found = standing([FIRST], GOVERNANCE_2016, board_id=1, post="ned")

    assert (found.needs_exception, found.terms, found.latest_end_of_next_term) == (False, 1, D(2018, 3, 31))
    assert found.why == (
        "4 years in this post, 1 term. More time is possible until 31 March 2020. (Governance Code 2016)"
    )


def test_after_two_terms_a_third_is_an_exception_and_ends_at_ten_years():
    found = standing([FIRST, SECOND], GOVERNANCE_2016, board_id=1, post="ned")

    assert (found.needs_exception, found.latest_end_of_next_term) == (True, D(2020, 3, 31))


def test_at_the_limit_no_ordinary_day_is_left():
    third = Spell(1, "ned", D(2018, 4, 1), D(2020, 3, 31))

    found = standing([FIRST, SECOND, third], GOVERNANCE_2016, board_id=1, post="ned")

    assert (found.needs_exception, found.latest_end_of_next_term) == (True, D(2020, 3, 31))


def test_one_post_does_not_count_years_in_another():
    chair = Spell(1, "chair", D(2018, 4, 1), D(2022, 3, 31))

    found = standing([FIRST, SECOND, chair], GOVERNANCE_2016, board_id=1, post="chair")

    assert (found.first_appointed_on, found.terms, found.needs_exception) == (D(2018, 4, 1), 1, False)


def test_one_board_counts_all_its_roles_and_no_other_board():
    chair = Spell(1, "chair", D(2018, 4, 1), D(2019, 3, 31))
    elsewhere = Spell(2, "ned", D(2000, 4, 1), D(2009, 3, 31))

    found = standing([elsewhere, FIRST, SECOND, chair], PROVIDER_2023, board_id=1, post="chair")

    assert (found.first_appointed_on, found.limit_on, found.needs_exception) == (D(2010, 4, 1), D(2019, 3, 31), True)


def test_a_non_executive_of_three_years_who_chairs_starts_the_review_clock_anew():
    ned = Spell(1, "ned", D(2015, 4, 1), D(2018, 3, 31))
    chair = Spell(1, "chair", D(2018, 4, 1), D(2022, 3, 31))

    found = standing([ned, chair], PROVIDER_2023, board_id=1, post="chair")

    assert (found.review_from, found.limit_on) == (D(2024, 4, 1), D(2024, 3, 31))


def test_a_day_more_than_three_years_and_the_review_clock_runs_from_the_first_appointment():
    ned = Spell(1, "ned", D(2015, 3, 31), D(2018, 3, 31))
    chair = Spell(1, "chair", D(2018, 4, 1), D(2022, 3, 31))

    assert standing([ned, chair], PROVIDER_2023, board_id=1, post="chair").review_from == D(2021, 3, 31)


@pytest.mark.parametrize(
    ("last_on", "expected"),
    [
        (D(2014, 3, 31), []),
        (D(2014, 4, 1), ["A term is at most 4 years long (Governance Code)."]),
        (D(2010, 3, 31), ["The term ends before it begins."]),
    ],
)
def test_a_first_term_is_four_years_at_most(last_on, expected):
    assert said([], GOVERNANCE_2016, Proposal(D(2010, 4, 1), last_on), board_id=1, post="ned") == expected


def test_a_third_term_needs_its_justification():
    third = Proposal(D(2018, 4, 1), D(2019, 3, 31))
    justified = Proposal(D(2018, 4, 1), D(2019, 3, 31), justification="Merger in its last year")
    beyond = "This goes beyond the normal limit and needs an exceptional justification (Governance Code)."

    assert said([FIRST, SECOND], GOVERNANCE_2016, third, board_id=1, post="ned") == [beyond]
    assert said([FIRST, SECOND], GOVERNANCE_2016, justified, board_id=1, post="ned") == []


@pytest.mark.parametrize(
    ("last_on", "has_review", "expected"),
    [
        (D(2016, 3, 31), False, []),
        (D(2016, 4, 1), False, ["Service beyond 31 March 2016 needs a rigorous review (C 4.3)."]),
        (D(2016, 4, 1), True, []),
    ],
)
def test_beyond_six_years_a_review_is_needed(last_on, has_review, expected):
    proposal = Proposal(D(2014, 4, 1), last_on, has_review=has_review)

    assert said([FIRST], PROVIDER_2023, proposal, board_id=1, post="ned") == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "less than a month"), (31, "1 month"), (365, "1 year"), (1461, "4 years"), (1600, "4 years and 5 months")],
)
def test_service_in_words(days, expected):
    assert in_words(days) == expected


DAYS = st.dates(D(1990, 1, 1), D(2030, 1, 1))
SPELLS = st.lists(
    st.builds(
        lambda first, length, post: Spell(1, post, first, first + dt.timedelta(days=length)),
        DAYS,
        st.integers(0, 1500),
        st.sampled_from(["ned", "chair"]),
    ),
    min_size=1,
    max_size=6,
)


@given(SPELLS)
def test_days_served_are_the_days_of_the_calendar_that_any_spell_covers(spells):
    covered = {s.first_on.toordinal() + n for s in spells for n in range((s.last_on - s.first_on).days + 1)}

    assert served_days(spells) == len(covered)


@given(SPELLS)
def test_a_term_that_ends_by_the_worked_out_day_never_passes_the_limit(spells):
    found = standing(spells, PROVIDER_2023, board_id=1, post="ned")
    last_on = max(s.last_on for s in spells)
    if found.latest_end_of_next_term <= last_on:
        return
    proposal = Proposal(last_on + dt.timedelta(days=1), found.latest_end_of_next_term, has_review=True)

    assert said(spells, PROVIDER_2023, proposal, board_id=1, post="ned") == []


@pytest.mark.parametrize(
    ("last", "terms"),
    [(D(2014, 3, 31), 1), (D(2014, 4, 1), 2), (D(2018, 3, 31), 2), (D(2018, 4, 1), 3), (D(2010, 4, 1), 1)],
)
def test_a_long_time_from_the_first_load_is_as_many_terms_as_it_took(last, terms):
    loaded = Spell(1, "ned", D(2010, 4, 1), last, may_hold_several=True)

    assert terms_in([loaded], GOVERNANCE_2016) == terms


def test_eight_years_from_the_first_load_need_an_exception():
    loaded = Spell(1, "ned", D(2010, 4, 1), D(2018, 3, 31), may_hold_several=True)
    further = Proposal(D(2018, 4, 1), D(2019, 3, 31))

    found = standing([loaded], GOVERNANCE_2016, board_id=1, post="ned")

    assert (found.terms, found.needs_exception) == (2, True)
    assert found.why.startswith("8 years in this post, 2 terms. 2 terms are the normal limit")
    assert said([loaded], GOVERNANCE_2016, further, board_id=1, post="ned") == [
        "This goes beyond the normal limit and needs an exceptional justification (Governance Code)."
    ]


@given(days=st.integers(1, 8000))
def test_terms_of_a_load_are_the_fewest_that_hold_its_days(days):
    first = D(2000, 4, 1)
    spell = Spell(1, "ned", first, first + dt.timedelta(days=days - 1), may_hold_several=True)

    terms = terms_in([spell], GOVERNANCE_2016)

    assert last_day_of(first, 48 * terms) >= spell.last_on
    assert terms == 1 or last_day_of(first, 48 * (terms - 1)) < spell.last_on


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (D(2019, 1, 1), D(2022, 12, 31), {}),
        (D(2019, 1, 1), D(2023, 1, 2), {"length": 2}),
        # Ten years from 2010 are full on the last day of 2019.
        (D(2018, 1, 1), D(2020, 1, 1), {"limit": 1}),
    ],
)
def test_a_fault_says_by_how_many_days(first, last, expected):
    served = [Spell(1, "ned", D(2010, 1, 1), D(2017, 12, 31))] if "limit" in expected else []

    found = faults(served, GOVERNANCE_2016, Proposal(first, last), board_id=1, post="ned")

    assert {fault.kind: fault.days for fault in found} == expected
