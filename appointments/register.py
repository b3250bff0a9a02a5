"""The register of appointments: its years, its rows in order and as a file, and what corrections changed."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min

from appointments.models import Appointment
from appointments.models.appointment import AppointmentQuerySet
from appointments.years import ReportingYear
from portal.exporting import guarded
from portal.words import long_date

COLUMNS = (
    "Row",
    "Decided",
    "Decision",
    "Kind",
    "Person",
    "Trust code",
    "Trust",
    "Region",
    "Seat",
    "First day",
    "Last day",
    "GBP a year",
    "Days a month",
    "Corrects row",
    "Taken back",
)
# What a correction may have changed, in the words of the page.
LABELS = {
    "starts_on": "First day",
    "ends_on": "Last day",
    "remuneration": "Pounds a year",
    "days_a_month": "Days a month",
    "off_payroll": "Paid off payroll",
    "decided_on": "Day of the decision",
}


def years_recorded() -> list[ReportingYear]:
    """From the first decision to the last, the newest first. One query, read off the index."""
    found = Appointment.objects.aggregate(first=Min("decided_on"), last=Max("decided_on"))
    if found["first"] is None:
        return []
    first, last = (ReportingYear.of(found[name]).starts for name in ("first", "last"))
    return [ReportingYear(starts) for starts in range(last, first - 1, -1)]


def in_order(rows: AppointmentQuerySet) -> AppointmentQuerySet:
    """The latest decision first, with all that a line of the register says."""
    return rows.select_related("person", "seat", "board__region", "decision").order_by("-decided_on", "-pk")


def table(rows: AppointmentQuerySet) -> Iterator[tuple[str, ...]]:
    """The header, then one line for each row, fetched in chunks; safe in a spreadsheet."""
    yield COLUMNS
    for row in in_order(rows).iterator(chunk_size=1000):
        yield tuple(guarded(cell) for cell in _cells(row))


def _cells(row: Appointment) -> tuple[str, ...]:
    def plain(value: object) -> str:
        return "" if value is None else str(value)

    return (
        str(row.pk),
        row.decided_on.isoformat(),
        str(row.decision.number),
        row.get_kind_display(),
        row.person.full_name,
        row.board.ods_code,
        row.board.name,
        row.board.region.name if row.board.region else "",
        row.seat.title,
        row.starts_on.isoformat(),
        row.ends_on.isoformat() if row.ends_on else "",
        plain(row.remuneration),
        plain(row.days_a_month),
        plain(row.corrects_id),
        "Yes" if row.cancelled else "",
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that a correction put right."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of an appointment's history, and what it changed of the row before."""

    row: Appointment
    changes: tuple[Change, ...]


def history(appointment: Appointment) -> list[Entry]:
    """From the row that the decision made to the one that stands: one query."""
    rows = list(Appointment.objects.filter(decision=appointment.decision_id).select_related("by").order_by("pk"))
    before: list[Appointment | None] = [None, *rows]
    return [Entry(row, changes(old, facts_of(row)) if old else ()) for old, row in zip(before, rows, strict=False)]


def facts_of(row: Appointment) -> dict[str, Any]:
    return {name: getattr(row, name) for name in LABELS}


def changes(old: Appointment, said: Mapping[str, Any]) -> tuple[Change, ...]:
    """What `said` has otherwise than `old`, in words."""
    was = facts_of(old)
    return tuple(
        Change(LABELS[name], in_words(was[name]), in_words(said[name])) for name in LABELS if was[name] != said[name]
    )


def in_words(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.date):
        return long_date(value)
    if isinstance(value, int):
        return f"£{value:,}"
    return "Not recorded" if value is None else str(value)
