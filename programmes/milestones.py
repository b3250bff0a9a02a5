"""The milestones of an improvement plan, read from what stands in it: ideas, targets, reviews, each with its day."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from programmes.models import ChangeIdea, ImprovementPlan, PlanTarget, TimelineStep
from programmes.series import Series, next_month, series_of
from programmes.spc import Direction
from programmes.timeline import Stage, timeline_of

Kind = TimelineStep.Kind
STEPS = (Kind.PLAN_DUE, Kind.REVIEW, Kind.PHASE)


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that shall be so by a day. `reached_on` is None while it is not."""

    on: dt.date
    what: str
    who: str
    reached_on: dt.date | None
    today: dt.date

    @property
    def is_late(self) -> bool:
        return self.reached_on is None and self.on < self.today


def milestones_of(plan: ImprovementPlan, *, today: dt.date) -> list[Milestone]:
    """In order of their days. Seven queries."""
    targets = list(plan.targets.select_related("measure"))
    trust = plan.enrolment.trust
    series = series_of([trust], [target.measure for target in targets])
    found = [
        *_ideas(plan.ideas.all(), today),
        *(_target(target, series[trust.pk, target.measure_id], today) for target in targets),
        *_steps(timeline_of(plan.enrolment, today=today), today),
    ]
    return sorted(found, key=lambda one: (one.on, one.what))


def _ideas(ideas: Collection[ChangeIdea], today: dt.date) -> Iterator[Milestone]:
    for idea in ideas:
        yield Milestone(idea.due_on, idea.what, idea.owner, idea.done_on, today)


def _target(target: PlanTarget, series: Series, today: dt.date) -> Milestone:
    """Reached while the newest figure meets it; to be reached by the end of its month."""
    reached = _end_of(series.latest.month) if series.latest and meets(target, series) else None
    return Milestone(_end_of(target.by_month), f"{target.measure}: {target.says}", "", reached, today)


def _end_of(month: dt.date) -> dt.date:
    return next_month(month) - dt.timedelta(days=1)


def meets(target: PlanTarget, series: Series) -> bool:
    """Whether the newest figure is as good as the target; never where neither way is better."""
    latest, direction = series.latest, series.measure.direction
    if latest is None or direction is Direction.NEUTRAL:
        return False
    return latest.value <= target.value if direction is Direction.DOWN else latest.value >= target.value


def _steps(stages: Collection[Stage], today: dt.date) -> Iterator[Milestone]:
    for stage in stages:
        if stage.step.kind in STEPS:
            yield Milestone(stage.due_on, str(stage.step), "", stage.event.held_on if stage.event else None, today)
