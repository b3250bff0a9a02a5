"""What is typed about succession: how ready somebody is, why they come off a plan, what a conversation said."""

from django import forms

from appointments.models import GrowthConversation
from portal.forms import DateField, PortalForm
from talent.models import Person


class SuccessorForm(PortalForm):
    readiness = forms.ChoiceField(label="How soon", choices=Person.Readiness.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="What speaks for it, and what is still needed",
        help_text="The person can read this.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SuccessorEndForm(PortalForm):
    reason = forms.CharField(label="Why they come off the plan", max_length=300)


class ConversationForm(PortalForm):
    held_on = DateField(label="When you talked")
    now = forms.TypedChoiceField(
        label="How they do in the post they hold",
        choices=GrowthConversation.Step.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    scope = forms.TypedChoiceField(
        label="Scope for growth", choices=GrowthConversation.Step.choices, coerce=int, widget=forms.RadioSelect
    )
    wishes = forms.CharField(
        label="What they would like to do next", max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    needs = forms.CharField(label="What you agreed to help", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
