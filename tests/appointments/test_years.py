"""The reporting year: 1 April to 31 March."""

import datetime as dt

import pytest

from appointments.years import ReportingYear


@pytest.mark.parametrize(
    ("day", "year"),
    [("2017-03-31", "2016-17"), ("2017-04-01", "2017-18"), ("2018-03-31", "2017-18"), ("1999-12-31", "1999-00")],
)
def test_the_year_of_a_day(day: str, year: str):
    assert str(ReportingYear.of(dt.date.fromisoformat(day))) == year


def test_first_and_last_day():
    year = ReportingYear.parse("2017-18")

    assert (year.first_on, year.last_on) == (dt.date(2017, 4, 1), dt.date(2018, 3, 31))


@pytest.mark.parametrize("text", ["2017", "2017-19", "2017/18", "17-18", ""])
def test_anything_else_is_refused(text: str):
    with pytest.raises(ValueError, match=f"“{text}” is not a reporting year; write it as 2017-18."):
        ReportingYear.parse(text)
