"""What is typed about somebody in a cohort. No writes."""

from django import forms

from portal.forms import DateField, PortalForm
from talent.models import ParticipationOutcome


class OutcomeForm(PortalForm):
    kind = forms.ChoiceField(
        label="What became of them?", choices=ParticipationOutcome.Kind.choices, widget=forms.RadioSelect
    )
    happened_on = DateField(label="On which day?")
    reason = forms.CharField(
        label="How do we know?", required=False, max_length=300, help_text="For example: told us, the trust’s page."
    )
