"""What is typed to put a tenure right. No writes."""

from typing import Any

from django import forms

from appointments.models import Tenure
from portal.forms import DateField, PortalForm


class DaysForm(PortalForm):
    """From when until when."""

    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day must not be before the first day")
        return cleaned


class TenureCorrectForm(DaysForm):
    """Who, from when, until when and how we know: as it stands until something else is typed."""

    field_order = ["name", "email"]
    name = forms.CharField(label="Full name", max_length=200)
    email = forms.EmailField(
        label="Email address",
        required=False,
        help_text="Another name or address means that somebody else sat here. To rename a person, change the profile.",
    )
    source = forms.ChoiceField(label="How do we know?", choices=Tenure.Source.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why is it corrected?",
        help_text="What was wrong and who said so. Only those who keep this board see it.",
        max_length=500,
        error_messages={"required": "Say why it is corrected"},
    )
    stands_because = forms.CharField(
        label="If it shows that a later term is too long: why does that term stand?",
        help_text="Leave it empty unless asked. The term is flagged until the committee has decided on it again.",
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, tenure: Tenure, **kwargs: Any) -> None:
        self.tenure = tenure
        standing = {name: getattr(tenure, name) for name in ("starts_on", "ends_on", "source")}
        initial = {"name": tenure.person.full_name, "email": tenure.person.email, **standing}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["starts_on"].not_before = tenure.seat.opened_on

    @property
    def same_person(self) -> bool:
        person = self.tenure.person
        return (self.cleaned_data["name"], self.cleaned_data["email"]) == (person.full_name, person.email)
