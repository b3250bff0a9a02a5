"""Figures from a file: read and kept aside, looked at, entered all at once."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from portal.models import Organisation, User
from programmes.access import trusts_to_enter_for
from programmes.entering import Entered, Entry, EntryRefused, enter, standing_of
from programmes.figures_file import Known, read_figures
from programmes.models import FiguresUpload, Measure, Reading

KEPT_FOR = dt.timedelta(days=2)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Change:
    """A month that the file would put right: what stands there, and what the file says."""

    entry: Entry
    before: tuple[Decimal, Decimal | None]


@dataclass(frozen=True, slots=True)
class Preview:
    """What entering the file would do; `changes` are the first of those that put something right."""

    done: Entered
    changes: tuple[Change, ...]
    trusts: int
    first: dt.date
    last: dt.date


@transaction.atomic
def keep_aside(content: bytes, *, name: str, by: User, at: dt.datetime) -> FiguresUpload:
    """Reads the file for `by`. Raises portal.rows_file.BadFile, which names every bad cell; then nothing is kept."""
    trusts = {trust.ods_code.lower(): trust for trust in trusts_to_enter_for(by)}
    measures = {measure.code: measure for measure in Measure.objects.all()}
    entries = read_figures(content, Known(trusts, measures), today=timezone.localdate(at))
    FiguresUpload.objects.filter(by=by, entered_at=None).delete()
    rows = [_as_json(entry) for entry in entries]
    return FiguresUpload.objects.create(by=by, at=at, name=name[:200], rows=rows, number=len(rows))


def preview(upload: FiguresUpload) -> Preview:
    """Four queries, however many rows."""
    entries = list(_entries(upload))
    standing = standing_of(entries)
    before = [(entry, standing.get(entry.key)) for entry in entries]
    changes = [Change(entry, old) for entry, old in before if old is not None and old != entry.counted]
    new = sum(old is None for _, old in before)
    months = [entry.month for entry in entries]
    return Preview(
        Entered(new, len(changes), len(entries) - new - len(changes)),
        tuple(changes[:SHOWN]),
        len({entry.trust.pk for entry in entries}),
        min(months),
        max(months),
    )


@transaction.atomic
def enter_file(upload: FiguresUpload, *, by: User, at: dt.datetime, reason: str) -> Entered:
    """Enters what was looked at, all or nothing. Raises EntryRefused for a file that was entered or dropped."""
    row = FiguresUpload.objects.select_for_update().filter(pk=upload.pk, by=by, entered_at=None).first()
    if row is None:
        raise EntryRefused("This file was entered already, or another one was sent in its place.")
    done = enter(list(_entries(row)), by=by, at=at, reason=reason, source=Reading.Source.FILE)
    row.rows, row.entered_at = [], at
    row.save(update_fields=["rows", "entered_at"])
    return done


def drop_stale(*, at: dt.datetime) -> int:
    """Forgets files that nobody entered within two days; how many."""
    return FiguresUpload.objects.filter(entered_at=None, at__lt=at - KEPT_FOR).delete()[0]


Row = tuple[int, int, str, str, str | None]


def _as_json(entry: Entry) -> Row:
    bottom = None if entry.denominator is None else str(entry.denominator)
    return entry.trust.pk, entry.measure.pk, f"{entry.month:%Y-%m}", str(entry.numerator), bottom


def _entries(upload: FiguresUpload) -> Iterator[Entry]:
    trusts = Organisation.objects.in_bulk({row[0] for row in upload.rows})
    measures = Measure.objects.in_bulk({row[1] for row in upload.rows})
    for trust, measure, month, top, bottom in upload.rows:
        day = dt.date.fromisoformat(f"{month}-01")
        denominator = None if bottom is None else Decimal(bottom)
        yield Entry(trusts[trust], measures[measure], day, Decimal(top), denominator)
