"""The demonstration's monthly figures: made up, but a whole wave stands where the published one did."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from portal.demo import Stage, london
from portal.models import Organisation, User
from programmes.demo_measures import MeasureFacts
from programmes.entering import Entry, enter
from programmes.models import Measure, Wave
from programmes.models.measure import first_of
from programmes.series import next_month

Levels = Sequence[tuple[dt.date, float]]


@dataclass(frozen=True, slots=True)
class Trait:
    """What is a trust's own for good: its size against the average, its level against the others'."""

    trust: Organisation
    size: float
    level: float


def load_wave(
    stage: Stage,
    chance: Random,
    trusts: Collection[Organisation],
    wave: Wave,
    measure: Measure,
    facts: MeasureFacts,
    levels: Levels,
    *,
    by: User,
) -> None:
    """Month by month, entered by the programme team a fortnight after each month, now and then late."""
    traits = _traits(trusts, facts, chance)
    months = list(_months(wave, stage.at.date()))
    known = levels or ((months[0], facts.start), (months[-1], facts.end))
    for place, month in enumerate(months):
        there = [trait for trait in traits if trait.trust.is_open_on(month)]
        late = 34 if place % 11 == 7 else 14
        at = london(next_month(month) + dt.timedelta(days=late))
        enter(_entries(there, measure, facts, month, _level(known, month, facts, chance), chance), by=by, at=at)


def load_field(
    stage: Stage,
    chance: Random,
    trusts: Collection[Organisation],
    measure: Measure,
    facts: MeasureFacts,
    *,
    months: int,
    by: User,
) -> None:
    """The last months of trusts that take part in nothing: what the next wave is chosen by."""
    traits = _traits(trusts, facts, chance)
    month = first_of(first_of(stage.at.date()) - dt.timedelta(days=32 * months))
    for _ in range(months):
        month = next_month(month)
        if next_month(month) + dt.timedelta(days=16) > stage.at.date():
            return
        at = london(next_month(month) + dt.timedelta(days=14))
        enter(_entries(traits, measure, facts, month, facts.start, chance), by=by, at=at)


def _traits(trusts: Collection[Organisation], facts: MeasureFacts, chance: Random) -> list[Trait]:
    return [Trait(trust, chance.uniform(0.6, 1.7), chance.lognormvariate(0, facts.spread)) for trust in trusts]


def _months(wave: Wave, today: dt.date) -> Iterator[dt.date]:
    """From the thirteenth month before the wave began to its end, or to the month that ended last but one."""
    last = min(wave.ends_on or today, first_of(today) - dt.timedelta(days=40))
    month = first_of(wave.starts_on - dt.timedelta(days=396))
    while month <= last:
        yield month
        month = next_month(month)


def _level(levels: Levels, month: dt.date, facts: MeasureFacts, chance: Random) -> float:
    """On the line through the known months, exactly there in these, a little off it in the others; level after them."""
    for known, level in levels:
        if month == known:
            return level
    (first, start), (last, end) = levels[0], levels[-1]
    part = min(1.0, (month - first).days / max((last - first).days, 1))
    return (start + (end - start) * part) * chance.gauss(1, facts.noise / 4)


def _entries(
    traits: Sequence[Trait], measure: Measure, facts: MeasureFacts, month: dt.date, level: float, chance: Random
) -> list[Entry]:
    """Each trust about its own level, all together at `level`."""
    values = [trait.level * max(0.05, chance.gauss(1, facts.noise)) for trait in traits]
    whole = sum(value * trait.size for value, trait in zip(values, traits, strict=True))
    share = level * sum(trait.size for trait in traits) / whole if whole else 0
    return [_entry(trait, measure, facts, month, value * share) for trait, value in zip(traits, values, strict=True)]


def _entry(trait: Trait, measure: Measure, facts: MeasureFacts, month: dt.date, value: float) -> Entry:
    if not facts.denominator:
        return Entry(trait.trust, measure, month, Decimal(round(value * trait.size)), None)
    bottom = round(facts.denominator * trait.size)
    return Entry(trait.trust, measure, month, Decimal(round(value / measure.per * bottom)), Decimal(bottom))
