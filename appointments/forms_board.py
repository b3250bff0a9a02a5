"""What is said of a board as it sits: right or wrong, who leaves a seat, whom a foundation trust has appointed."""

from typing import Any

from django import forms

from appointments.models import Seat, Tenure
from portal.forms import DateField, PortalForm


class BoardConfirmForm(PortalForm):
    """Whether the board is recorded rightly, and if not, what is wrong."""

    right = forms.ChoiceField(
        label="Is this your board today?",
        choices=[("yes", "Yes, all of it is right"), ("no", "No, something is wrong or missing")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether this is your board today"},
    )
    wrong = forms.CharField(
        label="What is wrong?",
        help_text="Name the seat, what is recorded and what it should be. The talent team puts it right.",
        widget=forms.Textarea,
        max_length=2000,
        required=False,
    )
    reveals = {("right", "no"): ("wrong",)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("right") == "no" and not cleaned.get("wrong"):
            self.add_error("wrong", "Say what is wrong")
        return cleaned

    def said(self) -> str:
        return self.cleaned_data["wrong"] if self.cleaned_data["right"] == "no" else ""

    def thanks(self) -> str:
        return "Thank you. The talent team has been told." if self.said() else "Thank you. Your board is confirmed."


ON_WHOSE_WORD: dict[str, Any] = {
    "label": "On whose word",
    "help_text": "Who told us, and when. Only those who keep this board see it.",
    "max_length": 500,
    "error_messages": {"required": "Say who told us, and when"},
}


class TenureEndForm(PortalForm):
    """How, when and on whose word somebody leaves a seat."""

    kind = forms.ChoiceField(label="How does it end?", choices=Tenure.End.choices, widget=forms.RadioSelect)
    ground = forms.CharField(
        label="Ground of the termination",
        help_text="For example: in the interests of the health service; disqualified under regulation 11.",
        max_length=200,
        required=False,
    )
    last_on = DateField(label="Last day", help_text="Somebody else can sit from the next day on.")
    reason = forms.CharField(**ON_WHOSE_WORD)
    reveals = {("kind", Tenure.End.TERMINATION.value): ("ground",)}

    def __init__(self, *args: Any, tenure: Tenure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_on"].not_before, self.fields["last_on"].not_after = tenure.starts_on, tenure.ends_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        termination = cleaned.get("kind") == Tenure.End.TERMINATION
        if termination and not cleaned.get("ground"):
            self.add_error("ground", "Enter the ground of the termination")
        if not termination:
            cleaned["ground"] = ""
        return cleaned


class NoticeForm(PortalForm):
    """Whom a foundation trust has appointed to one of its seats."""

    name = forms.CharField(label="Full name", max_length=200)
    email = forms.EmailField(label="Email address", required=False)
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day of the term", required=False)
    reason = forms.CharField(**ON_WHOSE_WORD)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].not_before = seat.opened_on
        self.needs_end = seat.is_non_executive

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if self.needs_end and not last and "ends_on" not in self.errors:
            self.add_error("ends_on", "Enter the last day; a chair’s or non-executive’s term has an end")
        if first and last and last < first:
            self.add_error("ends_on", "The last day must not be before the first day")
        return cleaned
