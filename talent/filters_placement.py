"""How the list of placements is narrowed down."""

import django_filters
from django.utils import timezone

from portal.filters import FilterForm
from portal.models import Organisation, Region
from talent.models import Placement
from talent.models.placement import PlacementQuerySet


class PlacementFilter(django_filters.FilterSet):
    region = django_filters.ModelChoiceFilter(
        field_name="application__region", queryset=Region.objects.all(), empty_label="Any region", label="Region"
    )
    host = django_filters.ModelChoiceFilter(
        queryset=Organisation.objects.trusts(), empty_label="Any trust", label="Host trust"
    )
    state = django_filters.ChoiceFilter(
        choices=[("planned", "Not begun"), ("running", "Running"), ("ended", "Ended")],
        empty_label="Any state",
        method="in_state",
        label="State",
    )

    class Meta:
        model = Placement
        fields: list[str] = []
        form = FilterForm

    def in_state(self, queryset: PlacementQuerySet, name: str, value: str) -> PlacementQuerySet:
        today = timezone.localdate()
        match value:
            case "planned":
                return queryset.filter(outcome="", starts_on__gt=today)
            case "running":
                return queryset.filter(outcome="", starts_on__lte=today)
        return queryset.exclude(outcome="")
