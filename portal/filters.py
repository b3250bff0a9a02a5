"""What a list of trusts can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q

from portal.forms import PortalForm
from portal.models import Organisation, Region
from portal.models.organisation import OrganisationQuerySet
from portal.names import folded

KINDS = [(kind.value, kind.label) for kind in Organisation.TRUST_KINDS]


class FilterForm(PortalForm):
    mark_optional = False  # every filter is


class TrustFilter(django_filters.FilterSet):
    """Open trusts, unless closed ones are asked for too."""

    q = django_filters.CharFilter(method="by_name", label="Name or ODS code")
    region = django_filters.ModelChoiceFilter(queryset=Region.objects.all(), label="Region", empty_label="All regions")
    sector = django_filters.ChoiceFilter(choices=Organisation.Sector.choices, label="Sector", empty_label="All sectors")
    kind = django_filters.ChoiceFilter(choices=KINDS, label="Kind", empty_label="All kinds")
    closed = django_filters.BooleanFilter(
        method="with_closed", label="Include closed trusts", widget=forms.CheckboxInput
    )

    class Meta:
        model = Organisation
        fields: list[str] = []
        form = FilterForm

    def by_name(self, queryset: OrganisationQuerySet, name: str, value: str) -> OrganisationQuerySet:
        return queryset.filter(Q(sort_name__contains=folded(value)) | Q(ods_code__iexact=value.strip()))

    def with_closed(self, queryset: OrganisationQuerySet, name: str, value: Any) -> OrganisationQuerySet:
        return queryset

    def filter_queryset(self, queryset: OrganisationQuerySet) -> OrganisationQuerySet:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("closed") else found.open_on(self.day)

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
