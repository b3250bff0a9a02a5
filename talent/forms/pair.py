"""What two who apply together type: whom one asks, and the panel's award with the words that announce it."""

import datetime as dt
from typing import Any

from django import forms

from portal.forms import DateField, PortalForm, WordLimitField
from talent.models import Craft


class PartnerForm(PortalForm):
    craft = forms.ChoiceField(
        label="Which are you?",
        help_text="The person you ask is the other.",
        choices=Craft.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you are the clinician or the manager"},
    )
    name = forms.CharField(
        label="Their full name",
        max_length=200,
        error_messages={"required": "Enter the name of the person you want to apply with"},
    )
    email = forms.EmailField(
        label="Their email address",
        help_text="We send the invitation there, and they sign in with this address.",
        error_messages={"required": "Enter their email address"},
    )


class AwardForm(PortalForm):
    decided_on = DateField(label="When did the panel decide?")
    reason = WordLimitField(
        max_words=300, label="Why this pair?", help_text="The panel’s reason. It is kept with the award, not published."
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_decided_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["decided_on"]
        if day > self.today:
            raise forms.ValidationError("The day must be today or in the past")
        return day


class AnnouncementForm(PortalForm):
    employer = forms.CharField(label="Where do they work?", max_length=200)
    citation = WordLimitField(
        max_words=150,
        label="What is it for?",
        help_text="What the two of them will do, in words for everybody. Both have agreed to this being published.",
    )
