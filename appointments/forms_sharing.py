"""What is asked to show a list to a trust, and what the trust says of somebody. No writes."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from appointments.models import SharedList, ShareEvent
from appointments.sharing import LONGEST
from portal.forms import DateField, PortalForm
from portal.models import Organisation
from talent.models import Person


class ShareForm(PortalForm):
    trust = forms.ModelChoiceField(
        Organisation.objects.none(), empty_label="Choose a trust", error_messages={"required": "Choose a trust"}
    )
    vacancy = forms.CharField(
        label="For which vacancy?",
        max_length=200,
        help_text="For example, Non-executive director with audit experience.",
        error_messages={"required": "Say for which vacancy"},
    )
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label="Who is shown?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Only people who agreed to be shown to a trust stand here.",
        error_messages={"required": "Choose at least one person"},
    )
    parts = forms.MultipleChoiceField(
        label="What may the trust see beside the name?",
        choices=SharedList.Part.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    until = DateField(
        label="Until when?",
        help_text=f"The last day on which the trust sees it, within {LONGEST.days} days.",
        error_messages={"required": "Enter the last day"},
    )
    message = forms.CharField(label="A word to the trust", required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, trusts: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trust"].queryset = trusts
        self.fields["people"].queryset = people
        self.fields["people"].label_from_instance = lambda person: (
            f"{person.full_name}, {person.headline}" if person.headline else person.full_name
        )

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today <= until <= today + LONGEST:
            raise forms.ValidationError(f"The last day must be within the next {LONGEST.days} days")
        return until


class ViewForm(PortalForm):
    view = forms.ChoiceField(
        label="What do you think?",
        choices=ShareEvent.View.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you think"},
    )
    words = forms.CharField(
        label="Anything the talent team should know",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="The person may ask to see what you write about them.",
    )
