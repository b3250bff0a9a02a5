"""Dates, times and lists as people write them in British English."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def long_date(value: dt.date | dt.datetime | None) -> str:
    """8 March 2018; a datetime is read in London."""
    if value is None:
        return ""
    day = value.astimezone(LONDON).date() if isinstance(value, dt.datetime) else value
    return f"{day.day} {day:%B %Y}"


def clock(value: dt.datetime) -> str:
    """4:05pm, midday, midnight: London time."""
    at = value.astimezone(LONDON)
    if at.minute == 0 and at.hour in (0, 12):
        return "midnight" if at.hour == 0 else "midday"
    return f"{at.hour % 12 or 12}{f':{at.minute:02}' if at.minute else ''}{'am' if at.hour < 12 else 'pm'}"


def date_time(value: dt.datetime | None) -> str:
    """8 March 2018 at 4:05pm: London time."""
    return "" if value is None else f"{long_date(value)} at {clock(value)}"


def join_words(values: Iterable[object], last: str = "and") -> str:
    """a, b and c"""
    words = [str(value) for value in values]
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def months_in_words(months: int) -> str:
    """18 months, 2 years: in years where they are whole ones."""
    number, unit = (months // 12, "year") if months and months % 12 == 0 else (months, "month")
    return f"{number} {unit}{'' if number == 1 else 's'}"
