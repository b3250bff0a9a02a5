"""A series from a CSV file (date,value): a day (2018-04-30) or a month (2018-04), and a number or nothing."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from pathlib import Path

from portal.rows_file import Fault, day, read, refuse
from programmes.spc import Reading

# Larger or finer numbers than any rate or count; beyond them a cell holds something else.
DIGITS = 15


def read_series(path: Path) -> list[Reading]:
    """In the file's order. Raises portal.rows_file.BadFile, which names every bad line, and OSError."""
    faults: list[Fault] = []
    rows = read(path, {"date": date, "value": number}, faults)
    first_line: dict[dt.date, int] = {}
    for row in rows:
        if (known := first_line.setdefault(row.cells["date"], row.line)) != row.line:
            faults.append(Fault(row.line, "date", f"is the date of line {known} as well"))
    if not faults and not any(row.cells["value"] is not None for row in rows):
        faults.append(Fault(1, "value", "no line has a value"))
    refuse(faults)
    return [(row.cells["date"], row.cells["value"]) for row in rows]


def date(text: str) -> dt.date:
    found = day(f"{text}-01" if len(text) == len("2018-04") else text)
    if found is None:
        raise ValueError("is empty")
    return found


def number(text: str) -> Decimal | None:
    """None for an empty cell: a missing reading."""
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"“{text}” is no number; write it in figures with a point, such as 15.2") from None
    if not found.is_finite() or abs(found.adjusted()) > DIGITS or len(found.as_tuple().digits) > DIGITS:
        raise ValueError(f"“{text}” is no number that can be charted")
    return found
