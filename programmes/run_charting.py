"""A series as a run chart in words and as a picture: what the chart page shows beside the control chart."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from programmes.chart_basis import RUN_SAYS
from programmes.charting import Drawn
from programmes.run_chart import RunChart, run_chart
from programmes.series import Series, period_after, readings_of
from programmes.spc import Kind
from programmes.spc_chart import LARGE, Note, control_picture

MEANS = {Kind.IMPROVEMENT: "Improvement", Kind.CONCERN: "Concern", Kind.NEUTRAL: "Change"}


@dataclass(frozen=True)
class DrawnRun:
    series: Series

    @cached_property
    def chart(self) -> RunChart | None:
        series = self.series
        if not series.counted:
            return None
        readings = readings_of(series.measure, series.counted)
        return run_chart(readings, direction=series.measure.direction, target=series.aim)

    @property
    def signals(self) -> list[str]:
        """What the chart says beyond chance, in plain English."""
        chart = self.chart
        if chart is None:
            return []
        said = [f"{says}." for says in dict.fromkeys(one.says for one in self.marked)]
        if chart.runs.too_few:
            said.append(f"Too few runs: {chart.runs.number}, where chance gives {chart.runs.fewest} or more.")
        if chart.runs.too_many:
            said.append(f"Too many runs: {chart.runs.number}, where chance gives {chart.runs.most} or fewer.")
        return said

    @property
    def alternative(self) -> str:
        if self.chart is None:
            return "No figures yet."
        said = " ".join(self.signals) or f"No signal: the {self.series.measure.period}s vary by chance."
        crossed = self.chart.runs.number - 1
        times = "once" if crossed == 1 else f"{crossed} times"
        return f"Median {self.chart.median:.1f}, which the line crosses {times}. {said}"

    @property
    def picture(self) -> SafeString | None:
        if self.chart is None:
            return None
        drawn = Drawn(self.series, LARGE)
        return control_picture(
            f"{drawn.title}, run chart",
            self.alternative,
            self.chart.as_control_chart(),
            unit=self.series.measure.unit,
            notes=[Note(note.month, note.text) for note in self.series.notes],
            centre="Median",
        )

    @property
    def marked(self) -> list["Marked"]:
        """What the rules mark, stretch by stretch."""
        found: list[Marked] = []
        for point in self.chart.points if self.chart else ():
            if point.rule is None:
                continue
            says = f"{MEANS[point.kind]}: {RUN_SAYS[point.rule]}"
            if found and found[-1].says == says and period_after(self.series.measure, found[-1].last) == point.date:
                found[-1] = Marked(found[-1].first, point.date, says)
            else:
                found.append(Marked(point.date, point.date, says))
        return found


@dataclass(frozen=True, slots=True)
class Marked:
    """From a month to a month, and what a rule says of these."""

    first: dt.date
    last: dt.date
    says: str
