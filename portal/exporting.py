"""Lists as files: CSV or a workbook, row by row, with nothing that a spreadsheet would run."""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# A cell that begins with one of these is a formula to a spreadsheet (OWASP, CSV injection).
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(value: str) -> str:
    """Text that no spreadsheet takes for a formula, without the control characters a workbook cannot hold."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{clean}" if clean.startswith(RISKY) else clean


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def as_csv(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Lines as they are asked for; the mark at the start tells Excel that it is UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow(row)


def as_workbook(rows: Iterable[tuple[str, ...]], *, title: str) -> IO[bytes]:
    """A workbook in a temporary file, written row by row; the caller closes it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    book.save(file)
    file.seek(0)
    return file
