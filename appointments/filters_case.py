"""How the cases of seats that fall vacant, and the proposals, are narrowed down."""

from functools import partial

import django_filters
from django.utils.timezone import localdate

from appointments.ending import HORIZONS
from appointments.models import Case, Proposal
from appointments.models.case import CaseQuerySet
from appointments.models.proposal import ProposalQuerySet
from portal.filters import FilterForm, ReachFilter
from portal.models import Organisation, Region

NONE = "none"


class OfABoard(ReachFilter):
    """Region and trust of the seat's board: those that the reader sees."""

    region = django_filters.ModelChoiceFilter(
        field_name="seat__board__region", queryset=Region.objects.all(), label="Region", empty_label="All regions"
    )
    trust = django_filters.ModelChoiceFilter(
        field_name="seat__board",
        queryset=Organisation.objects.none(),
        to_field_name="ods_code",
        label="Trust",
        empty_label="All trusts",
    )


class CaseFilter(OfABoard):
    horizon = django_filters.ChoiceFilter(
        label="Term ends within",
        choices=[(n, f"{n} months") for n in HORIZONS],
        lookup_expr="lte",
        empty_label="Any time",
    )
    intent = django_filters.ChoiceFilter(
        method="by_intent",
        label="Intention",
        choices=[(NONE, "None yet"), *Case.Intent.choices],
        empty_label="Any or none",
    )

    class Meta:
        model = Case
        fields: list[str] = []
        form = FilterForm

    def by_intent(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return queryset.filter(intent="" if value == NONE else value)


class ProposalFilter(OfABoard):
    STATES = (
        ("incomplete", "Open, a fact is missing"),
        ("unchecked", "Open, checks are open"),
        ("waiting", "Open, on no agenda"),
        ("all", "All"),
    )

    kind = django_filters.ChoiceFilter(choices=Proposal.Kind.choices, empty_label="All kinds")
    state = django_filters.ChoiceFilter(method="by_state", label="State", choices=STATES, empty_label="Open")

    class Meta:
        model = Proposal
        fields: list[str] = []
        form = FilterForm

    def by_state(self, queryset: ProposalQuerySet, name: str, value: str) -> ProposalQuerySet:
        return queryset

    def filter_queryset(self, queryset: ProposalQuerySet) -> ProposalQuerySet:
        found: ProposalQuerySet = super().filter_queryset(queryset)
        narrowed = {
            "incomplete": found.incomplete,
            "unchecked": partial(found.unchecked, localdate()),
            "waiting": found.on_no_agenda,
            "all": found.all,
        }
        return narrowed.get(self.form.cleaned_data.get("state") or "", found.open)()
