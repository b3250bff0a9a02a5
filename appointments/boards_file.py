"""Reads a file of boards: who sits in which seat, every fault named by line and column, or rows that can be loaded.

Columns, in this order:
    ods_code         the trust, as import_trusts loaded it
    role             chair, ned, chief_executive, finance, medical, nursing, operating, workforce or other_executive
    number           tells seats of one role apart: 1, 2, 3 ...
    designation      audit_chair, vice_chair, senior_independent, quality_chair, or empty; non-executives only
    voting           yes or no
    name             the incumbent; empty for a vacant seat
    email            of the incumbent, or empty; an address already known is the same person
    first_appointed  the day of the first appointment to this seat, year-month-day
    term_started     the first day of the term that runs now; empty when it is the first
    term_ends        the last day of that term; empty for an executive

There is no column for pay. What a chair or non-executive is paid follows from the rates in force; an executive's pay is
entered beside it (*Executives' pay* on the board's page), with the day from which it is paid, where the figure comes
from and who entered it, which a file of seats cannot say.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from appointments.models import Seat
from portal import rows_file
from portal.names import folded
from portal.rows_file import Fault, Parser, code, day, one_of, words


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One seat of one board, with its incumbent if there is one."""

    line: int
    ods_code: str
    role: str
    number: int
    designation: str
    voting: bool
    name: str
    email: str
    first_appointed: dt.date | None
    term_started: dt.date | None
    term_ends: dt.date | None


def read(path: Path, *, known_codes: set[str]) -> list[BoardRow]:
    """The file's rows; BadFile naming everything that is wrong with any of them."""
    faults: list[Fault] = []
    rows = [BoardRow(line=row.line, **row.cells) for row in rows_file.read(path, PARSERS, faults, check=_together)]
    if not rows and not faults:
        faults.append(Fault(1, "", "the file holds no seats"))
    faults += _across(rows, known_codes)
    rows_file.refuse(faults)
    return rows


def _together(cells: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    first, started, ends = (cells.get(name) for name in ("first_appointed", "term_started", "term_ends"))
    if cells.get("email") and not cells.get("name") and "name" in cells and not first:
        yield "name", "is empty, but the seat has an email address"
    if cells.get("name") and not first and "first_appointed" in cells:
        yield "first_appointed", "is empty; without it no term can be worked out"
    if first and not cells.get("name"):
        yield "name", "is empty, but the seat has a day of first appointment"
    if first and started and started < first:
        yield "term_started", f"{started} is before the first appointment, {first}"
    if ends and (started or first) and ends < (started or first):
        yield "term_ends", f"{ends} is before the term began"
    if cells.get("name") and not ends and cells.get("role") in Seat.NON_EXECUTIVE and "term_ends" in cells:
        yield "term_ends", "is empty; a chair's or non-executive's term has an end"
    if cells.get("designation") and cells.get("role") not in (None, Seat.Role.NED):
        yield "designation", "is a non-executive director's only"


def _across(rows: list[BoardRow], known_codes: set[str]) -> Iterator[Fault]:
    first: dict[tuple[str, str, int], int] = {}
    whose: dict[str, BoardRow] = {}
    for row in rows:
        seat = (row.ods_code, row.role, row.number)
        if seat in first:
            yield Fault(row.line, "number", f"this seat stands on line {first[seat]} already")
        first.setdefault(seat, row.line)
        if row.ods_code not in known_codes:
            yield Fault(row.line, "ods_code", f"{row.ods_code} is no trust that is known; load the trusts first")
        if row.email:
            before = whose.setdefault(row.email, row)
            if folded(before.name) != folded(row.name):
                yield Fault(row.line, "email", f"is {before.name}’s on line {before.line}; one address is one person")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 99):
        raise ValueError(f"“{text}” is no number from 1 to 99" if text else "is empty")
    return int(text)


def _voting(text: str) -> bool:
    return one_of({"yes": "yes", "no": "no"})(text) == "yes"


def _or_nothing(parse: Parser) -> Parser:
    return lambda text: parse(text) if text else ""


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError(f"“{text}” is no email address") from None
    return text.lower()


PARSERS: dict[str, Parser] = {
    "ods_code": code,
    "role": one_of({value: value for value in Seat.Role.values}),
    "number": _number,
    "designation": _or_nothing(one_of({value: value for value in Seat.Designation.values})),
    "voting": _voting,
    "name": _or_nothing(words(200)),
    "email": _or_nothing(_email),
    "first_appointed": day,
    "term_started": day,
    "term_ends": day,
}
