"""The demonstration's collaboratives: real trusts in waves, with buddies, timetables, figures and plans."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random

from portal.demo import SEED, Stage, london
from portal.models import Organisation, Role, User
from programmes import demo_figures, demo_plans
from programmes.demo_measures import COLLABORATIVES, RETENTION, CollaborativeFacts, WaveFacts
from programmes.enrolling import Choice, choose_trusts, hold_for_all, hold_step, name_buddies, share_charts
from programmes.entering import annotate, set_target
from programmes.models import Aim, Collaborative, Enrolment, Measure, TimelineStep, Wave
from programmes.models.measure import first_of
from programmes.series import next_month

Kind = TimelineStep.Kind
# Steps that a buddy takes with one trust at a time; the others are taken by all of a wave together.
ONE_BY_ONE = (Kind.CALL, Kind.VISIT, Kind.REVIEW)


def load(stage: Stage) -> None:
    chance = Random(SEED + 6)  # its own, so that the floors above meet the same chance as before
    measures: dict[str, Measure] = {}
    for facts in stage.progress(COLLABORATIVES, "Collaboratives"):
        _collaborative(stage, chance, facts, measures)
    _field(stage, chance, measures)


def _collaborative(stage: Stage, chance: Random, facts: CollaborativeFacts, measures: dict[str, Measure]) -> None:
    lead = stage.accounts["improvement_lead"]
    made = Collaborative.objects.create(name=facts.name, slug=facts.slug, aim=facts.aim)
    made.leads.set(stage.cast[Role.IMPROVEMENT_LEAD][:2] if facts is RETENTION else [lead])
    for position, measure in enumerate(facts.measures):
        if measure.code not in measures:
            measures[measure.code] = Measure.objects.create(**measure.row())
        Aim.objects.create(
            collaborative=made,
            measure=measures[measure.code],
            position=position,
            change_percent=measure.aim_percent,
            by_month=measure.aim_by,
        )
    TimelineStep.objects.bulk_create(
        TimelineStep(collaborative=made, kind=kind, name=name, day=day) for kind, name, day in facts.steps
    )
    for wave in facts.waves:
        _wave(stage, chance, made, facts, wave, measures)


def _wave(
    stage: Stage,
    chance: Random,
    made: Collaborative,
    facts: CollaborativeFacts,
    wave: WaveFacts,
    measures: dict[str, Measure],
) -> None:
    lead = stage.accounts["improvement_lead"]
    begins, ends = wave.begins(stage), wave.ends(stage)
    row = Wave.objects.create(collaborative=made, name=wave.name, starts_on=begins, ends_on=ends)
    enrolments = _enrol(stage, chance, row, facts, wave, by=lead)
    trusts = [enrolment.trust for enrolment in enrolments]
    for measure in facts.measures:
        levels = wave.levels.get(measure.code, ())
        demo_figures.load_wave(stage, chance, trusts, row, measures[measure.code], measure, levels, by=lead)
    _steps(stage, chance, row, enrolments, by=lead)
    if facts.measures:
        first = measures[facts.measures[0].code]
        _at_trusts(stage, enrolments, first)
        if wave.ideas:
            demo_plans.load(stage, chance, enrolments, first, facts.slug, wave.ideas)


def _trusts(wave: WaveFacts, *, taken: set[int], day: dt.date, own: int) -> Iterator[Organisation]:
    """So many open trusts of each group of sectors that are in no other wave, the account's own first."""
    for sectors, number in wave.trusts.items():
        rows = Organisation.objects.trusts().open_on(day).filter(sector__in=sectors).exclude(pk__in=taken)
        found = sorted(rows.select_related("region"), key=lambda trust: (trust.pk != own, trust.sort_name))
        yield from found[:number] if number else found


def _enrol(
    stage: Stage, chance: Random, row: Wave, facts: CollaborativeFacts, wave: WaveFacts, *, by: User
) -> list[Enrolment]:
    own = stage.accounts["trust_administrator"].memberships.get().organisation_id
    taken = set(Enrolment.objects.filter(wave__collaborative=row.collaborative).values_list("trust", flat=True))
    # The trust to sign in to takes part in what is running, where something is.
    if not wave.days_ago and any(other.days_ago for other in facts.waves):
        taken.add(own)
    at = london(row.starts_on - dt.timedelta(days=30))
    trusts = _trusts(wave, taken=taken, day=row.starts_on, own=own)
    reasons = REASONS if facts is RETENTION else ASKED
    choices = [Choice(trust, chance.choice(reasons)) for trust in trusts]
    enrolments = choose_trusts(row, choices, by=by, at=at, joined_on=row.starts_on)
    if not wave.buddies:
        return enrolments
    leads = stage.cast[Role.IMPROVEMENT_LEAD]
    # The account to sign in as is a buddy of the first few; the others share the rest.
    clinical = [leads[0] if place < 4 else leads[place % len(leads)] for place in range(len(enrolments))]
    return [
        name_buddies(one, clinical=clinical[place], workforce=leads[(place + 1) % len(leads)], by=by, at=at)
        for place, one in enumerate(enrolments)
    ]


REASONS = (
    "Turnover is beyond the upper limit for trusts of its sector.",
    "Sickness absence and vacancies both lie above what its size explains.",
    "The trust asked to take part, and its board has named an executive lead.",
    "Vacancies in nursing are among the highest of the region.",
)
ASKED = (
    "The trust asked to take part, and its director of nursing leads the work.",
    "The board has put this among its priorities for the year.",
)
CHANGES = (
    "Exit interviews began on all wards",
    "Flexible working offered at appointment",
    "Transfer window between wards opened",
    "Preceptorship year for newly qualified nurses",
)


def _steps(stage: Stage, chance: Random, wave: Wave, enrolments: Sequence[Enrolment], *, by: User) -> None:
    """What was held so far: launches and phases for all at once, calls and visits by the buddies."""
    today = stage.at.date()
    for step in wave.collaborative.steps.all():
        due = step.due_on(wave.starts_on)
        buddies = [one for one in enrolments if one.clinical_buddy]
        if step.kind not in ONE_BY_ONE or not buddies:
            if due < today - dt.timedelta(days=10):
                hold_for_all(wave, step, held_on=due, notes="", by=by, at=london(due, hour=17))
            continue
        for enrolment in buddies:
            held_on = due + dt.timedelta(days=chance.randint(-3, 9))
            if held_on < today - dt.timedelta(days=10):
                at = london(held_on, hour=17)
                hold_step(
                    enrolment, step, held_on=held_on, notes=chance.choice(NOTES), by=enrolment.clinical_buddy, at=at
                )


def _at_trusts(stage: Stage, enrolments: Sequence[Enrolment], measure: Measure) -> None:
    """What some trusts noted on their charts, and who shows them to the others."""
    people = demo_plans.people_of(enrolments)
    for place, enrolment in enumerate(enrolments[:60]):
        person = people.get(enrolment.trust_id)
        begun = london(enrolment.wave.starts_on + dt.timedelta(days=100))
        if person is None or begun > stage.at:
            continue
        if place % 2 == 0:
            changed = {"month": first_of(begun.date()), "text": CHANGES[place // 2 % len(CHANGES)], "rebase": False}
            annotate(enrolment.trust, measure, **changed, by=person, at=begun)
        if measure.code == "turnover":
            by_month = next_month(begun.date())
            set_target(enrolment.trust, measure, value=Decimal("14.0"), by_month=by_month, by=person, at=begun)
        if place % 3 == 1:
            share_charts(enrolment, shares=True, by=person, at=begun)


NOTES = (
    "Leavers in the first two years are the largest group. The trust will speak to each of them within a month.",
    "Good pace. The ward sisters know their own figures; the board has asked to see them each quarter.",
    "Data come from three systems and do not agree. The workforce team reconciles them before the next call.",
    "The plan names owners for all but one idea. Agreed to add dates, and to test on two wards first.",
)


def _field(stage: Stage, chance: Random, measures: dict[str, Measure]) -> None:
    """Three months of every trust that was in no wave, so that the next one can be chosen."""
    enrolled = Enrolment.objects.filter(wave__collaborative__slug=RETENTION.slug).values("trust")
    others = Organisation.objects.trusts().open_on(stage.at.date()).exclude(pk__in=enrolled)
    team = stage.accounts["talent_team"]
    for facts in RETENTION.measures:
        demo_figures.load_field(stage, chance, list(others), measures[facts.code], facts, months=4, by=team)
