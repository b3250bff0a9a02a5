"""What is typed about a seat that falls vacant, and about what a foundation trust asks for it. No writes."""

from typing import Any

from django import forms
from django.db import models
from django.utils.timezone import localdate

from appointments.models import Case, Meeting, SupportRequest
from portal.forms import PortalForm
from portal.models import User
from talent.models import Person, conflict_policy_on


class IntentForm(PortalForm):
    """What should happen to this seat, and why."""

    intent = forms.ChoiceField(
        label="What should happen to this seat?",
        choices=Case.Intent.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what should happen to this seat"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="Kept with the case. The trust’s administrators and the talent team see it.",
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        error_messages={"required": "Say why"},
    )
    option_hints = {
        "intent": {
            "reappoint": "A new term begins on the day after this one ends.",
            "extend": "The same term goes on, to a later last day.",
            "recruit": "The post is advertised; the present holder may apply.",
        }
    }


class SupportForm(PortalForm):
    wants = forms.ChoiceField(
        label="What do you need?",
        choices=SupportRequest.Wants.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what you need"},
    )
    text = forms.CharField(
        label="Tell us about the seat and what would help",
        help_text="For example the skills that your board lacks, and when you want to interview.",
        error_messages={"required": "Tell us about the seat and what would help"},
        widget=forms.Textarea({"rows": 5}),
        max_length=4000,
    )


class SupportAnswerForm(PortalForm):
    advice = forms.CharField(
        label="Your answer to the trust",
        help_text="Name people only who have agreed to be named. The trust makes its own appointment.",
        widget=forms.Textarea({"rows": 6}),
        max_length=4000,
    )


class ReasonForm(PortalForm):
    """A step to confirm, with its reason."""

    reason = forms.CharField(
        label="Reason", help_text="Kept on record.", widget=forms.Textarea({"rows": 3}), max_length=1000
    )


class ToAgendaForm(PortalForm):
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label="Meeting",
        empty_label="Choose a meeting",
        error_messages={"required": "Choose a meeting"},
    )

    def __init__(self, *args: Any, meetings: models.QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings


class RelationshipForm(PortalForm):
    """Somebody who acts in the portal, and the person they are related to, both by their email addresses."""

    user = forms.EmailField(label="Email address of the member or colleague", help_text="Their account’s address.")
    person = forms.EmailField(label="Email address of the person they are related to")
    kind = forms.ChoiceField(label="What is between them?", widget=forms.RadioSelect)
    detail = forms.CharField(
        label="Say more",
        help_text="For example: brothers-in-law; partners in a firm until 2016.",
        max_length=300,
        error_messages={"required": "Say more about what is between them"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = conflict_policy_on(localdate()).asked

    def clean_user(self) -> User:
        found = User.objects.filter(email__iexact=self.cleaned_data["user"], is_active=True).first()
        if found is None:
            raise forms.ValidationError("No account has this address")
        return found

    def clean_person(self) -> Person:
        address = self.cleaned_data["person"]
        people = Person.objects.unmerged()
        found = people.filter(user__email__iexact=address).first() or people.filter(email__iexact=address).first()
        if found is None:
            raise forms.ValidationError("No person on record has this address")
        return found
