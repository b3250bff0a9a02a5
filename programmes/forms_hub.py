"""What is written in a submission to the hub, and what others say to a page."""

from typing import Any

from django import forms

from portal.access import access_of
from portal.files import limit_in_words
from portal.forms import PortalForm
from portal.models import Organisation, User
from programmes.models import Submission, Topic

Kind = Submission.Kind


def _text(label: str, hint: str = "", *, rows: int = 6) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=widget, max_length=8000, required=False)


class BeginForm(PortalForm):
    kind = forms.ChoiceField(label="What do you want to share?", choices=Kind.choices, widget=forms.RadioSelect)
    trust = forms.ModelChoiceField(
        label="For which trust?", queryset=Organisation.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    option_hints = {
        "kind": {
            Kind.STORY: "What you tried, what happened, and what you would do again. It may have failed.",
            Kind.RESOURCE: "A checklist, a form, a slide deck: something others can take and use.",
        }
    }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trusts = Organisation.objects.filter(pk__in=access_of(user).trust_ids)
        self.fields["trust"].queryset = trusts
        if len(trusts) == 1:
            self.fields["trust"].initial = trusts[0]


class SubmissionForm(PortalForm):
    """A draft may be saved as it is; what it still lacks is said on its page."""

    mark_optional = False
    title = forms.CharField(label="Title", max_length=120, required=False, help_text="What happened, in a few words.")
    summary = _text("Summary", "One or two sentences for lists, 300 characters at most.", rows=2)
    wanted = _text("What did you want to change?", "What was it like before, and for whom?", rows=4)
    did = _text("What did you do?", "Step by step, so that others could try it.")
    happened = _text("What happened?", "Figures if you have them. Say what did not work too.")
    result = forms.CharField(
        label="The result in one sentence",
        max_length=200,
        required=False,
        help_text="With a figure, such as: from 6 to 20 days without a fall.",
    )
    advice = _text("What would you tell others?", rows=4)
    link = forms.URLField(
        label="Link to the resource",
        required=False,
        assume_scheme="https",
        help_text="If it stands on the web. You add a file on the page before this one.",
    )
    topics = forms.ModelMultipleChoiceField(
        label="Topics", queryset=Topic.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].max_length = 300
        if kind == Kind.RESOURCE:
            for name in ("wanted", "happened", "result"):
                del self.fields[name]
            self.fields["did"].label, self.fields["did"].help_text = "What is it, and how do you use it?", ""
        else:
            del self.fields["link"]

    def clean_summary(self) -> str:
        summary: str = self.cleaned_data["summary"]
        if len(summary) > 300:
            raise forms.ValidationError(f"The summary must be 300 characters or fewer. It has {len(summary)}")
        return summary


class ImageForm(PortalForm):
    file = forms.FileField(label="Picture", widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}))
    alt_text = forms.CharField(
        label="What does the picture show?",
        max_length=250,
        help_text="Read out to people who cannot see it. Leave out “picture of”.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "file"
        ].help_text = f"JPEG, PNG or WebP, smaller than {limit_in_words()}. Nobody on it who has not agreed."


class FileForm(PortalForm):
    file = forms.FileField(label="File", widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "file"
        ].help_text = (
            f"PDF, Word (.docx) or OpenDocument (.odt), smaller than {limit_in_words()}. Nothing about patients."
        )


class ReplyForm(PortalForm):
    trust = forms.ModelChoiceField(
        label="For which trust?", queryset=Organisation.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="Your words", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, user: User, needs_words: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trusts = Organisation.objects.filter(pk__in=access_of(user).trust_ids)
        self.fields["trust"].queryset = trusts
        if len(trusts) == 1:
            self.fields["trust"].initial = trusts[0]
        self.fields["words"].required = needs_words
        self.fields["words"].help_text = "Everybody can read them, under your trust’s name. Nothing about patients."
