"""How the register of interim executives is narrowed down."""

import datetime as dt

import django_filters

from appointments.filters import DayFilter
from appointments.models import Interim
from appointments.models.interim import InterimQuerySet
from appointments.models.pay import EXECUTIVE_ROLES
from portal.filters import FilterForm
from portal.models import Region


class InterimFilter(django_filters.FilterSet):
    role = django_filters.ChoiceFilter(
        method="who_know_the_post", choices=EXECUTIVE_ROLES, label="Post", empty_label="All posts"
    )
    region = django_filters.ModelChoiceFilter(
        field_name="regions", queryset=Region.objects.all(), label="Region", empty_label="All regions"
    )
    most = django_filters.NumberFilter(field_name="day_rate", lookup_expr="lte", label="Day rate up to, GBP")
    free_on = DayFilter(method="who_are_free", label="Free on")

    class Meta:
        model = Interim
        fields: list[str] = []
        form = FilterForm

    def who_know_the_post(self, queryset: InterimQuerySet, name: str, value: str) -> InterimQuerySet:
        return queryset.filter(roles__contains=[value])

    def who_are_free(self, queryset: InterimQuerySet, name: str, value: dt.date) -> InterimQuerySet:
        return queryset.free_on(value)
