"""What a person says of themselves, apart from any application."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.forms import PortalForm, PortalModelForm
from talent.models import Person, PostHeld, RoleSought, Sector, Travel


class ProfileForm(PortalModelForm):
    article = "your"

    class Meta:
        model = Person
        fields = (
            "full_name",
            "phone",
            "postcode",
            "region",
            "headline",
            "summary",
            "background",
            "sectors",
            "roles_sought",
            "readiness",
            "days_a_month",
            "works_in",
            "travel_minutes",
            "cv_text",
            "mail_opt_out",
        )
        labels = {
            "full_name": "Full name",
            "phone": "Telephone number",
            "region": "Region you live in",
            "headline": "Current role",
            "summary": "What you bring to a board",
            "background": "Professional background",
            "sectors": "Sectors you have worked in",
            "roles_sought": "Roles you would like to be considered for",
            "readiness": "How ready are you for a board role?",
            "days_a_month": "Days a month you could give",
            "works_in": "Regions where you would serve on a board",
            "travel_minutes": "How far would you travel to a board?",
            "cv_text": "CV",
            "mail_opt_out": "Only mail me about applications I have made",
        }
        help_texts = {
            "headline": "Your role and employer in one line, for example Director of operations, Riverside Housing.",
            "summary": "A few sentences on your experience. People looking for candidates read this first.",
            "days_a_month": "A non-executive director gives about 2.5 days a month.",
            "travel_minutes": "One way, from where you live.",
            "cv_text": "Paste the text of your CV. The talent team can search it once you have joined a pool. "
            "Leave out your date of birth and anything you would not want found.",
        }
        widgets = {
            "readiness": forms.RadioSelect,
            "travel_minutes": forms.RadioSelect,
            "works_in": forms.CheckboxSelectMultiple,
            "summary": forms.Textarea(attrs={"rows": 6}),
            "cv_text": forms.Textarea(attrs={"rows": 12}),
        }

    sectors = forms.MultipleChoiceField(choices=Sector.choices, required=False, widget=forms.CheckboxSelectMultiple)
    roles_sought = forms.MultipleChoiceField(
        choices=RoleSought.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, hint in (("full_name", "name"), ("phone", "tel"), ("postcode", "postal-code")):
            self.fields[name].widget.attrs["autocomplete"] = hint
        # No blank choice: nothing chosen says that well enough.
        self.fields["readiness"].choices = Person.Readiness.choices
        self.fields["travel_minutes"].choices = Travel.choices
        for name in ("sectors", "roles_sought"):
            self.fields[name].label = self.Meta.labels[name]

    def clean_days_a_month(self) -> Any:
        days = self.cleaned_data["days_a_month"]
        if days is not None and not 0 < days <= 31:
            raise ValidationError("Days a month must be between 0.5 and 31")
        return days


class PostForm(PortalModelForm):
    article = "the"

    class Meta:
        model = PostHeld
        fields = ("title", "employer", "started_on", "ended_on", "board_level", "description")
        labels = {
            "title": "Job title",
            "started_on": "Start date",
            "ended_on": "End date",
            "board_level": "This was a board-level post",
            "description": "What you were responsible for",
        }
        help_texts = {"ended_on": "Leave empty if you hold this post now.", "started_on": "For example, 1 4 2014."}
        widgets = {"description": forms.Textarea(attrs={"rows": 5})}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        started, ended = given.get("started_on"), given.get("ended_on")
        if started and started > timezone.localdate():
            self.add_error("started_on", "Start date must be today or in the past")
        if started and ended and ended < started:
            self.add_error("ended_on", "End date must be after the start date")
        return given


class ConsentForm(PortalForm):
    agree = forms.BooleanField(
        label="I agree to be found through this pool",
        error_messages={"required": "Tick the box to agree, or go back if you do not want to join"},
    )
    may_be_shared = forms.BooleanField(
        label="I also agree that you may show me to a trust that looks for somebody",
        help_text="For one vacancy and for a time. We tell you which trust it was, and you can take this back.",
        required=False,
    )
