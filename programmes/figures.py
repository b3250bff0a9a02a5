"""What the collaboratives come to: trusts, plans, projects and how far they have moved, counted from the records."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, Q, Sum

from portal.models import Organisation
from programmes.models import (
    ChangeIdea,
    Cohort,
    Enrolment,
    EnrolmentEvent,
    LearningNetwork,
    Measure,
    PlanEvent,
    Reading,
    Wave,
)
from programmes.models.learning_network import TRUSTS_TODAY

SUBMITTED = PlanEvent.Kind.SUBMITTED


@dataclass(frozen=True, slots=True)
class Moved:
    """A measure over all trusts of a wave together: where it stood in the first month and in the last of the wave."""

    measure: str
    unit: str
    first_month: dt.date
    first: float
    last_month: dt.date
    last: float


@dataclass(frozen=True, slots=True)
class WaveFigures:
    """`projects`: the change ideas of the plans that were sent. `steps`: how many trusts have each step behind them."""

    name: str
    trusts: int
    by_sector: Mapping[str, int]
    plans_submitted: int
    projects: int
    measures: tuple[Moved, ...]
    steps: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CollaborativeFigures:
    """One collaborative. `aims`: by measure, the change aimed at in per cent."""

    name: str
    aims: Mapping[str, float]
    waves: tuple[WaveFigures, ...]

    @property
    def trusts(self) -> int:
        return sum(wave.trusts for wave in self.waves)

    @property
    def plans_submitted(self) -> int:
        return sum(wave.plans_submitted for wave in self.waves)

    @property
    def projects(self) -> int:
        return sum(wave.projects for wave in self.waves)


def collaborative_figures() -> dict[str, CollaborativeFigures]:
    """Every collaborative by its slug. Eight queries, however many trusts, plans and months."""
    sectors = _sectors()
    plans = _by_wave(PlanEvent.objects.filter(kind=SUBMITTED), "plan__enrolment__wave", "plan")
    sent = Q(plan__events__kind=SUBMITTED)
    projects = _by_wave(ChangeIdea.objects.filter(sent), "plan__enrolment__wave", "pk")
    moved, held = _moved(), _held()
    found: dict[str, tuple[str, dict[str, float], list[WaveFigures]]] = {}
    for wave in Wave.objects.select_related("collaborative").prefetch_related("collaborative__aims__measure"):
        row = wave.collaborative
        aims = {aim.measure.code: float(aim.change_percent) for aim in row.aims.all() if aim.change_percent is not None}
        by_sector = sectors.get(wave.pk, {})
        figures = WaveFigures(
            wave.name,
            sum(by_sector.values()),
            by_sector,
            plans.get(wave.pk, 0),
            projects.get(wave.pk, 0),
            tuple(moved.get(wave.pk, ())),
            held.get(wave.pk, {}),
        )
        found.setdefault(row.slug, (row.name, aims, []))[2].append(figures)
    return {slug: CollaborativeFigures(name, aims, tuple(waves)) for slug, (name, aims, waves) in found.items()}


def _sectors() -> dict[int, dict[str, int]]:
    """By wave: how many trusts of each sector took part, those that left since among them."""
    rows = Enrolment.objects.order_by("wave", "trust__sector").values_list("wave", "trust__sector")
    found: dict[int, dict[str, int]] = {}
    for wave, sector, number in rows.annotate(number=Count("pk")):
        found.setdefault(wave, {})[sector or str(Organisation.Kind.OTHER)] = number
    return found


def _held() -> dict[int, dict[str, int]]:
    """By wave: how many of its trusts have gone through each step of the timetable, in its order."""
    rows = EnrolmentEvent.objects.filter(kind=EnrolmentEvent.Kind.HELD).order_by("step__day", "step__pk")
    found: dict[int, dict[str, int]] = {}
    for wave, step, number in rows.values_list("enrolment__wave", "step__name").annotate(number=Count("pk")):
        found.setdefault(wave, {})[step] = number
    return found


def _by_wave(rows: Any, wave: str, what: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(wave).annotate(number=Count(what, distinct=True)))


def _moved() -> dict[int, list[Moved]]:
    """By wave, each measure of its collaborative for which figures were entered."""
    until = Q(trust__enrolments__wave__ends_on=None) | Q(month__lte=F("trust__enrolments__wave__ends_on"))
    # In one call: the trust's part in the wave is the same row for both conditions.
    part = Reading.objects.standing().filter(until, trust__enrolments__wave__collaborative__aims__measure=F("measure"))
    part = part.order_by()
    key = ("trust__enrolments__wave", "measure")
    ends = part.values(*key).annotate(first=Min("month"), last=Max("month")).values_list(*key, "first", "last")
    span = {(wave, measure): (first, last) for wave, measure, first, last in ends}
    sums = part.filter(month__in={month for pair in span.values() for month in pair}).values(*key, "month")
    pooled = sums.annotate(top=Sum("numerator"), bottom=Sum("denominator")).values_list(*key, "month", "top", "bottom")
    values = {(wave, measure, month): (top, bottom) for wave, measure, month, top, bottom in pooled}
    measures = Measure.objects.in_bulk({measure for _, measure in span})
    found: dict[int, list[Moved]] = {}
    for (wave, pk), months in sorted(span.items()):
        measure = measures[pk]
        first, last = (round(float(measure.value(*values[wave, pk, month])), 2) for month in months)
        moved = Moved(measure.code, measure.unit, months[0], first, months[1], last)
        found.setdefault(wave, []).append(moved)
    return found


def network_figures() -> dict[str, int]:
    """By slug of a learning network: how many organisations its members come from today. One query."""
    rows = LearningNetwork.objects.order_by("slug").values_list("slug")
    return dict(rows.annotate(number=TRUSTS_TODAY))


def cohort_figures() -> dict[str, int]:
    """By slug of a scheme: how many cohorts it has had. One query."""
    rows = Cohort.objects.order_by("scheme__slug").values_list("scheme__slug")
    return dict(rows.annotate(number=Count("pk")))


def as_json(figures: Mapping[str, CollaborativeFigures]) -> dict[str, Any]:
    """The published keys: `collaboratives` (a wave's measures by their code), `networks`, `cohorts`; each by slug."""
    return {
        "collaboratives": {slug: _one(row) for slug, row in figures.items()},
        "networks": network_figures(),
        "cohorts": cohort_figures(),
    }


def _one(row: CollaborativeFigures) -> dict[str, Any]:
    totals = {"trusts": row.trusts, "plans_submitted": row.plans_submitted, "projects": row.projects}
    return {"name": row.name, **totals, "aims": dict(row.aims), "waves": {wave.name: _wave(wave) for wave in row.waves}}


def _wave(wave: WaveFigures) -> dict[str, Any]:
    measures = {one.measure: {key: _plain(value) for key, value in asdict(one).items()} for one in wave.measures}
    totals = {"trusts": wave.trusts, "by_sector": dict(wave.by_sector)}
    sent = {"plans_submitted": wave.plans_submitted, "projects": wave.projects}
    return {**totals, **sent, "steps": dict(wave.steps), "measures": measures}


def _plain(value: Any) -> Any:
    return f"{value:%Y-%m}" if isinstance(value, dt.date) else value
