"""The monthly figures of trusts as their charts need them: a fixed number of queries for any number of charts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from portal.models import Organisation
from programmes import spc
from programmes.models import ChartNote, Measure, Reading, Target
from programmes.models.measure import first_of
from programmes.spc import ControlChart, control_chart

Pair = tuple[int, int]  # trust, measure


@dataclass(frozen=True, slots=True)
class Counted:
    """One month as it stands. `days_late`: how long after its due day it was entered or put right."""

    month: dt.date
    numerator: Decimal
    denominator: Decimal | None
    value: Decimal
    days_late: int
    is_correction: bool


@dataclass(frozen=True, slots=True)
class Series:
    """One measure of one trust. `chart` is None while nothing was entered."""

    trust: Organisation
    measure: Measure
    counted: tuple[Counted, ...]
    notes: tuple[ChartNote, ...]
    target: Target | None
    chart: ControlChart | None

    @property
    def aim(self) -> Decimal | None:
        """What the chart is held against: the trust's own target, else the measure's for every trust."""
        return self.target.value if self.target else self.measure.target

    @property
    def latest(self) -> Counted | None:
        return self.counted[-1] if self.counted else None

    def overdue(self, today: dt.date, *, until: dt.date | None = None) -> tuple[dt.date, ...]:
        """Months (quarters) since the first figure, and begun by `until`, whose due day is over and that have none."""
        if not self.counted:
            return ()
        known = {one.month for one in self.counted}
        due = months_due(self.measure, self.counted[0].month, today)
        return tuple(month for month in due if month not in known and (until is None or month <= until))


def due_on(measure: Measure, month: dt.date) -> dt.date:
    """The last day on which a month's figures are in time."""
    return next_month(month) + dt.timedelta(days=measure.due_days - 1)


def next_month(month: dt.date) -> dt.date:
    return first_of(first_of(month) + dt.timedelta(days=31))


def months_due(measure: Measure, first: dt.date, today: dt.date) -> Iterator[dt.date]:
    """Each month from `first` on that is counted and whose due day is over."""
    month = first_of(first)
    while due_on(measure, month) < today:
        yield month
        month = period_after(measure, month)


def period_after(measure: Measure, month: dt.date) -> dt.date:
    """The next month under which a figure is entered."""
    following = next_month(month)
    while not measure.counts_in(following):
        following = next_month(following)
    return following


def period_before(measure: Measure, month: dt.date) -> dt.date:
    """The last month before `month` under which a figure is entered."""
    earlier = first_of(month) - dt.timedelta(days=1)
    while not measure.counts_in(earlier):
        earlier = first_of(earlier) - dt.timedelta(days=1)
    return first_of(earlier)


def readings_of(measure: Measure, counted: Sequence[Counted]) -> list[spc.Reading]:
    """As a chart reads them. Quarters left out are missing; a chart finds months left out by itself."""
    if measure.frequency == Measure.Frequency.MONTHLY or not counted:
        return [(one.month, one.value) for one in counted]
    known = {one.month: one.value for one in counted}
    found: list[spc.Reading] = []
    month, last = min(known), max(known)
    while month <= last:
        found.append((month, known.get(month)))
        month = period_after(measure, month)
    return found


def series_of(trusts: Collection[Organisation], measures: Collection[Measure]) -> dict[Pair, Series]:
    """Every pair, in the order given. Three queries, however many pairs and months."""
    counted = _counted(trusts, {measure.pk: measure for measure in measures})
    notes = _notes(trusts, measures)
    targets = _targets(trusts, measures)
    return {
        (trust.pk, measure.pk): _series(trust, measure, counted, notes, targets)
        for trust in trusts
        for measure in measures
    }


def _series(
    trust: Organisation,
    measure: Measure,
    counted: Mapping[Pair, list[Counted]],
    notes: Mapping[Pair, list[ChartNote]],
    targets: Mapping[Pair, Target],
) -> Series:
    pair = (trust.pk, measure.pk)
    months, said, target = counted.get(pair, []), notes.get(pair, []), targets.get(pair)
    found = Series(trust, measure, tuple(months), tuple(said), target, None)
    return replace(found, chart=_chart(found)) if months else found


def _chart(series: Series) -> ControlChart:
    return control_chart(
        readings_of(series.measure, series.counted),
        direction=series.measure.direction,
        target=series.aim,
        rebase_on={note.month for note in series.notes if note.rebase},
    )


def _counted(trusts: Collection[Organisation], measures: Mapping[int, Measure]) -> dict[Pair, list[Counted]]:
    rows = (
        Reading.objects.standing()
        .filter(trust__in=[t.pk for t in trusts], measure__in=list(measures))
        .order_by("month")
        .values_list("trust_id", "measure_id", "month", "numerator", "denominator", "at", "corrects_id")
    )
    found: dict[Pair, list[Counted]] = defaultdict(list)
    for trust, key, month, numerator, denominator, at, corrects in rows:
        measure = measures[key]
        late = max(0, (at.date() - due_on(measure, month)).days)
        value = measure.value(numerator, denominator)
        found[trust, key].append(Counted(month, numerator, denominator, value, late, corrects is not None))
    return found


def _notes(trusts: Collection[Organisation], measures: Collection[Measure]) -> dict[Pair, list[ChartNote]]:
    standing = ChartNote.objects.filter(withdraws=None, withdrawn_by=None, trust__in=trusts, measure__in=measures)
    found: dict[Pair, list[ChartNote]] = defaultdict(list)
    for note in standing.order_by("month", "pk"):
        found[note.trust_id, note.measure_id].append(note)
    return found


def _targets(trusts: Collection[Organisation], measures: Collection[Measure]) -> dict[Pair, Target]:
    """The last of each pair."""
    rows = Target.objects.filter(trust__in=trusts, measure__in=measures).order_by("at", "pk")
    return {(target.trust_id, target.measure_id): target for target in rows}
