"""Eligibility in a minute, and where to apply when an intake has several regions."""

from typing import Any

from django import forms

from portal.forms import PortalForm, YesNoField
from portal.models import Region
from programmes.models import Intake
from talent.eligibility import Outcome, Rule, judge, rules_of


class EligibilityForm(PortalForm):
    """The scheme's yes/no questions, made from its records."""

    def __init__(self, *args: Any, intake: Intake, **kwargs: Any) -> None:
        self.intake = intake
        self.base_fields = {rule.key: _field(rule) for rule in rules_of(intake.scheme)}
        super().__init__(*args, **kwargs)

    def outcome(self) -> Outcome:
        return judge(self.intake.scheme, self.cleaned_data)


def _field(rule: Rule) -> YesNoField:
    return YesNoField(
        label=rule.question, help_text=rule.hint, error_messages={"required": f"Select yes or no: {rule.question}"}
    )


class StartForm(PortalForm):
    """Which of the intake's regions; nothing is asked where there is one."""

    region = forms.ModelChoiceField(
        Region.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        label="Where would you like your placement?",
        help_text="You can apply in one region in each intake.",
        error_messages={"required": "Select where you would like your placement"},
    )

    def __init__(self, *args: Any, intake: Intake, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = intake.regions.all()
        self.only = regions[0] if len(regions) == 1 else None
        if self.only:
            del self.fields["region"]
        else:
            self.fields["region"].queryset = regions  # type: ignore[attr-defined]
        if intake.scheme.is_for_two and not self.only:
            self._ask_for_the_trust()

    def _ask_for_the_trust(self) -> None:
        field = self.fields["region"]
        field.label, field.help_text = "Which region is your trust in?", ""
        field.error_messages["required"] = "Select the region of your trust"

    def region_chosen(self) -> Region:
        return self.only or self.cleaned_data["region"]
