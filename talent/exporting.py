"""The candidate list as a file: CSV or a workbook, row by row, with nothing that a spreadsheet would run."""

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from portal.models import User
from talent.models import Application, CandidateExport, State
from talent.models.application import ApplicationQuerySet

COLUMNS = (
    "Reference",
    "Name",
    "Email",
    "Headline",
    "Scheme",
    "Intake",
    "Region",
    "State",
    "Submitted",
    "Meets essentials",
)
# A cell that begins with one of these is a formula to a spreadsheet (OWASP, CSV injection).
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(value: str) -> str:
    """Text that no spreadsheet takes for a formula, without the control characters a workbook cannot hold."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{clean}" if clean.startswith(RISKY) else clean


def table(applications: ApplicationQuerySet) -> Iterator[tuple[str, ...]]:
    """The header, then one row for each application, fetched in chunks."""
    yield COLUMNS
    for application in applications.iterator(chunk_size=1000):
        yield tuple(guarded(cell) for cell in _cells(application))


def _cells(application: Application) -> tuple[str, ...]:
    person, intake = application.person, application.intake
    meets = {True: "Yes", False: "No", None: ""}[application.meets_essentials]
    submitted = timezone.localdate(application.submitted_at).isoformat() if application.submitted_at else ""
    return (
        application.reference,
        person.full_name,
        person.email,
        person.headline,
        intake.scheme.name,
        intake.name,
        application.region.name,
        State(application.state).label,
        submitted,
        meets,
    )


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


def as_workbook(rows: Iterable[tuple[str, ...]]) -> IO[bytes]:
    """A workbook in a temporary file, written row by row; the caller closes it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Candidates")
    for row in rows:
        sheet.append(row)
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    book.save(file)
    file.seek(0)
    return file


@transaction.atomic
def record_export(
    *, file_format: str, filters: dict[str, Any], rows: int, by: User, at: dt.datetime, reason: str
) -> CandidateExport:
    """Written before the first row leaves: a download that breaks off is on record too."""
    return CandidateExport.objects.create(
        file_format=file_format, filters=filters, rows=rows, by=by, at=at, reason=reason
    )
