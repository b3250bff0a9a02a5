"""What staff decide about two records. No writes."""

from typing import Any

from django import forms

from portal.forms import PortalForm
from talent.models import DuplicatePair


class DecisionForm(PortalForm):
    """One person or two, and why."""

    FIRST, SECOND, APART = "first", "second", "apart"

    decision = forms.ChoiceField(
        label="Are these records of one person?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which record to keep, or that these are two people"},
    )
    reason = forms.CharField(
        label="What shows it?",
        widget=forms.Textarea({"rows": 3}),
        max_length=600,
        error_messages={"required": "Say what shows it"},
    )

    def __init__(self, *args: Any, pair: DuplicatePair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [
            (self.FIRST, f"One person: keep record {pair.first_id}"),
            (self.SECOND, f"One person: keep record {pair.second_id}"),
            (self.APART, "Two people: keep both, and do not ask again"),
        ]


class WhyForm(PortalForm):
    reason = forms.CharField(
        label="Why?",
        widget=forms.Textarea({"rows": 3}),
        max_length=600,
        error_messages={"required": "Say why"},
    )
