"""The year-end report: each figure one named function, one query over the ledger and the records, and its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from appointments.models import Appointment, NetworkSession, Seat, Tenure
from appointments.models.appointment import AppointmentQuerySet
from appointments.years import ReportingYear
from portal.models import Organisation
from talent.models import Participation, ParticipationOutcome, Placement

NEXT_DIRECTOR = "next-director"
ASPIRING_CHIEF_EXECUTIVE = "aspiring-chief-executives"

CHAIR = Q(role=Seat.Role.CHAIR)
NEW = Q(kind=Appointment.Kind.NEW)
RENEWED = Q(kind__in=Appointment.RENEWALS)


@dataclass(frozen=True, slots=True)
class Appointments:
    total: int
    new: int
    new_chairs: int
    renewed: int
    renewed_chairs: int


@dataclass(frozen=True, slots=True)
class NextDirector:
    placements: int
    by_region: dict[str, int]


@dataclass(frozen=True, slots=True)
class AspiringChiefExecutive:
    participants: int
    became_chief_executive: int


@dataclass(frozen=True, slots=True)
class Report:
    year: ReportingYear
    appointments: Appointments
    chair_networks: int
    next_director: NextDirector
    aspiring_chief_executive: AspiringChiefExecutive


def year_end(year: ReportingYear) -> Report:
    return Report(
        year=year,
        appointments=appointments(year),
        chair_networks=chair_networks(year),
        next_director=next_director(year),
        aspiring_chief_executive=aspiring_chief_executive(year),
    )


def appointments(year: ReportingYear) -> Appointments:
    """Chairs and non-executives of NHS trusts by the date of the decision, corrections counted. One query."""
    found = appointment_rows(year).aggregate(
        total=Count("pk"),
        new=Count("pk", filter=NEW),
        new_chairs=Count("pk", filter=NEW & CHAIR),
        renewed=Count("pk", filter=RENEWED),
        renewed_chairs=Count("pk", filter=RENEWED & CHAIR),
    )
    return Appointments(**found)


def chair_networks(year: ReportingYear) -> int:
    """Sessions of the regions' networks of chairs held in the year. One query."""
    return session_rows(year).count()


def next_director(year: ReportingYear) -> NextDirector:
    """Placements of the scheme that started in the year, by the host trust's region. One query."""
    rows = placement_rows(year).order_by("host__region__name").values_list("host__region__name")
    by_region = dict(rows.annotate(number=Count("pk")))
    return NextDirector(sum(by_region.values()), by_region)


def aspiring_chief_executive(year: ReportingYear) -> AspiringChiefExecutive:
    """Everybody in a cohort begun by the year's end, and those of them who were chief executive by then. One query."""
    people = Count("person", distinct=True)
    became = Count("person", filter=Q(became=True), distinct=True)
    return AspiringChiefExecutive(
        **participation_rows(year).aggregate(participants=people, became_chief_executive=became)
    )


def appointment_rows(year: ReportingYear) -> AppointmentQuerySet:
    rows = Appointment.objects.standing().decided_in(year)
    return rows.filter(role__in=Seat.NON_EXECUTIVE, board__kind=Organisation.Kind.NHS_TRUST)


def session_rows(year: ReportingYear) -> QuerySet[NetworkSession]:
    return NetworkSession.objects.held_between(year.first_on, year.last_on)


def placement_rows(year: ReportingYear) -> QuerySet[Placement]:
    started = Placement.objects.started_between(year.first_on, year.last_on)
    return started.filter(application__intake__scheme__slug=NEXT_DIRECTOR)


def participation_rows(year: ReportingYear) -> QuerySet[Participation]:
    """With `became`: a chief executive's tenure since then, acting apart, or a recorded outcome by the year's end."""
    tenures = Tenure.objects.filter(
        person=OuterRef("person"),
        seat__role=Seat.Role.CHIEF_EXECUTIVE,
        acting=False,
        starts_on__gte=OuterRef("joined_on"),
        starts_on__lte=year.last_on,
    )
    outcomes = ParticipationOutcome.objects.filter(
        participation=OuterRef("pk"),
        kind=ParticipationOutcome.Kind.CHIEF_EXECUTIVE,
        happened_on__lte=year.last_on,
    )
    rows = Participation.objects.filter(cohort__scheme__slug=ASPIRING_CHIEF_EXECUTIVE, joined_on__lte=year.last_on)
    return rows.annotate(became=Exists(tenures) | Exists(outcomes))


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its words, where its number stands in as_json, and the rows behind it."""

    key: str
    label: str
    path: tuple[str, ...]
    rows: Callable[[ReportingYear], QuerySet[Any]]
    part: bool = False  # of the figure above it
    query: tuple[tuple[str, str], ...] = ()  # what the register of appointments is asked for the same rows


BY_US = (("role", "non_executive"), ("trusts", str(Organisation.Kind.NHS_TRUST)))
CHAIRS_BY_US = (("role", str(Seat.Role.CHAIR)), BY_US[1])

FIGURES = (
    Figure(
        "appointments",
        "Appointments of chairs and non-executive directors to NHS trusts",
        ("appointments", "total"),
        appointment_rows,
        query=BY_US,
    ),
    Figure(
        "new",
        "New appointments",
        ("appointments", "new"),
        lambda year: appointment_rows(year).filter(NEW),
        True,
        (("kind", "new"), *BY_US),
    ),
    Figure(
        "new-chairs",
        "New appointments of chairs",
        ("appointments", "new_chairs"),
        lambda year: appointment_rows(year).filter(NEW & CHAIR),
        True,
        (("kind", "new"), *CHAIRS_BY_US),
    ),
    Figure(
        "renewed",
        "Reappointments and extensions",
        ("appointments", "renewed"),
        lambda year: appointment_rows(year).filter(RENEWED),
        True,
        (("kind", "renewed"), *BY_US),
    ),
    Figure(
        "renewed-chairs",
        "Reappointments and extensions of chairs",
        ("appointments", "renewed_chairs"),
        lambda year: appointment_rows(year).filter(RENEWED & CHAIR),
        True,
        (("kind", "renewed"), *CHAIRS_BY_US),
    ),
    Figure("chair-networks", "Regional chair networks held", ("chair_networks",), session_rows),
    Figure("placements", "NExT Director placements started", ("next_director", "placements"), placement_rows),
    Figure(
        "participants",
        "Participants in the aspiring chief executives’ programme so far",
        ("aspiring_chief_executive", "participants"),
        participation_rows,
    ),
    Figure(
        "chief-executives",
        "Participants who had become chief executives by the year’s end",
        ("aspiring_chief_executive", "became_chief_executive"),
        lambda year: participation_rows(year).filter(Q(became=True)),
        True,
    ),
)


def as_json(report: Report) -> dict[str, Any]:
    """The published keys."""
    made, next_up, chiefs = report.appointments, report.next_director, report.aspiring_chief_executive
    return {
        "year": str(report.year),
        "appointments": {name: getattr(made, name) for name in Appointments.__slots__},
        "chair_networks": report.chair_networks,
        "next_director": {"placements": next_up.placements, "by_region": next_up.by_region},
        "aspiring_chief_executive": {
            "participants": chiefs.participants,
            "became_chief_executive": chiefs.became_chief_executive,
        },
    }


def lines(report: Report) -> list[tuple[Figure, int]]:
    """Every figure with its number, in the report's order."""
    said = as_json(report)
    return [(figure, _at(said, figure.path)) for figure in FIGURES]


def _at(said: dict[str, Any], path: tuple[str, ...]) -> int:
    for step in path:
        said = said[step]
    return said  # type: ignore[return-value]


def years() -> list[ReportingYear]:
    """The reporting years in which the body decided something, the newest first. One query."""
    decided = Appointment.objects.order_by().values_list(F("decided_on__year"), F("decided_on__month")).distinct()
    found = {ReportingYear(year if month >= 4 else year - 1) for year, month in decided}
    return sorted(found, reverse=True)
