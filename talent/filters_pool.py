"""How the talent team narrows a pool."""

import django_filters
from django.db.models import Q, QuerySet

from portal.filters import FilterForm, ReachFilter
from portal.models import Region
from talent.models import Person, PoolMembership


class PoolFilter(ReachFilter):
    words = django_filters.CharFilter(label="Words", method="with_words")
    region = django_filters.ModelChoiceFilter(
        label="Region", field_name="person__region", queryset=Region.objects.all(), empty_label="All regions"
    )
    readiness = django_filters.ChoiceFilter(
        label="Readiness", field_name="person__readiness", choices=Person.Readiness.choices, empty_label="Any"
    )
    board_level = django_filters.BooleanFilter(label="Has held a board-level post", method="with_board_post")

    class Meta:
        model = PoolMembership
        fields: list[str] = []
        form = FilterForm

    def with_words(self, rows: QuerySet[PoolMembership], name: str, value: str) -> QuerySet[PoolMembership]:
        """Every word must stand in the name, the profile or a post."""
        for word in value.split():
            found = Person.objects.filter(
                Q(full_name__icontains=word)
                | Q(headline__icontains=word)
                | Q(summary__icontains=word)
                | Q(posts__title__icontains=word)
                | Q(posts__employer__icontains=word)
            )
            rows = rows.filter(person__in=found)
        return rows

    def with_board_post(self, rows: QuerySet[PoolMembership], name: str, value: bool) -> QuerySet[PoolMembership]:
        return rows.filter(person__in=Person.objects.filter(posts__board_level=True)) if value else rows
