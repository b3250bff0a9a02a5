"""Reads a file of rows: typed by column, every fault named by line and column, all of it or nothing."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Parser = Callable[[str], Any]
# Given the cells of one row that could be read: (column, message) for what does not go together.
Check = Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where: `line` counts as a text editor does, `column` is the header's word."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return (
            f"Line {self.line}, {self.column}: {self.message}" if self.column else f"Line {self.line}: {self.message}"
        )


class BadFile(Exception):
    """The file cannot be loaded; `faults` names everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One line of the file, each cell as its column's parser made it."""

    line: int
    cells: Mapping[str, Any]


def nothing_to_check(cells: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    return ()


def read(
    path: Path, parsers: Mapping[str, Parser], faults: list[Fault], *, check: Check = nothing_to_check
) -> list[TypedRow]:
    """The rows that can be read, in order; what is wrong with the others is added to `faults`.

    The header must name the parsers' columns in their order. Raises BadFile when the file as a whole is unreadable.
    """
    lines = lines_of(path.read_bytes(), tuple(parsers))
    return [row for line, cells in lines if (row := _typed(line, cells, parsers, check, faults))]


def lines_of(content: bytes, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Each line with something on it, by the number of its first line; the header must name `columns` in their order.

    Raises BadFile for what is no CSV in UTF-8, and for another header.
    """
    return _lines(csv.reader(io.StringIO(_text(content), newline=""), strict=True), columns)


def refuse(faults: list[Fault]) -> None:
    """Raises BadFile, the faults in the file's order, when there is any."""
    if faults:
        raise BadFile(sorted(faults, key=lambda fault: fault.line))


def _text(content: bytes) -> str:
    if not content.strip():
        raise BadFile([Fault(1, "", "the file is empty")])
    if content[:4] == b"PK\x03\x04":
        raise BadFile([Fault(1, "", "this is a workbook or another packed file; save it as CSV UTF-8")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadFile([Fault(line, "", "not readable as UTF-8; save the file as CSV UTF-8")]) from error


def _lines(reader: Any, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Each line with something on it, by the number of its first line; the header is checked and left out."""
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        if header != list(columns):
            raise BadFile([Fault(1, "", f"the header must be {','.join(columns)}, but is {','.join(header)}")])
        before = reader.line_num
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield before + 1, [cell.strip() for cell in cells]
            before = reader.line_num
    except csv.Error as error:
        raise BadFile([Fault(reader.line_num, "", f"not readable as CSV: {error}")]) from error


def _typed(
    line: int, cells: list[str], parsers: Mapping[str, Parser], check: Check, faults: list[Fault]
) -> TypedRow | None:
    if len(cells) != len(parsers):
        faults.append(Fault(line, "", f"has {len(cells)} columns instead of {len(parsers)}"))
        return None
    found: dict[str, Any] = {}
    before = len(faults)
    for (column, parse), cell in zip(parsers.items(), cells, strict=True):
        try:
            found[column] = parse(cell)
        except ValueError as error:
            faults.append(Fault(line, column, str(error)))
    faults += [Fault(line, column, message) for column, message in check(found)]
    return TypedRow(line, found) if len(faults) == before else None


def code(text: str) -> str:
    if not (text.isascii() and text.isalnum() and len(text) <= 10):
        raise ValueError(f"“{text}” is no ODS code (letters and digits, 10 at most)" if text else "is empty")
    return text.upper()


def code_or_nothing(text: str) -> str:
    return code(text) if text else ""


def words(limit: int) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not text:
            raise ValueError("is empty")
        if len(text) > limit:
            raise ValueError(f"is longer than {limit} characters")
        return text

    return parse


def one_of(choices: Mapping[str, str]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(f"“{text}” is none of: {', '.join(choices)}" if text else "is empty")
        return str(choices[text])

    return parse


def day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date() if text else None
    except ValueError:
        raise ValueError(f"“{text}” is no real date; write year-month-day, such as 2017-04-01") from None
