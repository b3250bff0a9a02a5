"""How far a team has come: the evidence that each step of the scale needs, and the act that records a score."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.models import User
from programmes.access import may_support
from programmes.cohort import Change, change_of
from programmes.models import Cycle, ImprovementPlan, ProgressScore
from programmes.planning import PlanRefused, lock
from programmes.series import Series, series_of
from programmes.spc import Kind

# What somebody writes down for each step: the words of the scale, for a trust's plan.
ASKS = {
    Decimal("0.5"): "Who signed up for the trust.",
    Decimal("1.0"): "Who is in the team, and what each of them does.",
    Decimal("1.5"): "What was planned: meetings, resources, where to begin.",
    Decimal("2.0"): "What was done to learn: data collected, staff asked, the process mapped.",
    Decimal("2.5"): "Which changes were tested, where and for how long.",
    Decimal("3.0"): "Which tests succeeded, and where the change is in place.",
    Decimal("3.5"): "Which further parts of the plan are in place.",
    Decimal("4.0"): "Where most of the plan is in place, and how it spreads to the rest.",
    Decimal("4.5"): "What holds the change in place: training, job descriptions, policy.",
    Decimal("5.0"): "That all ideas are done and nobody has to push any more.",
}
# From a step on, what the portal's own records have to show as well.
WAY = {Decimal("3.0"): Decimal("0.2"), Decimal("4.0"): Decimal("0.5"), Decimal("5.0"): Decimal(1)}
HELD_FROM = Decimal("4.5")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the records of a plan show. `way`: the largest share of the way to a target, None while none is known.

    `held`: the chart of such a measure shows a special cause that is an improvement in its last month.
    """

    planned: bool
    ideas: int
    tests_begun: int
    tests_ended: int
    way: Decimal | None
    held: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the scale: what is to be written, and what the records lack for it."""

    score: Decimal
    says: str
    asks: str
    lacks: tuple[str, ...]


def steps_of(plan: ImprovementPlan) -> list[Step]:
    """The whole scale as the plan stands now. Six queries."""
    shown = shown_by(plan)
    return [Step(score, says, ASKS[score], tuple(_lacks(score, shown))) for score, says in ProgressScore.STEPS.items()]


def shown_by(plan: ImprovementPlan) -> Shown:
    ended = list(Cycle.objects.filter(idea__plan=plan).values_list("ended_on", flat=True))
    ways = list(_ways(plan))
    best = max((way for way, _ in ways), default=None)
    return Shown(
        planned=bool(plan.problem.strip() or plan.drivers.strip()),
        ideas=plan.ideas.count(),
        tests_begun=len(ended),
        tests_ended=sum(day is not None for day in ended),
        way=best,
        held=any(held for way, held in ways if way >= WAY[Decimal("4.0")]),
    )


def _lacks(score: Decimal, shown: Shown) -> Iterator[str]:
    if score >= Decimal("1.5") and not shown.planned:
        yield "nothing is written in the plan yet"
    if score >= Decimal("2.0") and not shown.ideas:
        yield "the plan has no change idea yet"
    if score >= Decimal("2.5") and not shown.tests_begun:
        yield "no test of a change has begun"
    if score >= Decimal("3.0") and not shown.tests_ended:
        yield "no test of a change has ended"
    wanted = max((share for step, share in WAY.items() if step <= score), default=None)
    if wanted is not None and (shown.way or 0) < wanted:
        yield f"no measure has gone {wanted:.0%} of the way from its start to its target"
    if score >= HELD_FROM and not shown.held:
        yield "no such measure shows an improvement in its last month"


@transaction.atomic
def score_progress(plan: ImprovementPlan, score: Decimal, *, evidence: str, by: User, at: dt.datetime) -> ProgressScore:
    """Where the team stands, by whoever supports it. Raises PlanRefused without the evidence that the step needs."""
    row = lock(plan)
    if not may_support(by, row.enrolment):
        raise PermissionDenied
    step = next((step for step in steps_of(row) if step.score == score), None)
    if step is None:
        raise PlanRefused("Scores go from 0.5 to 5.0 by halves.")
    if not evidence.strip():
        raise PlanRefused(f"Write down the evidence for this score. {step.asks}")
    if step.lacks:
        raise PlanRefused(f"{score} needs more than the records show: {'; '.join(step.lacks)}.")
    return ProgressScore.objects.create(plan=row, score=score, by=by, at=at, reason=evidence.strip())


def _ways(plan: ImprovementPlan) -> Iterator[tuple[Decimal, bool]]:
    """Of each measure with a target: the share of the way it has gone, and whether its chart shows it."""
    targets = {target.measure_id: target for target in plan.targets.select_related("measure")}
    found = series_of([plan.enrolment.trust], [target.measure for target in targets.values()])
    for series in found.values():
        change = change_of(series)
        way = way_of(change, targets[series.measure.pk].value) if change else None
        if way is not None:
            yield way, _improves(series)


def way_of(change: Change, target: Decimal) -> Decimal | None:
    """The share of the way from the first three figures to the target; None where they are the same."""
    wanted = float(target) - change.start
    return Decimal(str(round(change.difference / wanted, 4))) if wanted else None


def _improves(series: Series) -> bool:
    return series.chart is not None and series.chart.points[-1].kind is Kind.IMPROVEMENT
