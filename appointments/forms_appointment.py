"""What is typed to correct a row of the register of appointments, or to take it back. No writes."""

from typing import Any

from django import forms

from appointments.forms_correction import DaysForm
from appointments.models import Appointment
from portal.forms import DateField, PortalForm, YesNoField

WHY = {"label": "Why?", "max_length": 500, "help_text": "What was wrong and who said so. The row that stands is kept."}


class AppointmentCorrectForm(DaysForm):
    """The facts of one row, as they stand until something else is typed."""

    remuneration = forms.IntegerField(label="Pounds a year", min_value=0, required=False)
    days_a_month = forms.DecimalField(min_value=0, max_value=31, max_digits=4, decimal_places=1, required=False)
    off_payroll = YesNoField(label="Paid off payroll?")
    decided_on = DateField(
        label="Day of the decision", help_text="The reporting year goes by it. Take it from the signed minutes."
    )
    reason = forms.CharField(**WHY, error_messages={"required": "Say why it is corrected"})

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any) -> None:
        names = [name for name in self.base_fields if name != "reason"]
        super().__init__(*args, initial={name: getattr(appointment, name) for name in names}, **kwargs)
        self.fields["starts_on"].not_before = appointment.seat.opened_on
        self.fields["ends_on"].required = appointment.seat.is_non_executive
        if appointment.kind == Appointment.Kind.EXTENSION:
            self.fields["starts_on"].help_text = "The day after the term would have ended."

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class AppointmentTakeBackForm(PortalForm):
    reason = forms.CharField(**WHY, error_messages={"required": "Say why it is taken back"})
