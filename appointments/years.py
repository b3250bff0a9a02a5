"""The reporting year: 1 April to 31 March, by the date of the decision."""

import datetime as dt
import re
from dataclasses import dataclass

FIRST_MONTH = 4  # April


@dataclass(frozen=True, slots=True, order=True)
class ReportingYear:
    """Written 2017-18: from 1 April 2017 to 31 March 2018."""

    starts: int

    @classmethod
    def of(cls, day: dt.date) -> "ReportingYear":
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> "ReportingYear":
        """Raises ValueError, fit for the screen, for anything but two years that follow one another."""
        found = re.fullmatch(r"(\d{4})-(\d{2})", text)
        if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
            raise ValueError(f"“{text}” is not a reporting year; write it as 2017-18.")
        return cls(int(found[1]))

    @property
    def first_on(self) -> dt.date:
        return dt.date(self.starts, FIRST_MONTH, 1)

    @property
    def last_on(self) -> dt.date:
        return dt.date(self.starts + 1, FIRST_MONTH, 1) - dt.timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.starts}-{(self.starts + 1) % 100:02}"
