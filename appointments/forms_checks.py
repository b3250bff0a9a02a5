"""What is typed about fit and proper checks: results, files, waivers, a declaration, a yearly word. No writes."""

from typing import Any

from django import forms

from appointments.models import Check, Ground
from portal.forms import DateField, PortalForm
from portal.models import Organisation
from talent.models import Person

NONE_APPLIES = "none"


class ResultForm(PortalForm):
    result = forms.ChoiceField(choices=Check.Result.choices, widget=forms.RadioSelect)
    done_on = DateField(label="When was the check made?")
    renews_on = DateField(
        label="It holds until",
        required=False,
        help_text="Only if that is earlier than the framework says, for example because a certificate runs out.",
    )
    reason = forms.CharField(
        label="What follows from it",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed for a concern, for what does not apply, and for a correction. Do not repeat what was found.",
    )

    def __init__(self, *args: Any, may_not_apply: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_not_apply:
            self.fields["result"].choices = [c for c in Check.Result.choices if c[0] != Check.Result.NOT_APPLICABLE]


class EvidenceForm(PortalForm):
    file = forms.FileField(label="File", help_text="A PDF, a Word document (.docx) or an OpenDocument text (.odt).")


class WaiverForm(PortalForm):
    until = DateField(label="Until when may it stay open?")
    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 3}))


class DeclareFitnessForm(PortalForm):
    """The grounds one by one; "none of these" stands against all of them."""

    article = "your"
    exclusive = frozenset({("grounds", NONE_APPLIES)})

    grounds = forms.MultipleChoiceField(
        label="Which of these apply to you?",
        choices=[*Ground.choices, (NONE_APPLIES, "None of these")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Regulation 11 of SI 1990/2024 and the rules beside it. What applies is talked over with you.",
        error_messages={"required": "Select what applies to you, or “None of these”"},
    )
    signed_name = forms.CharField(
        label="Sign with your full name",
        max_length=200,
        help_text="By signing you say that this is true, and that you will tell the talent team of any change.",
        error_messages={"required": "Sign with your full name"},
    )

    def clean_grounds(self) -> list[str]:
        said = self.cleaned_data["grounds"]
        if NONE_APPLIES in said and len(said) > 1:
            raise forms.ValidationError("Select “None of these” alone, or what applies to you")
        return [ground for ground in said if ground != NONE_APPLIES]


class AttestForm(PortalForm):
    right = forms.BooleanField(
        label="On behalf of the chair I confirm that every board member was checked as the framework asks, "
        "but for what I say below",
        error_messages={"required": "Confirm on behalf of the chair"},
    )
    reason = forms.CharField(
        label="What is outstanding, and what is being done",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed where the list above names somebody whose checks are open or not on record.",
    )


class OpenChecksForm(PortalForm):
    """Whose checks for a seat: somebody who is known here."""

    person = forms.ModelChoiceField(Person.objects.none(), empty_label="Choose a person")
    starts_on = DateField(label="First day in the seat", help_text="The framework in force on that day decides.")

    def __init__(self, *args: Any, board: Organisation, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["starts_on"].help_text += f" {board} is told the outcome only."
