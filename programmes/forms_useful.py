"""Why a page was of no use, without a word about the person who says so."""

import re

from django import forms

from portal.forms import PortalForm
from programmes.models import UsefulAnswer

# An email address, or digits enough for a telephone or an NHS number.
PERSONAL = re.compile(r"\S+@\S+\.\S+|(?:\d[\s().-]?){7,}")


class ReasonForm(PortalForm):
    reason = forms.ChoiceField(
        label="Why was it of no use to you?", choices=UsefulAnswer.Reason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="What should we change?",
        help_text="Do not write about yourself or about a patient. We cannot answer here.",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if PERSONAL.search(words):
            raise forms.ValidationError("Take out the email address or number: we keep nothing about people here")
        return words
