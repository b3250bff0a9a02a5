"""A trust's monthly figures: entered, corrected, with nothing of what stood there before lost."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.models import Organisation, User
from programmes.access import may_enter_figures, trusts_to_enter_for
from programmes.models import ChartNote, Measure, Reading, Target
from programmes.models.measure import first_of


class EntryRefused(Exception):
    """The figures cannot be this measure's, or this month's; `str()` is fit for the screen."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody says of one month of one trust."""

    trust: Organisation
    measure: Measure
    month: dt.date
    numerator: Decimal
    denominator: Decimal | None

    @property
    def key(self) -> tuple[int, int, dt.date]:
        return self.trust.pk, self.measure.pk, self.month

    @property
    def counted(self) -> tuple[Decimal, Decimal | None]:
        return self.numerator, self.denominator


@dataclass(frozen=True, slots=True)
class Entered:
    """How many months were new, put right, and said again as they stood."""

    new: int
    corrected: int
    unchanged: int


def fault_of(entry: Entry, *, today: dt.date) -> tuple[str, str] | None:
    """(column, message) for what cannot be entered on `today`; None where it can."""
    if entry.month.day != 1:
        return "month", "must be the first day of a month"
    if entry.month >= first_of(today):
        return "month", "must be over before its figures are entered"
    if not entry.measure.counts_in(entry.month):
        return "month", "must be the last of a quarter: March, June, September or December"
    if not entry.trust.is_open_on(entry.month):
        return "month", f"must lie within the time in which {entry.trust} is open"
    return entry.measure.fault_of(entry.numerator, entry.denominator)


@transaction.atomic
def enter(
    entries: Collection[Entry],
    *,
    by: User,
    at: dt.datetime,
    reason: str = "",
    source: Reading.Source = Reading.Source.TYPED,
) -> Entered:
    """Writes all of `entries`, each in place of what stood there, or none.

    What stands there already is not written again. Raises EntryRefused, and PermissionDenied for a trust that is not
    `by`'s to enter for.
    """
    _refuse(entries, by=by, today=timezone.localdate(at))
    _lock_trusts(entries)
    standing = _standing(entries)
    rows: list[Reading] = []
    corrected = 0
    for entry in entries:
        old = standing.get(entry.key)
        if old is not None and old.counted == entry.counted:
            continue
        corrected += old is not None
        rows.append(_row(entry, old, by=by, at=at, reason=reason, source=source))
    Reading.objects.bulk_create(rows, batch_size=2000)
    return Entered(len(rows) - corrected, corrected, len(entries) - len(rows))


def _refuse(entries: Collection[Entry], *, by: User, today: dt.date) -> None:
    trusts = {entry.trust.pk for entry in entries}
    if trusts_to_enter_for(by).filter(pk__in=trusts).count() != len(trusts):
        raise PermissionDenied
    if len({entry.key for entry in entries}) < len(entries):
        raise EntryRefused("A month is named twice for one measure of one trust.")
    for entry in entries:
        if fault := fault_of(entry, today=today):
            raise EntryRefused(f"{entry.measure}, {entry.month:%B %Y}: the {fault[0]} {fault[1]}.")


def _lock_trusts(entries: Iterable[Entry]) -> None:
    """One after another for a trust: two people who correct the same month do not both replace the same row."""
    trusts = sorted({entry.trust.pk for entry in entries})
    list(Organisation.objects.select_for_update(of=("self",)).filter(pk__in=trusts).order_by("pk").values_list("pk"))


@dataclass(frozen=True, slots=True)
class _Standing:
    pk: int
    counted: tuple[Decimal, Decimal | None]


def standing_of(entries: Iterable[Entry]) -> dict[tuple[int, int, dt.date], tuple[Decimal, Decimal | None]]:
    """What stands at the months of `entries`, by their keys. One query."""
    return {key: row.counted for key, row in _standing(entries).items()}


def _standing(entries: Iterable[Entry]) -> dict[tuple[int, int, dt.date], _Standing]:
    known = Reading.objects.standing().filter(
        trust__in={entry.trust.pk for entry in entries},
        measure__in={entry.measure.pk for entry in entries},
        month__in={entry.month for entry in entries},
    )
    columns = ("pk", "trust_id", "measure_id", "month", "numerator", "denominator")
    rows = known.values_list(*columns)
    return {(trust, measure, month): _Standing(pk, (top, bottom)) for pk, trust, measure, month, top, bottom in rows}


def _row(
    entry: Entry, old: _Standing | None, *, by: User, at: dt.datetime, reason: str, source: Reading.Source
) -> Reading:
    return Reading(
        trust=entry.trust,
        measure=entry.measure,
        month=entry.month,
        numerator=entry.numerator,
        denominator=entry.denominator,
        corrects_id=old.pk if old else None,
        source=source,
        by=by,
        at=at,
        reason=reason.strip(),
    )


@transaction.atomic
def annotate(
    trust: Organisation,
    measure: Measure,
    *,
    month: dt.date,
    text: str,
    rebase: bool,
    by: User,
    at: dt.datetime,
) -> ChartNote:
    """Says at one month of a chart what was changed; `rebase`: the limits start anew there. Raises EntryRefused."""
    if not may_enter_figures(by, trust):
        raise PermissionDenied
    if not text.strip():
        raise EntryRefused("Say what was changed.")
    return ChartNote.objects.create(
        trust=trust, measure=measure, month=first_of(month), text=text.strip(), rebase=rebase, by=by, at=at
    )


@transaction.atomic
def withdraw_note(note: ChartNote, *, by: User, at: dt.datetime) -> ChartNote:
    """Takes a note off the chart; it stays on record. Raises EntryRefused for one that is off already."""
    if not may_enter_figures(by, note.trust):
        raise PermissionDenied
    Organisation.objects.select_for_update(of=("self",)).get(pk=note.trust_id)
    if note.withdraws_id or ChartNote.objects.filter(withdraws=note).exists():
        raise EntryRefused("This note is off the chart already.")
    kept = {"trust": note.trust, "measure": note.measure, "month": note.month, "text": note.text}
    return ChartNote.objects.create(**kept, withdraws=note, by=by, at=at)


@transaction.atomic
def set_target(
    trust: Organisation, measure: Measure, *, value: Decimal, by_month: dt.date, by: User, at: dt.datetime
) -> Target:
    """What the trust wants the measure to be by a month, in place of what it wanted before."""
    if not may_enter_figures(by, trust):
        raise PermissionDenied
    if value < 0:
        raise EntryRefused("A target is a number from 0.")
    return Target.objects.create(trust=trust, measure=measure, value=value, by_month=first_of(by_month), by=by, at=at)
