"""What the talent team types: reasons, findings, answers, deadlines, words to hide, whom to give a review."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from portal.forms import DateField, PortalForm, YesNoField
from portal.models import User
from talent.access import Refused
from talent.casework import extend_deadline, record_finding
from talent.models import Application


class ReasonForm(PortalForm):
    reason = forms.CharField(
        label="Reason", help_text="It is kept with the decision.", widget=forms.Textarea({"rows": 4}), max_length=2000
    )

    def __init__(self, *args: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required
        self.fields["reason"].error_messages["required"] = "Give the reason"


class ActingForm(ReasonForm):
    """A form whose act may refuse; the refusal is shown at the top of the form."""

    def _act(self, application: Application, *, by: User, at: dt.datetime) -> None:
        raise NotImplementedError

    def act_on(self, application: Application, *, by: User, at: dt.datetime) -> bool:
        try:
            self._act(application, by=by, at=at)
        except Refused as refusal:
            self.add_error(None, str(refusal))
        return not self.errors


class FindingForm(ActingForm):
    meets_essentials = YesNoField(label="Does this applicant meet the essential criteria?")
    field_order = ["meets_essentials", "reason"]

    def _act(self, application: Application, *, by: User, at: dt.datetime) -> None:
        record_finding(application, **self.cleaned_data, by=by, at=at)


class ExtensionForm(ActingForm):
    until = DateField(label="New deadline", help_text="The form closes at the end of this day, London time.")
    field_order = ["until", "reason"]

    def _act(self, application: Application, *, by: User, at: dt.datetime) -> None:
        end = timezone.make_aware(dt.datetime.combine(self.cleaned_data["until"] + dt.timedelta(days=1), dt.time.min))
        extend_deadline(application, until=end, reason=self.cleaned_data["reason"], by=by, at=at)


class AnswerForm(PortalForm):
    answer = forms.CharField(label="Your answer", widget=forms.Textarea({"rows": 6}), max_length=4000)


class FeedbackForm(PortalForm):
    strengths = forms.CharField(label="What was strong", widget=forms.Textarea({"rows": 4}))
    to_develop = forms.CharField(
        label="What to develop",
        help_text="What was missing for this scheme, so that the applicant can act on it.",
        widget=forms.Textarea({"rows": 4}),
    )
    next_steps = forms.CharField(
        label="What to do next",
        help_text="Other schemes, pools, people to speak to.",
        widget=forms.Textarea({"rows": 4}),
    )


class WordsForm(PortalForm):
    words = forms.CharField(
        label="Words to hide",
        help_text="As they stand in the text, for example the name of a project or a charity.",
        max_length=200,
    )

    def clean_words(self) -> str:
        words = " ".join(self.cleaned_data["words"].split())
        if sum(letter.isalnum() for letter in words) < 2:
            raise forms.ValidationError("Words to hide must have at least two letters or digits")
        return words


class ReviewerForm(PortalForm):
    reviewer = forms.ModelChoiceField(label="Reviewer", queryset=User.objects.none(), empty_label="Choose a reviewer")
    due_on = DateField(label="Due", required=False)

    def __init__(self, *args: Any, reviewers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = reviewers


class PlanForm(PortalForm):
    each = forms.IntegerField(label="Reviewers for each application", min_value=1, max_value=5, initial=2)
    limit = forms.IntegerField(
        label="Most reviews for one reviewer",
        help_text="Counting those in hand.",
        min_value=1,
        max_value=200,
        required=False,
    )
    due_on = DateField(label="Due", required=False)


class ExportForm(ReasonForm):
    file_format = forms.ChoiceField(
        label="File", choices=[("xlsx", "Excel workbook"), ("csv", "CSV")], widget=forms.RadioSelect, initial="xlsx"
    )
    field_order = ["file_format", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "What you need the file for"
        self.fields["reason"].help_text = "It is kept with the record of this download."
        self.fields["reason"].error_messages["required"] = "Enter what you need the file for"
