"""A whole collaborative against its aim: each trust's change since it began, who is late, who needs help."""

import datetime as dt
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from portal.exporting import guarded
from programmes.models import Aim, Collaborative, Enrolment, ImprovementPlan, Measure
from programmes.series import Counted, Series, series_of
from programmes.spc import Kind
from programmes.timeline import Stage, timelines_of

# Which trusts of a collaborative to look at.
LATE, HELP = "late", "help"

# The first three months and the last three: a single month is a matter of chance.
MONTHS = 3


@dataclass(frozen=True, slots=True)
class Change:
    """From the first three months to the last three, pooled. `low` and `high`: 95% interval of the difference.

    In the measure's unit; `percent` is the difference in terms of the start. The interval is that of two independent
    proportions or rates (normal approximation, Altman, Practical Statistics for Medical Research, ch. 10), None for a
    plain count.
    """

    start: float
    now: float
    low: float | None
    high: float | None

    @property
    def difference(self) -> float:
        return self.now - self.start

    @property
    def percent(self) -> float | None:
        return self.difference / self.start * 100 if self.start else None

    @property
    def is_certain(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class TrustRow:
    """One trust of the collaborative, in the measure that the page is about."""

    enrolment: Enrolment
    series: Series
    change: Change | None
    months_overdue: int
    steps_late: tuple[Stage, ...]

    @property
    def kind(self) -> Kind:
        return self.series.chart.points[-1].kind if self.series.chart else Kind.COMMON

    @property
    def needs_help(self) -> bool:
        """A concern on the chart, two months of figures missing, or a step of the timetable that is overdue."""
        return self.kind is Kind.CONCERN or self.months_overdue >= 2 or bool(self.steps_late)


@dataclass(frozen=True, slots=True)
class Overview:
    """A collaborative in one measure. `whole` pools all trusts that have six months of figures or more."""

    measure: Measure
    aim: Aim | None
    rows: tuple[TrustRow, ...]
    whole: Change | None

    @property
    def late(self) -> int:
        return len(self.only(LATE))

    @property
    def need_help(self) -> int:
        return len(self.only(HELP))

    def only(self, which: str) -> tuple[TrustRow, ...]:
        """Those whose figures are late, those who may need help, or for any other word all of them."""
        if which == LATE:
            return tuple(row for row in self.rows if row.months_overdue)
        return tuple(row for row in self.rows if row.needs_help) if which == HELP else self.rows


def overview(
    collaborative: Collaborative, measure: Measure, enrolments: Collection[Enrolment], *, today: dt.date
) -> Overview:
    """Six queries, however many trusts and months."""
    series = series_of([enrolment.trust for enrolment in enrolments], [measure])
    stages = timelines_of(enrolments, collaborative.pk, today=today)
    rows = tuple(
        _row(enrolment, series[enrolment.trust_id, measure.pk], stages[enrolment.pk], today) for enrolment in enrolments
    )
    aim = collaborative.aims.filter(measure=measure).first()
    whole = [row.series for row in rows if row.change is not None]
    return Overview(measure, aim, rows, _pooled(measure, whole))


@dataclass(frozen=True, slots=True)
class Plans:
    """How far the plans of a collaborative's trusts are, by state; `none`: trusts that have not begun one."""

    states: tuple[tuple[str, int], ...]
    none: int

    @property
    def total(self) -> int:
        return sum(number for _, number in self.states)


def plans_of(enrolments: QuerySet[Enrolment]) -> Plans:
    """One query, however many trusts."""
    rows = enrolments.order_by().values_list("plan__state").annotate(number=Count("pk"))
    counted = dict(rows)
    states = ((str(state.label), counted.get(state.value, 0)) for state in ImprovementPlan.State)
    return Plans(tuple((label, number) for label, number in states if number), counted.get(None, 0))


def _row(enrolment: Enrolment, series: Series, stages: Collection[Stage], today: dt.date) -> TrustRow:
    late = tuple(stage for stage in stages if stage.is_late)
    return TrustRow(enrolment, series, change_of(series), len(series.overdue(today, until=enrolment.ends_on)), late)


def change_of(series: Series) -> Change | None:
    """None where there are not six months to compare."""
    return _pooled(series.measure, [series]) if len(series.counted) >= 2 * MONTHS else None


def _pooled(measure: Measure, series: Collection[Series]) -> Change | None:
    if not series:
        return None
    first = _sum(measure, [one for each in series for one in each.counted[:MONTHS]])
    last = _sum(measure, [one for each in series for one in each.counted[-MONTHS:]])
    start, now = _value(measure, first), _value(measure, last)
    half = _half_interval(measure, first, last)
    return Change(
        start, now, None if half is None else now - start - half, None if half is None else now - start + half
    )


Counts = tuple[float, float]  # numerator, denominator; of a plain count the number of months


def _sum(measure: Measure, months: Collection[Counted]) -> Counts:
    top = float(sum(one.numerator for one in months))
    bottom = float(sum(one.denominator or 0 for one in months)) if measure.is_rate else float(len(months))
    return top, bottom


def _value(measure: Measure, counts: Counts) -> float:
    return counts[0] / counts[1] * (measure.per if measure.is_rate else 1)


def _half_interval(measure: Measure, first: Counts, last: Counts) -> float | None:
    """Half the 95% interval of the difference. Rates over rolling years are not independent months: a rough guide."""
    if not measure.is_rate:
        return None
    variance = 0.0
    for top, bottom in (first, last):
        rate = top / bottom
        variance += rate * (1 - rate if measure.is_proportion else 1) / bottom
    return 1.959964 * math.sqrt(max(variance, 0)) * measure.per


def table(found: Overview) -> Iterator[tuple[str, ...]]:
    """The programme team's list as a file."""
    yield (
        "trust",
        "code",
        "wave",
        "start",
        "now",
        "difference",
        "low",
        "high",
        "last month",
        "months overdue",
        "needs help",
    )
    for row in found.rows:
        change, latest = row.change, row.series.latest
        figures = (change.start, change.now, change.difference, change.low, change.high) if change else (None,) * 5
        yield (
            guarded(row.enrolment.trust.name),
            row.enrolment.trust.ods_code,
            guarded(row.enrolment.wave.name),
            *("" if figure is None else f"{figure:.2f}" for figure in figures),
            f"{latest.month:%Y-%m}" if latest else "",
            str(row.months_overdue),
            "yes" if row.needs_help else "no",
        )
