"""What is typed in learning networks: joining, adding somebody, notes and answers. No writes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.access import access_of
from portal.forms import PortalForm, WordLimitField
from portal.models import Organisation, User
from programmes.models import Event, LearningNetwork


class JoinForm(PortalForm):
    organisation = forms.ModelChoiceField(None, label="For which trust do you join?", empty_label=None)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.filter(pk__in=access_of(user).trust_ids).order_by("sort_name")
        self.fields["organisation"].queryset = mine


class MemberForm(PortalForm):
    """By email address: a list of everybody would show who has an account."""

    email = forms.EmailField(label="Email address", help_text="Of somebody who has an account and acts for the trust.")
    organisation = forms.ModelChoiceField(
        Organisation.objects.trusts().order_by("sort_name"), label="Trust", empty_label="Choose a trust"
    )

    def clean_email(self) -> User:
        email = self.cleaned_data["email"].strip().lower()
        user = User.objects.filter(email=email, is_active=True).first()
        if user is None:
            raise ValidationError("Nobody has an account with this address")
        return user


class NoteForm(PortalForm):
    title = forms.CharField(max_length=200)
    meeting = forms.ModelChoiceField(None, label="About a meeting", required=False, empty_label="No, something else")
    text = WordLimitField(max_words=600, label="What do you want to say or ask?")

    def __init__(self, *args: Any, network: LearningNetwork, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings = Event.objects.published().filter(network=network).order_by("-starts_at")
        self.fields["meeting"].queryset = meetings


class AnswerForm(PortalForm):
    text = WordLimitField(max_words=400, label="Your answer")
