"""The demonstration's collaboratives: real trusts, made-up figures that move as the published ones did."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random

from portal.demo import SEED, Stage, london
from portal.models import Organisation, Role, User
from programmes.demo_measures import COLLABORATIVES, CollaborativeFacts, MeasureFacts
from programmes.enrolling import choose_trust, hold_step, name_buddies, share_charts
from programmes.entering import Entry, annotate, enter, set_target
from programmes.models import Aim, Collaborative, Enrolment, Measure, TimelineStep, Wave
from programmes.models.measure import first_of
from programmes.series import next_month


def load(stage: Stage) -> None:
    chance = Random(SEED + 6)  # its own, so that the floors above meet the same chance as before
    measures: dict[str, Measure] = {}
    for facts in stage.progress(COLLABORATIVES, "Collaboratives"):
        _collaborative(stage, chance, facts, measures)


def _collaborative(
    stage: Stage, chance: Random, facts: CollaborativeFacts, measures: dict[str, Measure]
) -> Collaborative:
    lead = stage.accounts["improvement_lead"]
    made = Collaborative.objects.create(name=facts.name, slug=facts.slug, aim=facts.aim)
    made.leads.set(stage.cast[Role.IMPROVEMENT_LEAD][:2] if facts.slug == "retention" else [lead])
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
    for number, wave in enumerate(facts.waves):
        row = Wave.objects.create(
            collaborative=made,
            name=wave.name,
            starts_on=wave.begins(stage),
            ends_on=wave.ends(stage),
        )
        enrolments = _enrol(stage, chance, row, wave.trusts, by=lead)
        for measure in facts.measures:
            _figures(stage, chance, enrolments, measures[measure.code], measure, by=lead)
        _support(stage, chance, enrolments, measures[facts.measures[0].code], number)
    return made


def _trusts(wanted: dict[tuple[str, ...], int], *, taken: set[int], day: dt.date, own: int) -> Iterator[Organisation]:
    """So many open trusts of each group of sectors that are in no other wave, the account's own first."""
    for sectors, number in wanted.items():
        rows = Organisation.objects.trusts().open_on(day).filter(sector__in=sectors).exclude(pk__in=taken)
        found = sorted(rows.select_related("region"), key=lambda trust: (trust.pk != own, trust.sort_name))
        yield from found[:number] if number else found


def _enrol(
    stage: Stage, chance: Random, wave: Wave, wanted: dict[tuple[str, ...], int], *, by: User
) -> list[Enrolment]:
    own = stage.accounts["trust_administrator"].memberships.get().organisation_id
    taken = set(Enrolment.objects.filter(wave__collaborative=wave.collaborative).values_list("trust", flat=True))
    at = london(wave.starts_on - dt.timedelta(days=30))
    enrolments = [
        choose_trust(wave, trust, by=by, at=at, joined_on=wave.starts_on, reason=chance.choice(REASONS))
        for trust in _trusts(wanted, taken=taken, day=wave.starts_on, own=own)
    ]
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
CHANGES = (
    "Exit interviews began on all wards",
    "Flexible working offered at appointment",
    "Transfer window between wards opened",
    "Preceptorship year for newly qualified nurses",
)


def _figures(
    stage: Stage, chance: Random, enrolments: Sequence[Enrolment], measure: Measure, facts: MeasureFacts, *, by: User
) -> None:
    """Month by month, entered by the programme team a fortnight after each month, now and then late."""
    if not enrolments:
        return
    months = list(_months(enrolments[0].wave, stage.at.date()))
    sizes = {e.pk: chance.uniform(0.6, 1.7) for e in enrolments}
    levels = {e.pk: chance.lognormvariate(0, facts.spread) for e in enrolments}
    whole = sum(sizes[e.pk] * levels[e.pk] for e in enrolments) / sum(sizes.values())
    for place, month in enumerate(months):
        part = place / max(len(months) - 1, 1)
        wanted = (facts.start + (facts.end - facts.start) * part) / whole
        entries = [
            _entry(e, measure, month, wanted * levels[e.pk], sizes[e.pk], facts, chance)
            for e in enrolments
            if e.trust.is_open_on(month)
        ]
        late = 34 if place % 11 == 7 else 14
        enter(entries, by=by, at=london(next_month(month) + dt.timedelta(days=late)))


def _entry(
    enrolment: Enrolment,
    measure: Measure,
    month: dt.date,
    level: float,
    size: float,
    facts: MeasureFacts,
    chance: Random,
) -> Entry:
    denominator = round(facts.denominator * size) if facts.denominator else None
    value = max(0.0, level * chance.gauss(1, facts.noise))
    numerator = round(value / measure.per * denominator) if denominator else round(value * size)
    bottom = None if denominator is None else Decimal(denominator)
    return Entry(enrolment.trust, measure, month, Decimal(numerator), bottom)


def _months(wave: Wave, today: dt.date) -> Iterator[dt.date]:
    """From the thirteenth month before the wave began to its end, or to the month that ended last but one."""
    last = min(wave.ends_on or today, first_of(today) - dt.timedelta(days=40))
    month = first_of(wave.starts_on - dt.timedelta(days=396))
    while month <= last:
        yield month
        month = next_month(month)


def _support(stage: Stage, chance: Random, enrolments: Sequence[Enrolment], measure: Measure, number: int) -> None:
    """What buddies recorded, what trusts noted on their charts, and who shows them to the others."""
    today = stage.at.date()
    for place, enrolment in enumerate(enrolments):
        trust_people = User.objects.filter(memberships__organisation=enrolment.trust, memberships__role=Role.TRUST_USER)
        person = trust_people.order_by("pk").first()
        buddy = enrolment.clinical_buddy
        for step in enrolment.wave.collaborative.steps.all():
            held_on = step.due_on(enrolment.wave.starts_on) + dt.timedelta(days=chance.randint(-3, 9))
            if held_on < today - dt.timedelta(days=10) and buddy:
                notes = chance.choice(NOTES) if step.kind in ("call", "visit", "review") else ""
                hold_step(enrolment, step, held_on=held_on, notes=notes, by=buddy, at=london(held_on, hour=17))
        if person is None or enrolment.wave.starts_on > today:
            continue
        begun = london(enrolment.wave.starts_on + dt.timedelta(days=100))
        if begun.date() < today and place % 2 == 0:
            changed = {"month": first_of(begun.date()), "text": CHANGES[place // 2 % len(CHANGES)], "rebase": False}
            annotate(enrolment.trust, measure, **changed, by=person, at=begun)
        if measure.is_rate and begun.date() < today:
            target = Decimal("14.0") if measure.code == "turnover" else Decimal("5.0")
            set_target(enrolment.trust, measure, value=target, by_month=next_month(begun.date()), by=person, at=begun)
        if place % 3 == 1:
            share_charts(enrolment, shares=True, by=person, at=begun)


NOTES = (
    "Leavers in the first two years are the largest group. The trust will speak to each of them within a month.",
    "Good pace. The ward sisters know their own figures; the board has asked to see them each quarter.",
    "Data come from three systems and do not agree. The workforce team reconciles them before the next call.",
    "The plan names owners for all but one idea. Agreed to add dates, and to test on two wards first.",
)
