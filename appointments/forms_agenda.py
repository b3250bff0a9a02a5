"""What the secretariat types to build an agenda: its parts, its items' lines, other business. No writes."""

from collections.abc import Iterable
from typing import Any

from django import forms

from appointments.models import AgendaItem, AgendaSection, Proposal
from portal.forms import PortalForm

MANY = 480  # minutes: no meeting is longer than a working day


class SectionForm(PortalForm):
    title = forms.CharField(max_length=120)
    minutes = forms.IntegerField(
        label="Minutes of its own",
        help_text="Before its first item, such as for the welcome. 0 for a part that is only its items.",
        min_value=0,
        max_value=MANY,
        initial=0,
    )


class ItemForm(PortalForm):
    """An item's line on the agenda; what is decided about is another matter."""

    title = forms.CharField(max_length=200)
    section = forms.ModelChoiceField(
        AgendaSection.objects.none(), label="Part", empty_label="Behind all parts", required=False
    )
    minutes = forms.IntegerField(label="Minutes allotted", min_value=0, max_value=MANY)
    presenter = forms.CharField(label="Presented by", max_length=120, required=False)
    note = forms.CharField(label="Note for the committee", widget=forms.Textarea, required=False)

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        line = {name: getattr(item, name) for name in ("title", "section", "minutes", "presenter", "note")}
        super().__init__(*args, initial=line, **kwargs)
        self.fields["section"].queryset = item.meeting.sections.all()


class BusinessForm(PortalForm):
    title = forms.CharField(max_length=200)
    note = forms.CharField(label="Note for the committee", widget=forms.Textarea, required=False)
    section = forms.ChoiceField(
        label="Part of the agenda",
        choices=[(key.value, key.label) for key in (AgendaSection.Key.POLICY, AgendaSection.Key.OTHER)],
        initial=AgendaSection.Key.POLICY,
        widget=forms.RadioSelect,
    )


class AddProposalsForm(PortalForm):
    proposals = forms.ModelMultipleChoiceField(
        Proposal.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the proposals to add"},
    )

    def __init__(self, *args: Any, ready: Iterable[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposals"].queryset = Proposal.objects.filter(pk__in=[p.pk for p in ready]).select_related(
            "seat__board", "person"
        )
