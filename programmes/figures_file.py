"""Monthly figures in a file, CSV or a workbook: every bad cell named, nothing run, nothing unpacked unseen."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from portal.models import Organisation
from portal.rows_file import BadFile, Fault, lines_of, refuse
from programmes import spc_file
from programmes.entering import Entry, fault_of
from programmes.models import Measure
from programmes.models.measure import first_of

COLUMNS = ("trust", "measure", "month", "numerator", "denominator")
MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 100_000
# A workbook of so many rows unpacks to about a tenth of this.
MAX_UNPACKED = 200 * 1024 * 1024
WANTED = f"the header must be {','.join(COLUMNS)}, but"
MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z0-9:]{2,40})"')

Cells = tuple[int, Sequence[Any]]  # the line, and what stands in it
Parser = Callable[[Any], Any]  # raises ValueError, whose words go into the fault
TRUST, MEASURE = "trust whose figures you enter", "measure of yours"


@dataclass(frozen=True, slots=True)
class Known:
    """What the words of a file may name: trusts and measures by their codes in lower case."""

    trusts: Mapping[str, Organisation]
    measures: Mapping[str, Measure]


def read_figures(content: bytes, known: Known, *, today: dt.date) -> list[Entry]:
    """Every line as an entry. Raises BadFile, which names all that is wrong; then nothing of the file is to be used."""
    if len(content) > MAX_BYTES:
        raise BadFile([Fault(1, "", f"the file is larger than {MAX_BYTES // 1024 // 1024} MB; send it in parts")])
    is_workbook = content[:4] == b"PK\x03\x04"
    rows = _workbook(content) if is_workbook else _csv(content)
    parsers = (_of(known.trusts, TRUST), _of(known.measures, MEASURE), _date if is_workbook else _month)
    faults: list[Fault] = []
    entries = list(_entries(rows, (*parsers, _number, _number_or_nothing), faults, today))
    if not faults and not entries:
        faults.append(Fault(1, "", "there is no line below the header"))
    refuse(faults)
    return entries


def _csv(content: bytes) -> Iterator[Cells]:
    for line, cells in _counted(lines_of(content, COLUMNS)):
        if len(cells) != len(COLUMNS):
            raise BadFile([Fault(line, "", f"has {len(cells)} columns instead of {len(COLUMNS)}")])
        yield line, cells


def _counted(rows: Iterator[Cells]) -> Iterator[Cells]:
    for number, row in enumerate(rows):
        if number >= MAX_ROWS:
            raise BadFile([Fault(row[0], "", f"there are more than {MAX_ROWS:,} lines; send the file in parts")])
        yield row


def _workbook(content: bytes) -> Iterator[Cells]:
    """The first sheet, row by row."""
    try:
        _refuse_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except BadFile:
        raise
    except Exception as error:  # whatever openpyxl finds wrong with it, it is no workbook
        raise BadFile([Fault(1, "", "this is no Excel workbook (.xlsx); save it as one, or as CSV UTF-8")]) from error
    sheet = book.worksheets[0] if book.worksheets else None
    if sheet is None:
        raise BadFile([Fault(1, "", "the workbook has no sheet")])
    yield from _counted(_sheet(sheet))


def _refuse_bomb(content: bytes) -> None:
    """Reads each part no further than the limit, whatever size it claims; names the first merged cells."""
    room = MAX_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for part in parts.infolist():
            if part.file_size > room:
                raise BadFile([Fault(1, "", "the workbook unpacks to far more than figures would; save it anew")])
            with parts.open(part) as opened:
                unpacked = opened.read(room + 1)
            room -= len(unpacked)
            if room < 0:
                raise BadFile([Fault(1, "", "the workbook unpacks to far more than figures would; save it anew")])
            if part.filename.startswith("xl/worksheets/") and (merged := MERGED.search(unpacked)):
                where = merged.group(1).decode()
                raise BadFile([Fault(1, "", f"the cells {where} are merged; undo it, so that each has its own value")])


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that a workbook would have to work out; `ref` is its name there."""

    ref: str


def _sheet(sheet: Any) -> Iterator[Cells]:
    header: list[str] | None = None
    for line, row in enumerate(sheet.iter_rows(), start=1):
        values = [_value(cell) for cell in row]
        while values and values[-1] is None:
            values.pop()
        if not values:
            continue
        if header is None:
            header = [str(value or "").strip().lower() for value in values]
            if header != list(COLUMNS):
                raise BadFile([Fault(line, "", f"{WANTED} is {','.join(header)}")])
        elif len(values) > len(COLUMNS):
            raise BadFile([Fault(line, "", f"has {len(values)} columns instead of {len(COLUMNS)}")])
        else:
            yield line, [*values, *[None] * (len(COLUMNS) - len(values))]
    if header is None:
        raise BadFile([Fault(1, "", f"{WANTED} the sheet is empty")])


def _value(cell: Any) -> Any:
    if cell.data_type == "f":
        return Formula(f"{get_column_letter(cell.column)}{cell.row}")
    return None if cell.value == "" else cell.value


def _entries(rows: Iterator[Cells], parsers: Sequence[Parser], faults: list[Fault], today: dt.date) -> Iterator[Entry]:
    first_line: dict[tuple[int, int, dt.date], int] = {}
    for line, cells in rows:
        entry = _entry(line, cells, parsers, faults)
        if entry is None:
            continue
        if fault := fault_of(entry, today=today):
            faults.append(Fault(line, *fault))
        elif (before := first_line.setdefault(entry.key, line)) != line:
            faults.append(Fault(line, "month", f"is the month of line {before} as well"))
        else:
            yield entry


def _entry(line: int, cells: Sequence[Any], parsers: Sequence[Parser], faults: list[Fault]) -> Entry | None:
    said: dict[str, Any] = {}
    for column, parse, cell in zip(COLUMNS, parsers, cells, strict=True):
        try:
            if isinstance(cell, Formula):
                raise ValueError(f"the cell {cell.ref} is a formula; paste its value")
            said[column] = parse(cell)
        except ValueError as error:
            faults.append(Fault(line, column, str(error)))
    return Entry(**said) if len(said) == len(COLUMNS) else None


def _of(known: Mapping[str, Any], what: str) -> Parser:
    """One of the codes; where there are few, a wrong one is told them."""
    choices = f": {', '.join(sorted(known))}" if len(known) <= 12 else ""

    def parse(cell: Any) -> Any:
        code = str(cell or "").strip()
        if code.lower() in known:
            return known[code.lower()]
        raise ValueError(
            f"“{code}” is no {what}{choices}" if code else f"is empty; write the code of a {what}{choices}"
        )

    return parse


def _date(cell: Any) -> dt.date:
    """A workbook's own date, any day of the month."""
    if isinstance(cell, dt.datetime):
        return first_of(cell.date())
    if isinstance(cell, dt.date):
        return first_of(cell)
    raise ValueError("is empty" if cell is None else f"“{cell}” is no date to the workbook; format the cell as a date")


def _month(cell: str) -> dt.date:
    """Text of a CSV file: 2018-01, or any day of the month as 2018-01-31."""
    return first_of(spc_file.date(cell))


def _number(cell: Any) -> Decimal:
    found = _number_or_nothing(cell)
    if found is None:
        raise ValueError("is empty")
    return found


def _number_or_nothing(cell: Any) -> Decimal | None:
    if cell is None or not str(cell).strip():
        return None
    if isinstance(cell, bool | dt.datetime | dt.date | dt.time):
        raise ValueError(f"“{cell}” is no number")
    found = spc_file.number(str(cell).strip())
    if found is not None and (found.as_tuple().exponent < -2 or found >= 10**10):  # type: ignore[operator]
        raise ValueError(f"“{cell}” has more than two decimals, or is too large")
    return found
