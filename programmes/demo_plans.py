"""The demonstration's improvement plans: of past waves as they ended, of the running wave at every step."""

import datetime as dt
from collections.abc import Collection, Sequence
from decimal import Decimal
from random import Random

from portal.demo import Stage, london
from portal.models import Membership, Role, User
from programmes import planning, scoring
from programmes.demo_plan_texts import CYCLE, EVIDENCE, OWNERS, RETURNED, SUPPORT, TEXTS, Texts
from programmes.models import (
    ChangeIdea,
    Enrolment,
    ImprovementPlan,
    Measure,
    PlanEvent,
    PlanTarget,
)
from programmes.series import series_of

State, Kind = ImprovementPlan.State, PlanEvent.Kind
SENT_AFTER, ANSWERED_AFTER = 80, 95  # days of a wave


def people_of(enrolments: Collection[Enrolment]) -> dict[int, User]:
    """Somebody of each trust who signs in, by trust."""
    rows = Membership.objects.filter(role=Role.TRUST_USER, organisation__in={one.trust_id for one in enrolments})
    return {row.organisation_id: row.user for row in rows.select_related("user").order_by("-pk")}


def load(
    stage: Stage, chance: Random, enrolments: Sequence[Enrolment], measure: Measure, slug: str, ideas: int
) -> None:
    texts, wave = TEXTS[slug], enrolments[0].wave
    people = people_of(enrolments)
    if wave.ends_on is None:
        _running([one for one in enrolments if one.trust_id in people], measure, people, texts, ideas)
        return
    # A trust where nobody signs in any more had its plan entered by the programme team.
    by = {one.trust_id: people.get(one.trust_id, stage.accounts["improvement_lead"]) for one in enrolments}
    plans = _past(enrolments, by, texts, chance)
    ChangeIdea.objects.bulk_create(
        ChangeIdea(
            plan=plan,
            what=texts.ideas[(place + number) % len(texts.ideas)],
            owner=OWNERS[(place + number) % len(OWNERS)],
            due_on=wave.starts_on + dt.timedelta(days=120 + 30 * number),
            done_on=wave.starts_on + dt.timedelta(days=140 + 30 * number) if (place + number) % 4 else None,
        )
        for place, plan in enumerate(plans)
        for number in range(ideas)
    )
    _targets(plans, measure)


def _past(enrolments: Sequence[Enrolment], by: dict[int, User], texts: Texts, chance: Random) -> list[ImprovementPlan]:
    """Sent, and approved since: the rows that the acts would have left."""
    sent = london(enrolments[0].wave.starts_on + dt.timedelta(days=SENT_AFTER))
    plans = ImprovementPlan.objects.bulk_create(
        ImprovementPlan(
            enrolment=one,
            state=State.APPROVED,
            problem=texts.problem,
            drivers=chance.choice(texts.drivers),
            support=chance.choice(SUPPORT),
            revision=3,
            changed_at=sent,
            changed_by=by[one.trust_id],
        )
        for one in enrolments
    )
    answered = london(enrolments[0].wave.starts_on + dt.timedelta(days=ANSWERED_AFTER))
    rows = []
    for plan in plans:
        approver = plan.enrolment.clinical_buddy or plan.enrolment.wave.collaborative.leads.first()
        rows.append(PlanEvent(plan=plan, kind=Kind.SUBMITTED, by=plan.changed_by, at=sent))
        rows.append(PlanEvent(plan=plan, kind=Kind.APPROVED, by=approver, at=answered, reason="Clear, and owned."))
    PlanEvent.objects.bulk_create(rows)
    return plans


def _targets(plans: Sequence[ImprovementPlan], measure: Measure) -> None:
    """A tenth better than where each trust began, in twelve months."""
    found = series_of([plan.enrolment.trust for plan in plans], [measure])
    rows = []
    for plan in plans:
        series = found[plan.enrolment.trust_id, measure.pk]
        start = series.counted[0].value if series.counted else Decimal(1)
        by_month = (plan.enrolment.wave.starts_on + dt.timedelta(days=365)).replace(day=1)
        rows.append(PlanTarget(plan=plan, measure=measure, value=round(start * Decimal("0.9"), 1), by_month=by_month))
    PlanTarget.objects.bulk_create(rows)


def _running(
    enrolments: Sequence[Enrolment],
    measure: Measure,
    by: dict[int, User],
    texts: Texts,
    ideas: int,
) -> None:
    """Every state of a plan, by the acts themselves; the last trusts have not begun."""
    for place, enrolment in enumerate(enrolments[:-2]):
        person = by[enrolment.trust_id]
        begun = london(enrolment.wave.starts_on + dt.timedelta(days=40))
        plan = planning.begin_plan(enrolment, by=person, at=begun)
        words = {"problem": texts.problem, "drivers": texts.drivers[place % len(texts.drivers)]}
        words["support"] = SUPPORT[place % len(SUPPORT)]
        planning.write_texts(plan, words, base_revision=0, by=person, at=begun)
        made = [_idea(plan, texts, place + number, number, by=person, at=begun) for number in range(ideas)]
        if place % 6 == 5:
            continue  # still being written, without its target
        by_month = (enrolment.wave.starts_on + dt.timedelta(days=365)).replace(day=1)
        planning.aim_for(plan, measure, value=Decimal("14.5"), by_month=by_month, by=person, at=begun)
        _go_on(plan, made, measure, place, by=person)


def _idea(plan: ImprovementPlan, texts: Texts, place: int, number: int, *, by: User, at: dt.datetime) -> ChangeIdea:
    due_on = at.date() + dt.timedelta(days=60 + 30 * number)
    what, owner = texts.ideas[place % len(texts.ideas)], OWNERS[place % len(OWNERS)]
    return planning.put_idea(plan, what=what, owner=owner, due_on=due_on, by=by, at=at)


def _go_on(plan: ImprovementPlan, ideas: Sequence[ChangeIdea], measure: Measure, place: int, *, by: User) -> None:
    """Sent; then one in three is with the buddies, one in six returned, the others approved and at work."""
    buddy = plan.enrolment.clinical_buddy
    starts_on = plan.enrolment.wave.starts_on
    sent, answered = (london(starts_on + dt.timedelta(days=days)) for days in (SENT_AFTER, ANSWERED_AFTER))
    planning.move_plan(plan, Kind.SUBMITTED, by=by, at=sent)
    if buddy is None or place % 3 == 2:
        return
    if place % 6 == 4:
        planning.move_plan(plan, Kind.RETURNED, by=buddy, at=answered, reason=RETURNED)
        return
    planning.move_plan(plan, Kind.APPROVED, by=buddy, at=answered, reason="Clear, and each idea has its owner.")
    begins = starts_on + dt.timedelta(days=98)
    cycle = planning.begin_cycle(
        ideas[0], measure, starts_on=begins, planned=CYCLE["planned"], by=by, at=london(begins)
    )
    if place % 2 == 0:
        ended = begins + dt.timedelta(days=28)
        told = {key: CYCLE[key] for key in ("done", "studied", "acted")}
        planning.end_cycle(cycle, ended_on=ended, **told, by=by, at=london(ended))
    score = Decimal("2.5") if place % 2 else Decimal("2.0")
    scoring.score_progress(plan, score, evidence=EVIDENCE, by=buddy, at=london(begins + dt.timedelta(days=35)))
