"""What is asked beside the scheme's own questions: the truth of it, adjustments, equality, leaving, complaints."""

from typing import Any

from django import forms

from portal.forms import PortalForm, WordLimitField
from talent.models import Application
from talent.monitoring import ASKED, FIELDS


class DeclarationForm(PortalForm):
    true = forms.BooleanField(
        label="What I have written is true and complete, as far as I know",
        error_messages={"required": "Tick the box to say that what you have written is true and complete"},
    )


class WithdrawForm(PortalForm):
    reason = forms.CharField(
        label="Why are you withdrawing?",
        help_text="You do not have to say. It helps us to make the scheme better.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


class AdjustmentForm(PortalForm):
    needs = WordLimitField(
        max_words=300,
        label="What would help you to take part?",
        help_text="For example more time, a sign language interpreter, step-free rooms or questions on paper.",
        required=False,
    )
    guaranteed_interview = forms.BooleanField(
        label="I am disabled and I ask for a guaranteed interview",
        help_text="If you meet the essential criteria, you are invited to interview.",
        required=False,
    )

    def __init__(self, *args: Any, offers_interview: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not offers_interview:
            del self.fields["guaranteed_interview"]


class EqualityForm(PortalForm):
    """Every question may be left empty, and each has “prefer not to say”."""

    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.base_fields = {key: _monitoring_field(key) for key in ASKED}
        super().__init__(*args, **kwargs)

    def given(self) -> dict[str, str]:
        return {key: value for key, value in self.cleaned_data.items() if value}


def _monitoring_field(key: str) -> forms.ChoiceField:
    asked = FIELDS[key]
    return forms.ChoiceField(
        choices=asked.choices, widget=forms.RadioSelect, label=asked.label, help_text=asked.hint, required=False
    )


class ComplaintForm(PortalForm):
    application = forms.ModelChoiceField(
        Application.objects.none(),
        label="Which application is it about?",
        empty_label="None, or I would rather not say",
        required=False,
    )
    words = WordLimitField(
        max_words=1000,
        label="What happened?",
        help_text="Say what went wrong and what you would like us to do about it.",
    )

    def __init__(self, *args: Any, applications: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["application"].queryset = applications  # type: ignore[attr-defined]


class MailChoiceForm(PortalForm):
    reminders = forms.BooleanField(
        label="Remind me by email before a deadline when I have an application that is not sent", required=False
    )
