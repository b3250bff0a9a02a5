"""What lists are narrowed by: regions, trusts and what they are, where the reader has more than one to choose from."""

from collections.abc import Collection
from typing import Any

import django_filters
from django import forms
from django.db.models import Q

from portal.access import Viewer, boards_visible_to, sees_one_board, sees_one_region
from portal.forms import PortalForm
from portal.models import Organisation, Region
from portal.models.organisation import OrganisationQuerySet
from portal.names import folded

KINDS = [(kind.value, kind.label) for kind in Organisation.TRUST_KINDS]


class FilterForm(PortalForm):
    mark_optional = False  # every filter is


class ReachFilter(django_filters.FilterSet):
    """Filters of a list that holds what its reader may see. What they see one of is not asked, unless the address does:
    a link from elsewhere stays as narrow as it says, and can be seen to be.

    Without a reader, a list for everybody, all is asked.
    """

    of_one_board: Collection[str] = ("region", "trust")
    of_one_region: Collection[str] = ("region",)

    def __init__(self, *args: Any, user: Viewer | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if user is not None and "trust" in self.filters:
            self.filters["trust"].queryset = boards_visible_to(user).order_by("sort_name", "pk")

    @property
    def form(self) -> Any:
        if not hasattr(self, "_form"):
            form = super().form
            # The list does not name the one board in every row either.
            form.one_board = self.user is not None and sees_one_board(self.user)
            for name in self._settled():
                if not form.data.get(name):
                    form.fields.pop(name, None)
        return self._form

    def _settled(self) -> Collection[str]:
        if self.user is None:
            return ()
        if sees_one_board(self.user):
            return self.of_one_board
        return self.of_one_region if sees_one_region(self.user) else ()


class TrustFilter(ReachFilter):
    """Open trusts, unless closed ones are asked for too."""

    of_one_board = ("q", "region", "sector", "kind", "closed")

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
