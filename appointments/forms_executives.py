"""What is typed about executives: an appointment or move, an end, an interim's entry and assignment. No writes."""

import datetime as dt
from typing import Any

from django import forms

from appointments.models import Interim, Seat, Tenure
from portal.forms import DateField, PortalForm, PortalModelForm
from portal.models import Region

PEOPLE = "An executive of this trust, or somebody else by name below."


class ExecutiveForm(PortalForm):
    """Who comes to an executive's seat, when, for how much and how paid."""

    mark_optional = True

    holder = forms.ModelChoiceField(
        Tenure.objects.none(), label="Who", required=False, empty_label="Somebody else", help_text=PEOPLE
    )
    name = forms.CharField(label="Full name of somebody else", max_length=200, required=False)
    email = forms.EmailField(label="Their email address", required=False)
    starts_on = DateField(label="First day")
    acting = forms.BooleanField(label="They act up, and keep the post they have", required=False)
    ends_on = DateField(label="Last day", required=False, help_text="Needed for acting-up and off-payroll.")
    remuneration = forms.IntegerField(label="Pay, GBP a year", min_value=0, required=False)
    authority = forms.CharField(
        label="Authority for pay above the cap or the range",
        max_length=200,
        required=False,
        help_text="For example the minister’s letter, with its date and reference.",
    )
    off_payroll = forms.BooleanField(label="Paid off the payroll", required=False)
    off_payroll_reason = forms.CharField(label="Why the post is filled off the payroll", max_length=300, required=False)
    reason = forms.CharField(label="Reason for the proposal", widget=forms.Textarea(attrs={"rows": 4}))
    reveals = {("off_payroll", "on"): ("off_payroll_reason",)}

    def __init__(self, *args: Any, seat: Seat, holders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = holders
        self.fields["holder"].label_from_instance = lambda t: f"{t.person}, {t.seat.title}"
        self.fields["starts_on"].not_before = seat.opened_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("holder") and not cleaned.get("name"):
            self.add_error("name", "Choose an executive of this trust, or enter the full name of somebody else")
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day must not be before the first day")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """The fields of the proposal."""
        named = ("starts_on", "ends_on", "acting", "remuneration", "authority", "off_payroll", "off_payroll_reason")
        return {name: self.cleaned_data[name] for name in named}


class InterimForm(PortalModelForm):
    """An entry of the register, by talent staff; a member's own has no assessment in it."""

    roles = forms.MultipleChoiceField(
        label="Which posts?",
        choices=Interim._meta.get_field("roles").base_field.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    regions = forms.ModelMultipleChoiceField(
        Region.objects.all(), label="In which regions?", widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Interim
        fields = ["roles", "day_rate", "available_from", "regions", "off_payroll", "summary"]
        labels = {"summary": "Experience in a few lines", "off_payroll": "Off-payroll assessment"}
        error_messages = {"available_from": {"required": "Enter the first day on which they are available"}}

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name in self.Meta.fields}


class OwnInterimForm(InterimForm):
    article = "your"

    class Meta(InterimForm.Meta):
        fields = ["roles", "day_rate", "available_from", "regions", "summary"]
        error_messages = {"available_from": {"required": "Enter the first day on which you are available"}}


class InterimJoinForm(InterimForm):
    name = forms.CharField(label="Full name", max_length=200)
    email = forms.EmailField(label="Email address")
    reason = forms.CharField(label="How and when did they consent?", max_length=300)
    field_order = ["name", "email", *InterimForm.Meta.fields, "reason"]


class InterimAssignForm(PortalForm):
    seat = forms.ModelChoiceField(Seat.objects.none(), label="Vacant seat", empty_label="Choose a seat")
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day")
    reason = forms.CharField(label="What was agreed, and with whom", max_length=300)

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats


class PayForm(PortalForm):
    """What an executive is paid whom no decision in the portal appointed."""

    pounds = forms.IntegerField(
        label="Pay, GBP a year", help_text="For the whole post, without pension.", min_value=1, max_value=999_999
    )
    from_on = DateField(
        label="Paid so from",
        help_text="The first day of this pay. Often the first day in the seat.",
        error_messages={"required": "Enter the first day of this pay"},
    )
    reason = forms.CharField(
        label="Where does this figure come from?",
        help_text="For example the trust’s annual report, or a letter of its remuneration committee. Kept on record.",
        max_length=300,
        error_messages={"required": "Say where this figure comes from"},
    )

    def __init__(self, *args: Any, tenure: Tenure, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"from_on": tenure.starts_on}, **kwargs)
        field = self.fields["from_on"]
        field.not_before, field.not_after = tenure.starts_on, min(tenure.ends_on or today, today)
