"""How the decision register and the terms that end are narrowed down."""

import datetime as dt
from typing import Any

import django_filters

from appointments.ending import HORIZONS, last_day_within
from appointments.models import Committee, Decision, Seat, Tenure
from appointments.models.tenure import TenureQuerySet
from portal.forms import DateField, PortalForm
from portal.models import Region


class DayFilter(django_filters.Filter):
    field_class = DateField


class FilterForm(PortalForm):
    mark_optional = False  # nothing in a filter is required


class DecisionFilter(django_filters.FilterSet):
    committee = django_filters.ModelChoiceFilter(
        field_name="meeting__committee",
        queryset=Committee.objects.all(),
        empty_label="Any committee",
        label="Committee",
    )
    outcome = django_filters.ChoiceFilter(choices=Decision.Outcome.choices, empty_label="Any outcome")
    region = django_filters.ModelChoiceFilter(
        field_name="item__application__region", queryset=Region.objects.all(), empty_label="Any region", label="Region"
    )
    decided_from = DayFilter(field_name="at", lookup_expr="date__gte", label="Decided from")
    decided_to = DayFilter(field_name="at", lookup_expr="date__lte", label="Decided to")

    class Meta:
        model = Decision
        fields: list[str] = []
        form = FilterForm


class TermFilter(django_filters.FilterSet):
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
