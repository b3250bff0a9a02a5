"""Executives' pay against the range of their post and the cap: readings of what was decided, and their picture."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from appointments.models import Appointment, PayBenchmark, PayCap, Proposal, Seat, Tenure, TenureEvent
from portal.charts import Bar, BarChart, Group, Mark
from portal.models import Organisation, Standing


@dataclass(frozen=True, slots=True)
class PayLine:
    """One executive: what was decided for them (or else is recorded), and the range of their post on the day."""

    tenure: Tenure
    pounds: int | None
    off_payroll: bool
    benchmark: PayBenchmark | None
    is_decided: bool = True

    @property
    def against(self) -> str:
        if self.pounds is None:
            return "Pay not on record"
        if self.benchmark is None:
            return "No range on record"
        if self.pounds > self.benchmark.upper:
            return "Above the range"
        return "Below the range" if self.pounds < self.benchmark.lower else "Within the range"


@dataclass(frozen=True, slots=True)
class BoardPay:
    trust: Organisation
    day: dt.date
    lines: Sequence[PayLine]
    cap: PayCap | None

    @property
    def is_invented(self) -> bool:
        return any(line.benchmark is not None and line.benchmark.is_demonstration for line in self.lines)

    @property
    def chart(self) -> BarChart | None:
        """Pay beside the median of the range; None where no pay is on record."""
        shown = [line for line in self.lines if line.pounds is not None]
        if not shown:
            return None
        marks = (Mark(f"Cap {self.cap}", self.cap.amount),) if self.cap else ()
        told = "; ".join(f"{line.tenure.seat.title} £{line.pounds:,}, {line.against.lower()}" for line in shown)
        return BarChart("Pay of executive directors", f"{told}.", tuple(map(_group, shown)), marks)


def _group(line: PayLine) -> Group:
    bars = [Bar("Pay", line.pounds, f"£{line.pounds:,}")]
    if line.benchmark is not None:
        bars.append(Bar("Median", line.benchmark.median, f"£{line.benchmark.median:,}"))
    return Group(line.tenure.seat.title, tuple(bars))


def cap_on(day: dt.date) -> PayCap | None:
    return PayCap.objects.in_force(day).order_by("-in_force_from").first()


def range_of(seat: Seat, day: dt.date) -> PayBenchmark | None:
    """The range of an executive's post in a trust of this size; None where either is not on record."""
    return _chosen(PayBenchmark.objects.in_force(day).filter(role=seat.role), seat, turnover_of(seat.board, day))


def turnover_of(trust: Organisation, day: dt.date) -> int | None:
    standing = Standing.objects.in_force(day).filter(organisation=trust).first()
    return standing.turnover_millions if standing else None


def _chosen(ranges: Iterable[PayBenchmark], seat: Seat, turnover: int | None) -> PayBenchmark | None:
    if turnover is None:
        return None
    return next((one for one in ranges if one.is_for(seat.role, turnover)), None)


def pay_of_board(trust: Organisation, day: dt.date) -> BoardPay:
    """Who sits in an executive's seat on `day`. Seven queries, however large the board."""
    tenures = Tenure.objects.sitting_on(day).filter(seat__board=trust).exclude(seat__role__in=Seat.NON_EXECUTIVE)
    sitting = sorted(tenures.select_related("person", "seat"), key=lambda tenure: tenure.seat.place)
    ranges, turnover = list(PayBenchmark.objects.in_force(day)), turnover_of(trust, day)
    decided, off = _decided(sitting, day)
    paid = _recorded(sitting, day) | decided
    lines = [
        PayLine(t, paid.get(t.pk), t.pk in off, _chosen(ranges, t.seat, turnover), t.pk in decided) for t in sitting
    ]
    return BoardPay(trust, day, lines, cap_on(day))


def _decided(tenures: Sequence[Tenure], day: dt.date) -> tuple[dict[int, int], set[int]]:
    """The newest pay that was decided for each tenure, and who is paid off the payroll. Two queries."""
    rows = Appointment.objects.standing().filter(tenure__in=tenures).order_by("pk")
    made = list(rows)
    paid = {row.tenure_id: row.remuneration for row in made if row.remuneration is not None}
    changes = Proposal.objects.filter(
        kind=Proposal.Kind.REMUNERATION,
        tenure__in=tenures,
        starts_on__lte=day,
        items__decision__outcome="approved",
    )
    paid |= dict(changes.order_by("starts_on", "pk").values_list("tenure", "remuneration"))
    return paid, {row.tenure_id for row in made if row.off_payroll}


def _recorded(tenures: Sequence[Tenure], day: dt.date) -> dict[int, int]:
    """What was entered without a decision: the newest entry that holds on `day`. One query."""
    rows = TenureEvent.objects.filter(tenure__in=tenures, kind=TenureEvent.Kind.PAID).order_by("at", "pk")
    holding = [row for row in rows if row.first_on is not None and row.first_on <= day]
    return {row.tenure_id: row.pounds for row in holding if row.pounds is not None}
