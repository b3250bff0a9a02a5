"""What the demonstration plans for the year's seats: as many matters as asked, and incumbents whose terms fit them."""

import datetime as dt
from collections import Counter
from random import Random

import pytest

from appointments.demo_plots import (
    CHAIRS,
    COMMITTEE_DAYS,
    NEDS,
    NEDS_BEFORE_THE_COMMITTEE,
    SUBCOMMITTEE_DAYS,
    YEAR_ENDS,
    Plot,
    incumbents,
    plan,
)
from appointments.models import Seat
from appointments.terms import last_day_of

D = dt.date


@pytest.fixture
def seats() -> list[Seat]:
    """Eighty boards of a chair and six non-executives, the newest opened in 2010."""
    roles = ("chair", "ned", "ned", "ned", "ned", "ned", "ned")
    return [
        Seat(pk=board * 10 + number, role=role, opened_on=D(1991 + board % 20, 4, 1))
        for board in range(80)
        for number, role in enumerate(roles)
    ]


@pytest.fixture
def plots(seats: list[Seat]) -> list[Plot]:
    return list(plan(seats, Random(1)).values())


def test_as_many_of_each_as_are_wanted(plots: list[Plot]):
    kept = [plot for plot in plots if plot.twist not in ("refused", "taken back")]

    assert Counter(plot.kind for plot in kept if plot.seat.role == "chair") == CHAIRS
    assert Counter(plot.kind for plot in kept if plot.seat.role == "ned") == {
        **NEDS,
        **NEDS_BEFORE_THE_COMMITTEE,
    }


def test_chairs_are_the_committees_and_others_its_subcommittees(plots: list[Plot]):
    assert {plot.day for plot in plots if plot.seat.role == "chair"} == set(COMMITTEE_DAYS)
    neds = [plot for plot in plots if plot.seat.role == "ned"]
    assert {plot.day for plot in neds if plot.kind != "termination"} == set(SUBCOMMITTEE_DAYS)
    assert {plot.day for plot in neds if plot.kind == "termination"} <= set(COMMITTEE_DAYS)


def test_nobodys_term_is_longer_than_four_years(seats: list[Seat], plots: list[Plot]):
    by_seat = {plot.seat.pk: plot for plot in plots}
    terms = [term for seat in seats for term in incumbents(seat, by_seat.get(seat.pk), Random(seat.pk))]

    assert [(first, last) for first, last in terms if last > last_day_of(first, 48)] == []


def test_a_reappointment_is_a_second_term_or_an_exception(plots: list[Plot]):
    renewals = [plot for plot in plots if plot.kind == "reappointment"]
    served = Counter((plot.twist, len(incumbents(plot.seat, plot, Random(1)))) for plot in renewals)

    assert served == {("", 1): 147, ("exceptional", 2): 7}


def test_in_other_seats_nothing_falls_due_in_the_year(seats: list[Seat]):
    last_days = {incumbents(seat, None, Random(seat.pk))[-1][1] for seat in seats}

    assert [day for day in last_days if D(2017, 4, 1) <= day <= YEAR_ENDS] == []


def test_few_seats_are_planned_for_as_far_as_they_go():
    assert len(plan([Seat(pk=1, role="chair", opened_on=D(2001, 4, 1))], Random(1))) == 1
