"""How an improvement plan moves: its table, move_plan() which alone sets its state, and what is written in it."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.models import User
from programmes.access import acts_for, may_support
from programmes.drafting import Step, touch
from programmes.entering import annotate, set_target
from programmes.models import (
    ChangeIdea,
    Cycle,
    Enrolment,
    ImprovementPlan,
    Measure,
    PlanEvent,
    PlanTarget,
)

State, Kind = ImprovementPlan.State, PlanEvent.Kind
TEXTS = ("problem", "drivers", "support")


class PlanRefused(Exception):
    """The plan does not allow it as it stands; `str()` is fit for the screen."""


class PlanChanged(PlanRefused):
    """Somebody else wrote in the plan meanwhile; `plan` is as it stands now."""

    def __init__(self, plan: ImprovementPlan) -> None:
        super().__init__("Somebody else changed the plan while you were writing. Look at both, then save again.")
        self.plan = plan


STEPS = (
    Step(Kind.SUBMITTED, frozenset({State.DRAFT, State.RETURNED}), State.SUBMITTED, True, "Send to the buddies"),
    Step(Kind.RETURNED, frozenset({State.SUBMITTED}), State.RETURNED, False, "Return with comments", True),
    Step(Kind.APPROVED, frozenset({State.SUBMITTED}), State.APPROVED, False, "Approve"),
    Step(Kind.REOPENED, frozenset({State.APPROVED}), State.DRAFT, True, "Open again to change it", True),
)


@transaction.atomic
def begin_plan(enrolment: Enrolment, *, by: User, at: dt.datetime) -> ImprovementPlan:
    """The trust's plan, begun now if it had none. Raises PlanRefused for a trust that has left."""
    if not acts_for(by, enrolment):
        raise PermissionDenied
    if not enrolment.is_running:
        raise PlanRefused("Your trust has left the collaborative.")
    plan, _ = ImprovementPlan.objects.get_or_create(enrolment=enrolment, defaults={"changed_at": at, "changed_by": by})
    return plan


@transaction.atomic
def write_texts(
    plan: ImprovementPlan, texts: Mapping[str, str], *, base_revision: int, by: User, at: dt.datetime
) -> ImprovementPlan:
    """Saves what was written over the revision it was written on. Raises PlanChanged, PlanRefused."""
    row = _open(plan, by)
    new = {name: texts[name] for name in TEXTS if name in texts}
    if all(getattr(row, name) == text for name, text in new.items()):
        return row
    if row.revision != base_revision:
        raise PlanChanged(row)
    for name, text in new.items():
        setattr(row, name, text)
    return touch(row, by, at, *new)


@transaction.atomic
def put_idea(
    plan: ImprovementPlan,
    *,
    what: str,
    owner: str,
    due_on: dt.date,
    by: User,
    at: dt.datetime,
    idea: ChangeIdea | None = None,
) -> ChangeIdea:
    """A new change idea, or `idea` as it shall read."""
    row = _open(plan, by)
    if idea is None:
        idea = ChangeIdea(plan=row)
    idea.what, idea.owner, idea.due_on = what.strip(), owner.strip(), due_on
    idea.save()
    touch(row, by, at)
    return idea


@transaction.atomic
def drop_idea(idea: ChangeIdea, *, by: User, at: dt.datetime) -> None:
    """Takes an idea out of a plan that is being written. Raises PlanRefused where it was tested already."""
    row = _open(idea.plan, by)
    if idea.cycles.exists():
        raise PlanRefused("This idea was tested already. It stays on record.")
    ChangeIdea.objects.filter(pk=idea.pk, plan=row).delete()
    touch(row, by, at)


@transaction.atomic
def finish_idea(idea: ChangeIdea, *, done_on: dt.date, by: User, at: dt.datetime) -> ChangeIdea:
    """The change is made: a milestone. In an approved plan as well."""
    plan = lock(idea.plan)
    if not acts_for(by, plan.enrolment):
        raise PermissionDenied
    if done_on > timezone.localdate(at):
        raise PlanRefused("Record it once it is done.")
    idea.done_on = done_on
    idea.save(update_fields=["done_on"])
    return idea


@transaction.atomic
def aim_for(
    plan: ImprovementPlan, measure: Measure, *, value: Decimal, by_month: dt.date, by: User, at: dt.datetime
) -> PlanTarget:
    """What the plan wants a measure to be; raises PlanRefused for one that the collaborative does not have."""
    row = _open(plan, by)
    if not row.enrolment.wave.collaborative.measures.filter(pk=measure.pk).exists():
        raise PlanRefused("The collaborative does not measure this.")
    if value < 0:
        raise PlanRefused("A target is a number from 0.")
    target, _ = PlanTarget.objects.update_or_create(
        plan=row, measure=measure, defaults={"value": value, "by_month": by_month.replace(day=1)}
    )
    touch(row, by, at)
    return target


def steps_for(user: User, plan: ImprovementPlan) -> list[Step[PlanEvent.Kind, ImprovementPlan.State]]:
    """What `user` may do with the plan as it stands."""
    trust, support = acts_for(user, plan.enrolment), may_support(user, plan.enrolment)
    return [step for step in STEPS if plan.state in step.sources and (trust if step.by_trust else support)]


def missing(plan: ImprovementPlan) -> list[str]:
    """What keeps the plan from being sent, in plain English. Three queries at most."""
    said = []
    if not plan.problem.strip():
        said.append("Say what your data show.")
    if not plan.drivers.strip():
        said.append("Say what drives it.")
    if not plan.ideas.exists():
        said.append("Add one change idea at least.")
    if not plan.targets.exists() and plan.enrolment.wave.collaborative.measures.exists():
        said.append("Set a target for one measure at least.")
    return said


@transaction.atomic
def move_plan(plan: ImprovementPlan, kind: str, *, by: User, at: dt.datetime, reason: str = "") -> ImprovementPlan:
    """Takes one step of the table: the only place that sets a plan's state. Approved targets go on the charts.

    Raises PlanRefused where the step is not in the table from here, wants a reason, or the plan is not complete.
    """
    row = lock(plan)
    step = next((step for step in STEPS if step.kind == kind), None)
    if step is None or row.state not in step.sources:
        raise PlanRefused(f"The plan is “{row.get_state_display().lower()}”; this step is not open.")
    allowed = acts_for(by, row.enrolment) if step.by_trust else may_support(by, row.enrolment)
    if not allowed:
        raise PermissionDenied
    if step.needs_reason and not reason.strip():
        raise PlanRefused("Say why.")
    if step.kind is Kind.SUBMITTED and (gaps := missing(row)):
        raise PlanRefused(" ".join(gaps))
    row.state = step.target
    row.save(update_fields=["state"])
    PlanEvent.objects.create(plan=row, kind=step.kind, by=by, at=at, reason=reason.strip())
    if step.kind is Kind.APPROVED:
        for target in row.targets.select_related("measure"):
            set_target(row.enrolment.trust, target.measure, value=target.value, by_month=target.by_month, by=by, at=at)
    return row


@transaction.atomic
def comment(plan: ImprovementPlan, *, text: str, by: User, at: dt.datetime) -> PlanEvent:
    """A word on the plan, from the trust or those who support it."""
    row = lock(plan)
    if not (acts_for(by, row.enrolment) or may_support(by, row.enrolment)):
        raise PermissionDenied
    if not text.strip():
        raise PlanRefused("Write what you want to say.")
    return PlanEvent.objects.create(plan=row, kind=Kind.COMMENT, by=by, at=at, reason=text.strip())


@transaction.atomic
def begin_cycle(
    idea: ChangeIdea, measure: Measure, *, starts_on: dt.date, planned: str, by: User, at: dt.datetime
) -> Cycle:
    """Begins a test of change, with its note on the measure's chart. Raises PlanRefused."""
    plan = lock(idea.plan)
    if not acts_for(by, plan.enrolment):
        raise PermissionDenied
    if not plan.enrolment.wave.collaborative.measures.filter(pk=measure.pk).exists():
        raise PlanRefused("The collaborative does not measure this.")
    cycle = Cycle.objects.create(idea=idea, measure=measure, starts_on=starts_on, planned=planned.strip())
    annotate(
        plan.enrolment.trust, measure, month=starts_on, text=f"Test: {idea.what}"[:200], rebase=False, by=by, at=at
    )
    return cycle


@transaction.atomic
def end_cycle(
    cycle: Cycle, *, ended_on: dt.date, done: str, studied: str, acted: str, by: User, at: dt.datetime
) -> Cycle:
    """What happened, what was learnt and what follows. Raises PlanRefused."""
    row = Cycle.objects.select_for_update(of=("self",)).select_related("idea__plan__enrolment").get(pk=cycle.pk)
    if not acts_for(by, row.idea.plan.enrolment):
        raise PermissionDenied
    if ended_on < row.starts_on or ended_on > timezone.localdate(at):
        raise PlanRefused("The last day lies between the first one and today.")
    row.ended_on, row.done, row.studied, row.acted = ended_on, done.strip(), studied.strip(), acted.strip()
    row.save()
    return row


def lock(plan: ImprovementPlan) -> ImprovementPlan:
    rows = ImprovementPlan.objects.select_for_update(of=("self",))
    return rows.select_related("enrolment__trust", "enrolment__wave__collaborative").get(pk=plan.pk)


def _open(plan: ImprovementPlan, by: User) -> ImprovementPlan:
    """Locked, by the trust's own people, and still to be written in."""
    row = lock(plan)
    if not acts_for(by, row.enrolment):
        raise PermissionDenied
    if not row.is_open:
        raise PlanRefused(f"The plan is “{row.get_state_display().lower()}”: open it again to change it.")
    return row
