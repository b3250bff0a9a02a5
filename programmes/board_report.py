"""The report on an improvement plan to the trust's board: what moved, what is late, what is asked for; facts to PDF."""

import datetime as dt
from dataclasses import dataclass

from django.template.loader import render_to_string

from portal.pdf import html_to_pdf
from programmes.charting import Drawn, drawn
from programmes.cohort import Change, change_of
from programmes.milestones import Milestone, milestones_of
from programmes.models import Cycle, ImprovementPlan, PlanTarget, ProgressScore
from programmes.series import series_of


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure: where it began, where it is, what it shall be. `change` is None under six figures."""

    chart: Drawn
    change: Change | None
    target: PlanTarget | None


@dataclass(frozen=True, slots=True)
class BoardReport:
    plan: ImprovementPlan
    measures: tuple[MeasureRow, ...]
    milestones: tuple[Milestone, ...]
    tests: tuple[Cycle, ...]
    score: ProgressScore | None

    @property
    def reached(self) -> int:
        return sum(one.reached_on is not None for one in self.milestones)

    @property
    def late(self) -> tuple[Milestone, ...]:
        return tuple(one for one in self.milestones if one.is_late)


def board_report_facts(plan: ImprovementPlan, *, today: dt.date) -> BoardReport:
    """Fourteen queries, however many measures, ideas and tests."""
    measures = list(plan.enrolment.wave.collaborative.measures.order_by("aims__position", "pk"))
    targets = {target.measure_id: target for target in plan.targets.select_related("measure")}
    found = series_of([plan.enrolment.trust], measures)
    rows = (MeasureRow(drawn(one), change_of(one), targets.get(one.measure.pk)) for one in found.values())
    tests = Cycle.objects.filter(idea__plan=plan).select_related("idea", "measure")
    return BoardReport(plan, tuple(rows), tuple(milestones_of(plan, today=today)), tuple(tests), plan.scores.last())


def board_report_html(plan: ImprovementPlan, *, today: dt.date) -> str:
    return render_to_string(
        "papers/board_report.html", {"report": board_report_facts(plan, today=today), "today": today}
    )


def board_report_pdf(plan: ImprovementPlan, *, today: dt.date) -> bytes:
    return html_to_pdf(board_report_html(plan, today=today), title=f"Board report: {plan}")
