"""The candidate list as rows for a file, and the record that somebody took them away."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.exporting import guarded
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
        application.called,
        "" if intake.names_hidden else person.email,
        "" if intake.names_hidden else person.headline,
        intake.scheme.name,
        intake.name,
        application.region.name,
        State(application.state).label,
        submitted,
        meets,
    )


@transaction.atomic
def record_export(
    *, file_format: str, filters: dict[str, Any], rows: int, by: User, at: dt.datetime, reason: str
) -> CandidateExport:
    """Written before the first row leaves: a download that breaks off is on record too."""
    return CandidateExport.objects.create(
        file_format=file_format, filters=filters, rows=rows, by=by, at=at, reason=reason
    )
