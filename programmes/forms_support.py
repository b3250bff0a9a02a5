"""What a buddy records of a trust."""

import datetime as dt
from typing import Any

from django import forms

from portal.forms import DateField, PortalForm
from programmes.models import Collaborative, TimelineStep, Wave


class StepForm(PortalForm):
    held_on = DateField(label="When did it take place?")
    notes = forms.CharField(
        label="Notes",
        help_text="The trust reads them as well: what you saw, what was agreed.",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=8000,
        required=False,
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].not_after = today


class WaveStepForm(StepForm):
    """A step that all trusts of a wave took together."""

    wave = forms.ModelChoiceField(queryset=Wave.objects.none(), label="Which wave?", empty_label=None)
    step = forms.ModelChoiceField(
        queryset=TimelineStep.objects.none(), label="Which step?", empty_label=None, widget=forms.RadioSelect
    )
    field_order = ("wave", "step", "held_on", "notes")

    def __init__(self, *args: Any, collaborative: Collaborative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wave"].queryset = collaborative.waves.all()
        self.fields["step"].queryset = collaborative.steps.all()
