"""All boards at a glance on one day, in one query: who chairs, how many seats, how many are empty or soon will be."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery

from appointments.ending import last_day_within
from appointments.models import Seat, Tenure
from portal.exporting import guarded
from portal.models import Organisation
from portal.models.organisation import OrganisationQuerySet

SOON = 6  # months
COLUMNS = (
    "Trust code",
    "Trust",
    "Region",
    "Kind",
    "Chair",
    "Chair until",
    "Chief executive",
    "Seats",
    "Vacant",
    f"Terms that end within {SOON} months",
)


def at_a_glance(trusts: OrganisationQuerySet, day: dt.date) -> QuerySet[Any]:
    """Adds to each trust its seats on `day`, the vacant ones, terms that end soon, its chair and chief executive."""
    seats = Seat.objects.open_on(day).filter(board=OuterRef("pk")).order_by()
    sitting = Tenure.objects.sitting_on(day).filter(seat__board=OuterRef("pk"))
    held = Exists(Tenure.objects.sitting_on(day).filter(seat=OuterRef("pk")))
    soon = Q(seat__role__in=Seat.NON_EXECUTIVE, ends_on__lte=last_day_within(day, SOON))
    chair = sitting.filter(seat__role=Seat.Role.CHAIR).order_by("-starts_on")
    chief = sitting.filter(seat__role=Seat.Role.CHIEF_EXECUTIVE).order_by("-starts_on")
    return trusts.select_related("region").annotate(
        seats_open=_number(seats),
        seats_vacant=_number(seats.filter(~held)),
        terms_ending=_number(sitting.filter(soon).order_by()),
        chair=Subquery(chair.values("person__full_name")[:1]),
        chair_until=Subquery(chair.values("ends_on")[:1]),
        chief_executive=Subquery(chief.values("person__full_name")[:1]),
    )


def _number(rows: QuerySet[Any]) -> Subquery:
    """As a function, not as an aggregate: nothing is grouped, so that none is 0."""
    return Subquery(rows.annotate(n=Func(F("pk"), function="COUNT")).values("n"), output_field=IntegerField())


def table(rows: Iterable[Any]) -> Iterator[tuple[str, ...]]:
    """The list as cells, safe in a spreadsheet."""
    yield COLUMNS
    for trust in rows:
        yield tuple(guarded(cell) for cell in _cells(trust))


def _cells(trust: Any) -> tuple[str, ...]:
    return (
        trust.ods_code,
        trust.name,
        trust.region.name if trust.region else "",
        Organisation.Kind(trust.kind).label,
        trust.chair or "",
        trust.chair_until.isoformat() if trust.chair_until else "",
        trust.chief_executive or "",
        str(trust.seats_open),
        str(trust.seats_vacant),
        str(trust.terms_ending),
    )
