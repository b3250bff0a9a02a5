"""A series in words, in a table and as a picture: what every page and paper shows of one chart."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from programmes.chart_basis import SAYS
from programmes.series import Counted, Series
from programmes.spc import Assurance, Kind, Point
from programmes.spc_chart import LARGE, Note, Size, control_picture
from programmes.spc_icons import Icon, icons
from programmes.spc_marks import NAMES

# With the period that one figure is about: month or quarter.
ASSURANCES = {
    Assurance.PASSES: "The process as it is will meet the target every {}.",
    Assurance.FAILS: "The process as it is will miss the target every {}. It has to change.",
    Assurance.HIT_AND_MISS: "The process as it is will meet the target in some {}s and miss it in others.",
}
VARIATIONS = {
    Kind.COMMON: "The last {} is common cause variation: no sign of a change.",
    Kind.IMPROVEMENT: "The last {} is special cause variation: an improvement.",
    Kind.CONCERN: "The last {} is special cause variation: a concern.",
    Kind.NEUTRAL: "The last {} is special cause variation.",
}


@dataclass(frozen=True)
class Drawn:
    """One chart ready for a template."""

    series: Series
    size: Size

    @property
    def measure(self) -> object:
        return self.series.measure

    @property
    def title(self) -> str:
        return f"{self.series.measure}, {self.series.trust}"

    @property
    def latest(self) -> str:
        counted, measure = self.series.latest, self.series.measure
        if counted is None:
            return "No figures yet"
        return f"{counted.value:.1f}{measure.suffix} in {measure.period_text(counted.month)}"

    @property
    def aim_says(self) -> str:
        """What the chart is held against, with its unit."""
        return "" if self.series.aim is None else self.series.measure.figure(self.series.aim)

    @property
    def variation(self) -> str:
        return VARIATIONS[self.kind].format(self.series.measure.period) if self.series.chart else ""

    @property
    def kind(self) -> Kind:
        """What the last month is."""
        return self.series.chart.points[-1].kind if self.series.chart else Kind.COMMON

    @property
    def assurance(self) -> str:
        found = self.series.chart.assurance if self.series.chart else None
        return ASSURANCES[found].format(self.series.measure.period) if found else ""

    @property
    def trial(self) -> bool:
        return bool(self.series.chart and self.series.chart.now.trial)

    @property
    def alternative(self) -> str:
        """The picture in a sentence or two, for those who do not see it."""
        chart = self.series.chart
        if chart is None:
            return "No figures yet."
        now = chart.now
        limits = "" if now.lower is None else f", limits {now.lower:.1f} to {now.upper:.1f}"
        special = sum(point.kind is not Kind.COMMON for point in chart.points)
        period = self.series.measure.period
        share = f"{special} of {len(chart.points)} {period}s are special cause."
        marked = share if special else f"No {period} is special cause."
        said = f"Last {period} {self.latest}. Mean {now.centre:.1f}{limits}. {marked} {self.variation} {self.assurance}"
        return said.strip()

    @property
    def icons(self) -> tuple[Icon, ...]:
        """Variation of the last month, and assurance where there is a target."""
        return icons(self.series.chart) if self.series.chart else ()

    @cached_property
    def picture(self) -> SafeString | None:
        chart = self.series.chart
        if chart is None:
            return None
        notes = [Note(note.month, note.text) for note in self.series.notes]
        unit = self.series.measure.unit
        return control_picture(
            self.title, self.alternative, chart, unit=unit, notes=notes, size=self.size, badges=self.icons
        )

    @property
    def rows(self) -> list["Row"]:
        """The table beside the picture, the newest first."""
        chart = self.series.chart
        points = {point.date: point for point in chart.points} if chart else {}
        return [Row(counted, points[counted.month]) for counted in reversed(self.series.counted)]


@dataclass(frozen=True, slots=True)
class Row:
    counted: Counted
    point: Point

    @property
    def says(self) -> str:
        rule = self.point.rule
        return f"{NAMES[self.point.kind]}, {SAYS[rule]}" if rule else NAMES[Kind.COMMON]


def drawn(series: Series, *, size: Size = LARGE) -> Drawn:
    return Drawn(series, size)


def month_text(month: dt.date) -> str:
    return f"{month:%Y-%m}"


def table(series: Series) -> Iterator[tuple[str, ...]]:
    """The same as a file: a header, then the months in order."""
    yield "month", "numerator", "denominator", "value", "kind", "rule", "centre", "lower", "upper"
    chart = series.chart
    if chart is None:
        return
    counted = {one.month: one for one in series.counted}
    for segment in chart.segments:
        limits = [
            f"{level:.4f}" if level is not None else "" for level in (segment.centre, segment.lower, segment.upper)
        ]
        for point in segment.points:
            one = counted[point.date]
            denominator = "" if one.denominator is None else str(one.denominator)
            cells = (month_text(one.month), str(one.numerator), denominator, f"{one.value:.4f}", point.kind)
            yield (*cells, point.rule or "", *limits)
