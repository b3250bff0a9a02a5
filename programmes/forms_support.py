"""What a buddy records of a trust."""

import datetime as dt
from typing import Any

from django import forms

from portal.forms import DateField, PortalForm


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
