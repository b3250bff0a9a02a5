"""Reads a file of people, CSV or JSON Lines: every fault named by row and column, or rows that can be loaded.

CSV is UTF-8 with a header; JSON Lines has one object a line. Columns in any order; only full_name is required:
    reference           the number under which you know the person; a person whose reference is on record is left alone
    full_name           as the person writes it
    email, phone, postcode
    born_on             date of birth, only to tell two people of one name apart; never searched nor shown on a profile
    region              where the person lives: the name of a region
    headline            current role and employer in one line
    summary             what the person brings to a board
    readiness           now, 1-2 or 3-5 (years)
    days_a_month        0.5 to 31
    background          professional background, such as Nursing and midwifery, or nursing
    sectors *           where the person worked, such as Acute hospitals, or acute
    roles_sought *      such as Non-executive director, or ned
    works_in *          regions in which the person would serve
    travel_minutes      30, 60, 90, 120 or 999 (any distance)
    skills *            of the vocabulary (manage.py load_skills), by name or code
    posts               posts held: title | employer | began | ended | board | description
                        began and ended as 2014, 2014-04 or 2014-04-01, ended empty for a post held now,
                        board is yes or no; only title, employer and began are required; one post a line within the
                        cell, or separated by ;;
    cv_text             the CV as plain text, up to 100,000 characters
    consent_pool *      the pools the person agreed to be in, by name or slug; if empty, the Talent database
    consent_given_on    the day the person agreed; without it nobody finds the person
    consent_wording     what the person read and agreed to, or the name and version of the form; goes with the day
    consent_expires_on  if empty, the pool's own term from that day
    consent_share       yes if the person agreed to be shown to a trust that looks for somebody
* several values: separated by ; in CSV, a list in JSON Lines. In JSON Lines posts is a list of objects with title,
employer, started_on, ended_on, board_level (true or false) and description. Dates are year-month-day.
"""

import csv
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from portal.rows_file import BadFile, Fault
from talent.models import Background, Person, RoleSought, Sector, Travel
from talent.people_cells import (
    LONGEST_CV,
    Parser,
    PostRow,
    a_day,
    days_a_month,
    each_of,
    email,
    labels,
    named,
    posts,
    several,
    text_up_to,
    yes_or_no,
)

EARLIEST_BIRTH = dt.date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as the file tells it; regions, skills and pools by their ids."""

    line: int
    full_name: str
    reference: str = ""
    email: str = ""
    phone: str = ""
    postcode: str = ""
    born_on: dt.date | None = None
    region: int | None = None
    headline: str = ""
    summary: str = ""
    readiness: str = ""
    days_a_month: Decimal | None = None
    background: str = ""
    sectors: tuple[str, ...] = ()
    roles_sought: tuple[str, ...] = ()
    works_in: tuple[int, ...] = ()
    travel_minutes: int | None = None
    skills: tuple[int, ...] = ()
    posts: tuple[PostRow, ...] = ()
    cv_text: str = ""
    consent_pool: tuple[int, ...] = ()
    consent_given_on: dt.date | None = None
    consent_wording: str = ""
    consent_expires_on: dt.date | None = None
    consent_share: bool = False


COLUMNS = tuple(each.name for each in fields(PersonRow) if each.name != "line")
UNKNOWN = "is no column of this file; see --help"
SEVERAL = frozenset({"sectors", "roles_sought", "works_in", "skills", "posts", "consent_pool"})


@dataclass(frozen=True, slots=True)
class Known:
    """What a file may name: folded names and codes, and the id of each."""

    regions: Mapping[str, int]
    skills: Mapping[str, int]
    pools: Mapping[str, int]
    today: dt.date


@dataclass(slots=True)
class Reader:
    """Reads one file row by row; what is wrong is kept in `faults`, and such rows are left out."""

    known: Known
    faults: list[Fault] = field(default_factory=list)

    def rows(self, path: Path) -> Iterator[PersonRow]:
        """The rows that can be read, in order. Raises BadFile when the file as a whole is unreadable."""
        parsers, lines_of_references = self._parsers(), dict[str, int]()
        for line, raw in _raw_rows(path, self.faults):
            before = len(self.faults)
            cells = self._typed(line, raw, parsers)
            self.faults += [Fault(line, column, message) for column, message in self._together(cells)]
            first = lines_of_references.setdefault(cells.get("reference") or f"line {line}", line)
            if first != line:
                self.faults.append(Fault(line, "reference", f"stands on line {first} already"))
            if len(self.faults) == before:
                yield PersonRow(line=line, **cells)

    def _typed(self, line: int, raw: Mapping[str, Any], parsers: Mapping[str, Parser]) -> dict[str, Any]:
        cells: dict[str, Any] = {}
        for column, parse in parsers.items():
            value = raw.get(column)
            if value in ("", None, []) and column != "full_name":
                continue
            try:
                cells[column] = parse(several(value) if column in SEVERAL and column != "posts" else value)
            except ValueError as error:
                self.faults.append(Fault(line, column, str(error)))
        return cells

    def _together(self, cells: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        given, expires = cells.get("consent_given_on"), cells.get("consent_expires_on")
        if given and given > self.known.today:
            yield "consent_given_on", f"{given} is in the future"
        if given and not cells.get("consent_wording"):
            yield "consent_wording", "is empty; say what the person agreed to, or the form and its version"
        if given and expires and expires <= given:
            yield "consent_expires_on", f"{expires} is not after the day of consent, {given}"
        if not given:
            for column in ("consent_pool", "consent_expires_on", "consent_share"):
                if cells.get(column):
                    yield column, "needs the day the person agreed, in consent_given_on"
        born = cells.get("born_on")
        if born and not EARLIEST_BIRTH <= born < self.known.today:
            yield "born_on", f"{born} is no day of birth"

    def _parsers(self) -> dict[str, Parser]:
        region = named(self.known.regions, "region")
        return {
            "full_name": text_up_to(200),
            "reference": text_up_to(40),
            "email": email,
            "phone": text_up_to(40),
            "postcode": text_up_to(10),
            "born_on": a_day,
            "region": region,
            "headline": text_up_to(200),
            "summary": text_up_to(20_000),
            "readiness": named(labels(Person.Readiness), "readiness"),
            "days_a_month": days_a_month,
            "background": named(labels(Background), "background"),
            "sectors": each_of(named(labels(Sector), "sector")),
            "roles_sought": each_of(named(labels(RoleSought), "role")),
            "works_in": each_of(region),
            "travel_minutes": named({str(value): value for value in Travel.values}, "choice"),
            "skills": each_of(named(self.known.skills, "skill of the vocabulary")),
            "posts": lambda value: tuple(posts(value, self.known.today)),
            "cv_text": text_up_to(LONGEST_CV),
            "consent_pool": each_of(named(self.known.pools, "pool")),
            "consent_given_on": a_day,
            "consent_wording": text_up_to(2000),
            "consent_expires_on": a_day,
            "consent_share": yes_or_no,
        }


def _raw_rows(path: Path, faults: list[Fault]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Each row with its line, cells as they stand; JSON Lines when the first sign is a brace."""
    csv.field_size_limit(max(csv.field_size_limit(), 10 * LONGEST_CV))
    line = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            is_json = file.read(1) == "{"
            file.seek(0)
            for line, raw in _json_rows(file, faults) if is_json else _csv_rows(file, faults):
                yield line, raw
        except UnicodeDecodeError as error:
            after = f"after line {line}: " if line else ""
            raise BadFile([Fault(line or 1, "", f"{after}not readable as UTF-8; save the file as UTF-8")]) from error
        except csv.Error as error:
            raise BadFile([Fault(line or 1, "", f"not readable as CSV: {error}")]) from error


def number_of_rows(path: Path) -> int:
    """How many rows the file has, for the progress bar; nothing is checked. Raises BadFile where it cannot be read."""
    return sum(1 for _ in _raw_rows(path, []))


def _csv_rows(file: Iterable[str], faults: list[Fault]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.reader(file, strict=True)
    header = [cell.strip().lower() for cell in next(reader, [])]
    _refuse_header(header)
    before = reader.line_num
    for cells in reader:
        line, before = before + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            faults.append(Fault(line, "", f"has {len(cells)} columns instead of {len(header)}"))
            continue
        yield line, dict(zip(header, (cell.strip() for cell in cells), strict=True))


def _refuse_header(header: list[str]) -> None:
    faults = [Fault(1, name, UNKNOWN) for name in header if name not in COLUMNS]
    faults += [Fault(1, name, "stands twice in the header") for name in sorted(set(header)) if header.count(name) > 1]
    if "full_name" not in header:
        faults.append(Fault(1, "full_name", "is missing from the header"))
    if faults:
        raise BadFile(faults)


def _json_rows(file: Iterable[str], faults: list[Fault]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for line, text in enumerate(file, start=1):
        if not text.strip():
            continue
        try:
            raw = json.loads(text)
        except ValueError as error:
            faults.append(Fault(line, "", f"is no JSON: {error}"))
            continue
        if not isinstance(raw, dict):
            faults.append(Fault(line, "", "is no object with columns"))
            continue
        faults += [Fault(line, str(name), UNKNOWN) for name in raw if name not in COLUMNS]
        yield line, {name: value.strip() if isinstance(value, str) else value for name, value in raw.items()}
