"""How the list of fit and proper checks is narrowed down."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Q

from appointments.fitness import RENEWAL_NOTICE
from appointments.models import CheckSet, FrameworkVersion, Seat
from appointments.models.check import CheckSetQuerySet
from portal.filters import FilterForm, ReachFilter
from portal.models import Organisation, Region
from portal.names import folded

OPEN, DUE, WAIVED, COMPLETE = "open", "due", "waived", "complete"
STATES = [
    (OPEN, "Open or overdue"),
    (DUE, "Falls due within 60 days"),
    (WAIVED, "Waived"),
    (COMPLETE, "Complete"),
]


class CheckSetFilter(ReachFilter):
    q = django_filters.CharFilter(method="by_name", label="Name, trust or ODS code")
    state = django_filters.ChoiceFilter(choices=STATES, method="by_state", empty_label="All", label="Checks")
    region = django_filters.ModelChoiceFilter(
        field_name="seat__board__region", queryset=Region.objects.all(), label="Region", empty_label="All regions"
    )
    role = django_filters.ChoiceFilter(
        field_name="seat__role", choices=Seat.Role.choices, label="Seat", empty_label="All seats"
    )
    framework = django_filters.ModelChoiceFilter(
        queryset=FrameworkVersion.objects.all(), label="Framework", empty_label="All frameworks"
    )

    class Meta:
        model = CheckSet
        fields: list[str] = []
        form = FilterForm

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def by_name(self, queryset: CheckSetQuerySet, name: str, value: str) -> CheckSetQuerySet:
        boards = Organisation.objects.filter(Q(sort_name__contains=folded(value)) | Q(ods_code__iexact=value.strip()))
        return queryset.filter(Q(person__sort_name__contains=folded(value)) | Q(seat__board__in=boards.values("pk")))

    def by_state(self, queryset: CheckSetQuerySet, name: str, value: str) -> CheckSetQuerySet:
        is_open = queryset.with_open(self.today)
        if value == OPEN:
            return is_open
        rest = queryset.exclude(pk__in=is_open.values("pk"))
        if value == DUE:
            return rest.due_by(self.today + RENEWAL_NOTICE)
        return rest.filter(waived_count__gt=0) if value == WAIVED else rest.filter(waived_count=0)
