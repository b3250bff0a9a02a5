"""Which trusts to choose for a collaborative: each measure's funnel by sector, and the trusts that stand out most."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.utils.safestring import SafeString

from portal.models import Organisation
from programmes.funnel import Counts, Distance, Funnel, Spot, funnel
from programmes.models import Collaborative, Enrolment, Measure, Reading
from programmes.spc import Kind
from programmes.spc_chart import funnel_picture

MONTHS_OFFERED = 12
DISTANCES = {
    Distance.WITHIN: "within the limits",
    Distance.WARNING: "beyond the 95% limit",
    Distance.ALARM: "beyond the 99.8% limit",
}


@dataclass(frozen=True)
class MeasureFunnel:
    """One measure over the trusts of one sector in one month. `chart` is None where `said` tells why."""

    measure: Measure
    month: dt.date
    sector: str
    chart: Funnel | None
    said: str = ""

    @cached_property
    def spots(self) -> dict[int, Spot]:
        return {spot.key: spot for spot in self.chart.spots} if self.chart else {}

    @property
    def beyond(self) -> list[Spot]:
        """What the programme calls significant variation."""
        return [spot for spot in self.spots.values() if spot.distance is Distance.ALARM]

    @property
    def alternative(self) -> str:
        """The picture in words, for those who do not see it."""
        if self.chart is None:
            return self.said
        concern = sum(spot.kind is Kind.CONCERN for spot in self.beyond)
        return (
            f"{len(self.spots)} trusts around {self.chart.centre:.1f}{self.measure.suffix}. "
            f"Beyond the 99.8% limits: {len(self.beyond)}, of which {concern} on the side of concern."
        )

    @cached_property
    def picture(self) -> SafeString | None:
        if self.chart is None:
            return None
        title = f"{self.measure}, {self.sector.lower()} trusts, {self.month:%B %Y}"
        return funnel_picture(title, self.alternative, self.chart, unit=self.measure.unit)


@dataclass(frozen=True, slots=True)
class Standing:
    """One trust in one measure: its figure and how far it lies from its sector."""

    funnel: MeasureFunnel
    spot: Spot | None

    @property
    def is_concern(self) -> bool:
        return bool(self.spot and self.spot.kind is Kind.CONCERN)

    @property
    def is_significant(self) -> bool:
        return bool(self.is_concern and self.spot and self.spot.distance is Distance.ALARM)

    @property
    def says(self) -> str:
        return DISTANCES[self.spot.distance] if self.spot else ""

    @property
    def sentence(self) -> str:
        """The figure beside the sector's, in plain English."""
        found = self.funnel
        if not (self.spot and found.chart):
            return ""
        return (
            f"{found.measure}: {self.spot.value:.1f}{found.measure.suffix} in {found.month:%B %Y}, {self.says} of "
            f"{found.sector.lower()} trusts (average {found.chart.centre:.1f}{found.measure.suffix})."
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trust that may be chosen, with what speaks for it. `enrolment`: where it takes part already."""

    trust: Organisation
    readings: tuple[Standing, ...]
    enrolment: Enrolment | None

    @property
    def significant(self) -> int:
        return sum(one.is_significant for one in self.readings)

    @property
    def weight(self) -> tuple[int, float]:
        """Most measures of concern beyond the outer limits first, then the farthest away."""
        return self.significant, max(
            (abs(one.spot.z) for one in self.readings if one.spot and one.is_concern), default=0
        )

    @property
    def reason(self) -> str:
        """A first draft of why it was chosen, in plain English."""
        return " ".join(one.sentence for one in self.readings if one.is_concern)

    @property
    def facts(self) -> dict[str, Any]:
        """What the choice rests on, as it is kept."""
        return {
            one.funnel.measure.code: {
                "month": one.funnel.month.isoformat(),
                "value": round(one.spot.value, 4),
                "centre": round(one.funnel.chart.centre, 4),
                "z": round(one.spot.z, 3),
                "distance": str(one.spot.distance),
            }
            for one in self.readings
            if one.spot and one.funnel.chart
        }


@dataclass(frozen=True, slots=True)
class Field:
    """All the trusts of one sector in one month, the ones that stand out most first."""

    month: dt.date
    sector: str
    funnels: tuple[MeasureFunnel, ...]
    candidates: tuple[Candidate, ...]


def months_of(measures: Collection[Measure], *, trust: Organisation | None = None) -> list[dt.date]:
    """The months to compare by, the newest first: those in which at least half as many trusts counted as ever did.

    With `trust`, only months for which it counted itself.
    """
    standing = Reading.objects.standing().filter(measure__in=measures).order_by()
    rows = standing.values("month").annotate(trusts=Count("trust", distinct=True))
    counted = dict(rows.values_list("month", "trusts"))
    most = max(counted.values(), default=0)
    if trust is not None:
        own = set(standing.filter(trust=trust).values_list("month", flat=True))
        counted = {month: trusts for month, trusts in counted.items() if month in own}
    return sorted((month for month, trusts in counted.items() if trusts * 2 >= most), reverse=True)[:MONTHS_OFFERED]


def field_of(
    collaborative: Collaborative, measures: Collection[Measure], *, sector: str, month: dt.date, today: dt.date
) -> Field:
    """Three queries, however many trusts."""
    trusts = list(
        Organisation.objects.trusts()
        .open_on(month)
        .filter(sector=sector)
        .select_related("region")
        .order_by("sort_name")
    )
    label = str(Organisation.Sector(sector).label)
    counts = _counts(trusts, measures, month)
    funnels = tuple(_funnel(measure, counts.get(measure.pk, []), label, month) for measure in measures)
    now = Enrolment.objects.taking_part(today).filter(wave__collaborative=collaborative, trust__in=trusts)
    enrolled = {row.trust_id: row for row in now.select_related("wave")}
    candidates = [Candidate(trust, tuple(_readings(trust, funnels)), enrolled.get(trust.pk)) for trust in trusts]
    return Field(month, label, funnels, tuple(sorted(candidates, key=lambda one: one.weight, reverse=True)))


def _counts(
    trusts: Collection[Organisation], measures: Collection[Measure], month: dt.date
) -> Mapping[int, list[Counts]]:
    found: dict[int, list[Counts]] = {}
    rows = Reading.objects.standing().filter(trust__in=trusts, measure__in=measures, month=month)
    for measure, trust, top, bottom in rows.values_list("measure_id", "trust_id", "numerator", "denominator"):
        found.setdefault(measure, []).append(Counts(trust, float(top), float(bottom or 0)))
    return found


def _funnel(measure: Measure, counts: list[Counts], sector: str, month: dt.date) -> MeasureFunnel:
    if not measure.is_rate:
        return MeasureFunnel(
            measure, month, sector, None, f"{measure} is a plain count: trusts cannot be compared by it."
        )
    try:
        chart = funnel(counts, per=measure.per, direction=measure.direction, proportion=measure.is_proportion)
    except ValueError as error:
        return MeasureFunnel(measure, month, sector, None, f"{measure}: {error}.")
    return MeasureFunnel(measure, month, sector, chart)


def _readings(trust: Organisation, funnels: Collection[MeasureFunnel]) -> Iterator[Standing]:
    for found in funnels:
        yield Standing(found, found.spots.get(trust.pk))
