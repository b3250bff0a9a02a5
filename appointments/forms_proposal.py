"""What is typed to propose a change to a seat: each kind asks for its own facts. No writes."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from appointments.models import Proposal, RemunerationRate, Seat
from portal.forms import DateField, PortalForm, YesNoField

Kind = Proposal.Kind
FOUNDATION = "A foundation trust appoints its own chair and non-executive directors. Nothing is proposed for it here."

_PAY = ("remuneration", "authority", "days_a_month")
_ADVERT = ("applicants", "closed_on")
_OFF_PAYROLL = ("off_payroll", "off_payroll_reason")
_RENEWAL = (
    "ends_on",
    "appraisal_on",
    "appraisal_satisfactory",
    *_PAY,
    "reviewed_on",
    "exceptional",
    "reason",
)
ASKED: dict[str, tuple[str, ...]] = {
    Kind.REAPPOINTMENT: _RENEWAL,
    Kind.EXTENSION: _RENEWAL,
    Kind.NEW_APPOINTMENT: ("name", "email", "starts_on", "ends_on", *_PAY, *_ADVERT, "exceptional", "reason"),
    Kind.EXECUTIVE_MOVE: ("name", "email", "starts_on", "ends_on", "acting", *_PAY, *_OFF_PAYROLL, *_ADVERT, "reason"),
    Kind.REMUNERATION: ("starts_on", *_PAY, "reason"),
    Kind.TERMINATION: ("last_on", "ground", "reason"),
}
# Who it is about is asked once: another person is another proposal.
OF_THE_PERSON = ("name", "email")

LATER = "You can add it later; without it no meeting takes the proposal."


class ProposalForm(PortalForm):
    """`first_on` is the first day of a renewal, which nobody types; `standing` is a proposal to complete."""

    name = forms.CharField(label="Full name", max_length=200)
    email = forms.EmailField(
        label="Email address",
        help_text="With the name it finds somebody who is on record already.",
        required=False,
    )
    starts_on = DateField(label="First day", required=False)
    ends_on = DateField(label="Last day of the term", required=False)
    last_on = DateField(label="Last day in the seat", required=False, help_text=LATER)
    ground = forms.CharField(
        label="Ground of the termination",
        help_text="For example: in the interests of the health service; disqualified under regulation 11.",
        max_length=200,
        required=False,
    )
    acting = forms.BooleanField(label="Acting up or interim", required=False)
    remuneration = forms.IntegerField(label="Pounds a year", min_value=0, max_value=999_999, required=False)
    authority = forms.CharField(
        label="Authority for pay other than a standard rate",
        help_text="Who approved it, when, and where that is recorded.",
        max_length=200,
        required=False,
    )
    days_a_month = forms.DecimalField(label="Days a month", min_value=0, max_value=31, decimal_places=1, required=False)
    off_payroll = forms.BooleanField(label="Paid off payroll", required=False)
    off_payroll_reason = forms.CharField(
        label="Why it is filled off the payroll", max_length=300, required=False, help_text=LATER
    )
    applicants = forms.IntegerField(
        label="How many people applied?",
        help_text="If the post was advertised outside this portal. The pipeline measures count it.",
        min_value=0,
        max_value=9_999,
        required=False,
    )
    closed_on = DateField(label="Closing date of that advert", required=False)
    appraisal_on = DateField(label="Date of the appraisal", required=False, help_text=LATER)
    appraisal_satisfactory = YesNoField(label="Was the appraisal satisfactory?", required=False)
    reviewed_on = DateField(
        label="Rigorous review held on",
        required=False,
        help_text="Only for long service, where the policy asks for it.",
    )
    exceptional = forms.CharField(
        label="Exceptional justification",
        help_text="Only for a term beyond the normal limit of the policy.",
        widget=forms.Textarea({"rows": 4}),
        max_length=4000,
        required=False,
    )
    reason = forms.CharField(
        label="Why is this proposed?",
        help_text="The committee reads it.",
        widget=forms.Textarea({"rows": 4}),
        max_length=4000,
        error_messages={"required": "Say why this is proposed"},
    )

    def __init__(
        self,
        *args: Any,
        kind: str,
        seat: Seat,
        rates: Sequence[RemunerationRate],
        today: dt.date,
        first_on: dt.date | None = None,
        standing: Proposal | None = None,
        **kwargs: Any,
    ) -> None:
        self.seat, self.kind, self.first_on = seat, Kind(kind), first_on
        names = [n for n in ASKED[kind] if not (standing and n in OF_THE_PERSON)]
        initial = {n: getattr(standing, n) for n in names} if standing else {"days_a_month": seat.days_a_month}
        super().__init__(*args, initial=initial if standing else initial | _only(rates), **kwargs)
        if kind == Kind.REMUNERATION and not seat.is_non_executive:
            names.insert(-1, "off_payroll")
        for name in set(self.fields) - set(names):
            del self.fields[name]
        self.order_fields(names)
        self._fit(rates, today)

    def _fit(self, rates: Sequence[RemunerationRate], today: dt.date) -> None:
        if "remuneration" in self.fields and rates:
            self.fields[
                "remuneration"
            ].help_text = f"Standard rates in force: {'; '.join(rate.in_words for rate in rates)}."
        if self.first_on is not None and "ends_on" in self.fields:
            self.fields["ends_on"].not_before = self.first_on
        for name in ("appraisal_on", "reviewed_on", "closed_on"):
            if name in self.fields:
                self.fields[name].not_after = today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.seat.board.body_appoints and self.seat.is_non_executive:
            raise forms.ValidationError(FOUNDATION)
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day must not be before the first day")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """The fields of Proposal but the reason: what propose() and change_proposal() take."""
        facts = {n: v for n, v in self.cleaned_data.items() if n not in (*OF_THE_PERSON, "reason")}
        return facts | ({"starts_on": self.first_on} if self.first_on else {})


def _only(rates: Sequence[RemunerationRate]) -> dict[str, int]:
    """The one standard amount, where there is just one."""
    amounts = {rate.amount for rate in rates}
    return {"remuneration": amount} if len(amounts) == 1 and (amount := amounts.pop()) else {}
