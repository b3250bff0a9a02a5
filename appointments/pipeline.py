"""Pipeline measures of a year: who applies, how long it takes, how long chief executives stay, what is vacant.

Each is one named function over the records, one query, by region and over the year's quarters.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import (
    Avg,
    CharField,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, TruncDate, TruncQuarter

from appointments.models import Appointment, Campaign, Proposal, Seat, Tenure
from appointments.models.campaign import CampaignPolicy, policy_on
from appointments.years import ReportingYear
from portal.words import LONDON

DAYS_A_YEAR = 365.25
# Posts of the published measures, in the order in which they are shown.
POSTS = (Seat.Role.CHAIR, Seat.Role.NED, Seat.Role.CHIEF_EXECUTIVE, Seat.Role.FINANCE, Seat.Role.OPERATING)


@dataclass(frozen=True, slots=True)
class Applied:
    """Posts that closed to applicants in one quarter, and how many people applied for them."""

    role: str
    region: str
    quarter: dt.date  # its first day
    posts: int
    applicants: int


@dataclass(frozen=True, slots=True)
class Taken:
    """Appointments of one quarter whose advert's closing date is known, and the time from it to the decision."""

    role: str
    region: str
    quarter: dt.date
    posts: int
    within: int  # the aim's months
    mean_days: float


@dataclass(frozen=True, slots=True)
class InPost:
    """The chief executives in post on one day and how long, on average, they had been."""

    region: str
    day: dt.date
    number: int
    mean_days: float | None


@dataclass(frozen=True, slots=True)
class Vacant:
    """The seats of one kind on one day, and those that nobody sat in."""

    region: str
    day: dt.date
    seats: int
    vacant: int

    @property
    def rate(self) -> float:
        """Vacant posts over established posts."""
        return self.vacant / self.seats if self.seats else 0.0


@dataclass(frozen=True, slots=True)
class Pipeline:
    year: ReportingYear
    aim: CampaignPolicy | None
    applied: tuple[Applied, ...]
    taken: tuple[Taken, ...]
    in_post: tuple[InPost, ...]
    vacant: tuple[Vacant, ...]


def pipeline(year: ReportingYear, *, today: dt.date) -> Pipeline:
    """Everything that the page and the report show: five queries."""
    days, aim = days_shown(year, today=today), policy_on(CampaignPolicy.Kind.DECIDE, year.last_on)
    months = aim.months if aim else 0
    return Pipeline(
        year,
        aim,
        applicants_per_post(year),
        time_to_appoint(year, months=months),
        tenure_of_chief_executives(days),
        vacancies(days),
    )


def days_shown(year: ReportingYear, *, today: dt.date) -> tuple[dt.date, ...]:
    """The day before the year began and the last of each of its quarters, as far as they have come."""
    ends = [year.first_on + relativedelta(months=3 * n) - dt.timedelta(days=1) for n in range(5)]
    return tuple(day for day in ends if day <= today)


def applicants_per_post(year: ReportingYear) -> tuple[Applied, ...]:
    """By the closing date: the portal's campaigns, and posts advertised elsewhere as the proposal says. One query."""
    sent = Count("intake__applications", filter=Q(intake__applications__submitted_at__isnull=False))
    campaigns: Any = Campaign.objects.exclude(stage=Campaign.Stage.CANCELLED).annotate(
        closed=TruncDate("intake__closes_at", tzinfo=LONDON)
    )
    campaigns = campaigns.filter(closed__range=(year.first_on, year.last_on))
    elsewhere = Proposal.objects.filter(applicants__isnull=False, application=None, withdrawn_at=None).filter(
        closed_on__range=(year.first_on, year.last_on)
    )
    told = Sum("applicants")
    both = _grouped(campaigns, "closed", "seat__").annotate(posts=Count("pk", distinct=True), total=sent)
    rows = both.union(_grouped(elsewhere, "closed_on", "seat__").annotate(posts=Count("pk"), total=told), all=True)
    return tuple(Applied(*row) for row in _in_order(rows))


def time_to_appoint(year: ReportingYear, *, months: int) -> tuple[Taken, ...]:
    """From the closing date to the decision, of appointments decided in the year; within `months` or not. One query."""
    by_campaign = TruncDate("decision__item__proposal__application__intake__closes_at", tzinfo=LONDON)
    aim: Any = Cast(Value(f"{months} months", output_field=CharField()), DurationField())
    rows = (
        Appointment.objects.standing()
        .decided_in(year)
        .filter(kind=Appointment.Kind.NEW)
        .annotate(closed=Coalesce(by_campaign, F("decision__item__proposal__closed_on")))
        .filter(closed__isnull=False)
    )
    took = ExpressionWrapper(F("decided_on") - F("closed"), output_field=DurationField())
    in_time = Q(decided_on__lte=F("closed") + aim)
    found = _grouped(rows, "decided_on", "").annotate(
        posts=Count("pk"), within=Count("pk", filter=in_time), mean=Avg(took)
    )
    return tuple(
        Taken(role, region, quarter, posts, within, mean.total_seconds() / 86_400)
        for role, region, quarter, posts, within, mean in _in_order(found)
    )


def _grouped(rows: QuerySet[Any], day: str, seat: str) -> QuerySet[Any]:
    """By role, region and quarter of `day`; `seat` leads to role and board."""
    board = f"{seat}board__region__name"
    quarter = TruncQuarter(day)
    return rows.order_by().values_list(F(f"{seat}role"), F(board), quarter)


def _in_order(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (Seat.ORDER.index(row[0]), row[1], row[2]))


def tenure_of_chief_executives(days: Iterable[dt.date]) -> tuple[InPost, ...]:
    """Those in post on each day, acting ones apart, from their first day in that seat. One query."""
    shown = tuple(days)
    counted: dict[str, Any] = {}
    for n, day in enumerate(shown):
        sitting = Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))
        served = ExpressionWrapper(Value(day) - F("starts_on"), output_field=DurationField())
        counted |= {f"number{n}": Count("pk", filter=sitting), f"mean{n}": Avg(served, filter=sitting)}
    chiefs = Tenure.objects.filter(seat__role=Seat.Role.CHIEF_EXECUTIVE, acting=False)
    rows: Any = chiefs.order_by().values("seat__board__region__name").annotate(**counted)
    return tuple(
        InPost(row["seat__board__region__name"], day, row[f"number{n}"], _days(row[f"mean{n}"]))
        for row in sorted(rows, key=lambda row: row["seat__board__region__name"])
        for n, day in enumerate(shown)
    )


def _days(mean: dt.timedelta | None) -> float | None:
    return mean.total_seconds() / 86_400 if mean is not None else None


def vacancies(days: Iterable[dt.date], *, roles: Iterable[str] = Seat.NON_EXECUTIVE) -> tuple[Vacant, ...]:
    """Seats of these roles on each day on open trusts' boards, and those nobody sat in. One query."""
    shown = tuple(days)
    counted: dict[str, Any] = {}
    for n, day in enumerate(shown):
        there = Q(Q(closed_on=None) | Q(closed_on__gt=day), opened_on__lte=day)
        there &= Q(board__closed_on=None) | Q(board__closed_on__gt=day)
        held = Exists(Tenure.objects.sitting_on(day).filter(seat=OuterRef("pk")))
        counted |= {f"seats{n}": Count("pk", filter=there), f"vacant{n}": Count("pk", filter=there & ~Q(held))}
    of_roles: Any = Seat.objects.filter(role__in=list(roles)).order_by()
    rows = of_roles.values("board__region__name").annotate(**counted)
    return tuple(
        Vacant(row["board__region__name"], day, row[f"seats{n}"], row[f"vacant{n}"])
        for row in sorted(rows, key=lambda row: row["board__region__name"])
        for n, day in enumerate(shown)
    )


def mean_years(rows: Iterable[InPost]) -> float | None:
    """The average over regions, each by its number of people, in years."""
    known = [(row.number, row.mean_days) for row in rows if row.mean_days is not None]
    number = sum(n for n, _ in known)
    return fmean([d for _, d in known], weights=[n for n, _ in known]) / DAYS_A_YEAR if number else None
