"""What is typed about a cohort and about somebody in it. No writes."""

from typing import Any

from django import forms

from portal.forms import DateField, PortalForm
from programmes.models import Cohort, Scheme
from talent.cohort_keeping import CohortFacts
from talent.models import ParticipationOutcome


class OutcomeForm(PortalForm):
    kind = forms.ChoiceField(
        label="What became of them?", choices=ParticipationOutcome.Kind.choices, widget=forms.RadioSelect
    )
    happened_on = DateField(label="On which day?")
    reason = forms.CharField(
        label="How do we know?", required=False, max_length=300, help_text="For example: told us, the trust’s page."
    )


class CohortForm(PortalForm):
    """A cohort's facts; whose programme it is is asked when it is made."""

    scheme = forms.ModelChoiceField(Scheme.objects.exclude(track=Scheme.Track.CAMPAIGN), label="Programme")
    name = forms.CharField(max_length=120, help_text="For example: Second cohort, or Spring 2018.")
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day", required=False)

    def __init__(self, *args: Any, cohort: Cohort | None = None, **kwargs: Any) -> None:
        self.cohort = cohort
        if cohort:
            given = {"name": cohort.name, "starts_on": cohort.starts_on, "ends_on": cohort.ends_on}
            kwargs["initial"] = given
        super().__init__(*args, **kwargs)
        if cohort:
            del self.fields["scheme"]

    def facts(self) -> CohortFacts:
        said = dict(self.cleaned_data)
        return CohortFacts(scheme=said.pop("scheme", None) or self.cohort.scheme, **said)  # type: ignore[union-attr]


class NewcomerForm(PortalForm):
    name = forms.CharField(label="Full name", max_length=200)
    email = forms.EmailField(
        label="Email address", help_text="If somebody here has this address already, it is they who join."
    )


class HelpersForm(PortalForm):
    sponsor_name = forms.CharField(
        label="Sponsor", max_length=200, required=False, help_text="Who opens doors for them."
    )
    mentor_name = forms.CharField(
        label="Mentor", max_length=200, required=False, help_text="To whom they can say what they cannot say at home."
    )
    joined_on = DateField(label="Takes part since", error_messages={"required": "Enter the first day"})


class GraduationForm(PortalForm):
    people = forms.MultipleChoiceField(
        label="Who completed the programme?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one person"},
    )
    on = DateField(label="On which day?")

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people  # type: ignore[attr-defined]
