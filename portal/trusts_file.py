"""Reads a file of trusts: every fault named by line and column, or rows that can be loaded."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal import rows_file
from portal.models import Organisation
from portal.rows_file import BadFile, Fault, Parser, code, code_or_nothing, day, one_of, words

__all__ = ["COLUMNS", "BadFile", "Fault", "TrustRow", "read"]

KINDS = {"NHS trust": Organisation.Kind.NHS_TRUST, "foundation trust": Organisation.Kind.FOUNDATION_TRUST}
SECTORS = {sector.label.lower(): sector for sector in Organisation.Sector}


@dataclass(frozen=True, slots=True)
class TrustRow:
    """One line of the file, typed."""

    line: int
    ods_code: str
    name: str
    region: str
    sector: str
    kind: str
    postcode: str
    opened: dt.date | None
    closed: dt.date | None
    successor: str


def read(path: Path, *, known_codes: set[str]) -> list[TrustRow]:
    """The file's rows; BadFile when anything is wrong with any of them. A successor may stand in `known_codes`."""
    faults: list[Fault] = []
    rows = [TrustRow(line=row.line, **row.cells) for row in rows_file.read(path, PARSERS, faults, check=_days)]
    if not rows and not faults:
        faults.append(Fault(1, "", "the file holds no trusts"))
    faults += _across(rows, known_codes)
    rows_file.refuse(faults)
    return rows


def _days(cells: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    opened, closed = cells.get("opened"), cells.get("closed")
    if opened and closed and closed < opened:
        yield "closed", f"{closed} is before the day it opened, {opened}"


def _across(rows: list[TrustRow], known_codes: set[str]) -> Iterator[Fault]:
    """What only shows between rows: a code used twice, a successor nobody knows, a trust that succeeds itself."""
    first: dict[str, int] = {}
    for row in rows:
        if row.ods_code in first:
            yield Fault(row.line, "ods_code", f"{row.ods_code} stands on line {first[row.ods_code]} already")
        first.setdefault(row.ods_code, row.line)
    for row in rows:
        if row.successor and row.successor not in first and row.successor not in known_codes:
            yield Fault(row.line, "successor", f"{row.successor} is neither in the file nor known already")
        if row.successor == row.ods_code:
            yield Fault(row.line, "successor", f"{row.successor} cannot succeed itself")


def _postcode(text: str) -> str:
    return words(10)(text) if text else ""


PARSERS: dict[str, Parser] = {
    "ods_code": code,
    "name": words(200),
    "region": words(80),
    "sector": one_of(SECTORS),
    "kind": one_of(KINDS),
    "postcode": _postcode,
    "opened": day,
    "closed": day,
    "successor": code_or_nothing,
}
COLUMNS = tuple(PARSERS)
