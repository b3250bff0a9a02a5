"""How the decision register and the terms that end are narrowed down."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import Q

from appointments.ending import HORIZONS, last_day_within
from appointments.models import Appointment, Committee, Decision, Seat, Tenure
from appointments.models.appointment import AppointmentQuerySet
from appointments.models.tenure import TenureQuerySet
from appointments.register import years_recorded
from appointments.years import ReportingYear
from portal.filters import FilterForm, ReachFilter
from portal.forms import DateField
from portal.ledger import AppendOnlyQuerySet
from portal.models import Organisation, Region
from portal.names import folded
from talent.models import Person


class DayFilter(django_filters.Filter):
    field_class = DateField


class DecisionFilter(django_filters.FilterSet):
    committee = django_filters.ModelChoiceFilter(
        field_name="meeting__committee",
        queryset=Committee.objects.all(),
        empty_label="Any committee",
        label="Committee",
    )
    outcome = django_filters.ChoiceFilter(choices=Decision.Outcome.choices, empty_label="Any outcome")
    region = django_filters.ModelChoiceFilter(
        method="in_region", queryset=Region.objects.all(), empty_label="Any region", label="Region"
    )
    decided_from = DayFilter(field_name="at", lookup_expr="date__gte", label="Decided from")
    decided_to = DayFilter(field_name="at", lookup_expr="date__lte", label="Decided to")

    class Meta:
        model = Decision
        fields: list[str] = []
        form = FilterForm

    def in_region(self, queryset: AppendOnlyQuerySet, name: str, value: Region) -> AppendOnlyQuerySet:
        """Of an applicant's region, or of the board's whose seat it is about."""
        return queryset.filter(Q(item__application__region=value) | Q(item__proposal__seat__board__region=value))


class TermFilter(ReachFilter):
    """Seats that fall vacant within some months of a day: 18 months of today unless asked otherwise."""

    within = django_filters.ChoiceFilter(
        method="as_it_is",
        label="Term ends within",
        choices=[(str(n), f"{n} months") for n in reversed(HORIZONS)],
        empty_label=None,
    )
    region = django_filters.ModelChoiceFilter(
        field_name="seat__board__region", queryset=Region.objects.all(), label="Region", empty_label="All regions"
    )
    role = django_filters.ChoiceFilter(
        field_name="seat__role", choices=Seat.Role.choices, label="Seat", empty_label="All seats"
    )
    as_of = DayFilter(method="as_it_is", label="As of", help_text="Leave empty for today.")

    class Meta:
        model = Tenure
        fields: list[str] = []
        form = FilterForm

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    @property
    def day(self) -> dt.date:
        return (self.form.is_valid() and self.form.cleaned_data.get("as_of")) or self.today

    @property
    def months(self) -> int:
        return int((self.form.is_valid() and self.form.cleaned_data.get("within")) or HORIZONS[-1])

    def as_it_is(self, queryset: TenureQuerySet, name: str, value: Any) -> TenureQuerySet:
        return queryset

    def chosen(self) -> TenureQuerySet:
        """Those within the months asked for, the next to end first; `qs` is before the day and the months."""
        ending = self.qs.falling_vacant(self.day, last_day_within(self.day, self.months))
        return ending.order_by("ends_on", "seat__board__sort_name", "pk")


RENEWED, NON_EXECUTIVE = "renewed", "non_executive"
TRUST_KINDS = [(kind.value, f"{kind.label}s") for kind in Organisation.TRUST_KINDS]


class AppointmentFilter(ReachFilter):
    """The register narrowed down; the year-end report's figures link here with the filters that they count by."""

    of_one_board = ("region", "trust", "trusts")

    q = django_filters.CharFilter(method="by_name", label="Person or trust")
    year = django_filters.ChoiceFilter(
        method="in_year",
        label="Reporting year",
        help_text="April to March, by the day of the decision.",
        choices=lambda: [(str(year), str(year)) for year in years_recorded()],
        empty_label="All years",
    )
    kind = django_filters.ChoiceFilter(
        method="of_kind",
        label="Kind",
        choices=[*Appointment.Kind.choices, (RENEWED, "Reappointments and extensions")],
        empty_label="All kinds",
    )
    role = django_filters.ChoiceFilter(
        method="of_role",
        label="Seat",
        choices=[(NON_EXECUTIVE, "Chairs and non-executive directors"), *Seat.Role.choices],
        empty_label="All seats",
    )
    region = django_filters.ModelChoiceFilter(
        field_name="board__region", queryset=Region.objects.all(), label="Region", empty_label="All regions"
    )
    trust = django_filters.ModelChoiceFilter(
        field_name="board",
        queryset=Organisation.objects.none(),
        to_field_name="ods_code",
        label="Trust",
        empty_label="All trusts",
    )
    trusts = django_filters.ChoiceFilter(
        field_name="board__kind", label="Kind of trust", choices=TRUST_KINDS, empty_label="All kinds of trust"
    )
    replaced = django_filters.BooleanFilter(
        method="with_replaced", label="Include rows that were corrected or taken back", widget=forms.CheckboxInput
    )

    class Meta:
        model = Appointment
        fields: list[str] = []
        form = FilterForm

    def by_name(self, queryset: AppointmentQuerySet, name: str, value: str) -> AppointmentQuerySet:
        words = folded(value)
        people = Person.objects.filter(sort_name__contains=words).values("pk")
        trusts = Organisation.objects.filter(Q(sort_name__contains=words) | Q(ods_code__iexact=value.strip()))
        return queryset.filter(Q(person__in=people) | Q(board__in=trusts.values("pk")))

    def in_year(self, queryset: AppointmentQuerySet, name: str, value: str) -> AppointmentQuerySet:
        return queryset.decided_in(ReportingYear.parse(value))

    def of_kind(self, queryset: AppointmentQuerySet, name: str, value: str) -> AppointmentQuerySet:
        return queryset.filter(kind__in=Appointment.RENEWALS if value == RENEWED else [value])

    def of_role(self, queryset: AppointmentQuerySet, name: str, value: str) -> AppointmentQuerySet:
        return queryset.filter(role__in=Seat.NON_EXECUTIVE if value == NON_EXECUTIVE else [value])

    def with_replaced(self, queryset: AppointmentQuerySet, name: str, value: Any) -> AppointmentQuerySet:
        return queryset

    def filter_queryset(self, queryset: AppointmentQuerySet) -> AppointmentQuerySet:
        found: AppointmentQuerySet = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("replaced") else found.standing()
