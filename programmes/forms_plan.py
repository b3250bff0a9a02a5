"""What is written in an improvement plan, and what is said of it."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django import forms

from portal.forms import DateField, PortalForm
from programmes.forms_figures import figure_field
from programmes.models import ImprovementPlan, Measure
from programmes.scoring import Step


def _text(label: str, hint: str, *, rows: int = 6, required: bool = False, missing: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    said = {"required": missing} if missing else None
    return forms.CharField(
        label=label, help_text=hint, widget=widget, max_length=8000, required=required, error_messages=said
    )


class PlanForm(PortalForm):
    """The plan's own words; the page sends the revision they were written on beside them."""

    mark_optional = False
    problem = _text(
        "What do your data show?", "Which staff leave, when and from where. Two or three figures are enough."
    )
    drivers = _text("What drives it?", "What you heard from those who left and those who stayed.")
    support = _text("What help do you need?", "From your buddies, the programme or another trust.", rows=4)


class IdeaForm(PortalForm):
    what = forms.CharField(label="What will you change?", max_length=300)
    owner = forms.CharField(label="Who sees to it?", max_length=120, help_text="A name and a post.")
    due_on = DateField(label="By when?")


class IdeaDoneForm(PortalForm):
    done_on = DateField(label="When was it done?")

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].not_after = today


class PlanTargetForm(PortalForm):
    measure = forms.ModelChoiceField(queryset=Measure.objects.none(), empty_label=None, widget=forms.RadioSelect)
    value = figure_field("Target")
    by_month = DateField(
        label="To be reached by",
        help_text="Any day of the month.",
        error_messages={"required": "Enter the month by which it is to be reached"},
    )

    def __init__(self, *args: Any, plan: ImprovementPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].queryset = plan.enrolment.wave.collaborative.measures.order_by("aims__position")
        self.fields["value"].required = True


class WordForm(PortalForm):
    """A comment, or the reason of a step."""

    reason = forms.CharField(label="Comment", widget=forms.Textarea(attrs={"rows": 5}), max_length=4000)

    def __init__(self, *args: Any, required: bool = True, label: str = "Comment", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required, self.fields["reason"].label = required, label


class CycleForm(PortalForm):
    measure = forms.ModelChoiceField(
        queryset=Measure.objects.none(), label="Which measure should move?", empty_label=None, widget=forms.RadioSelect
    )
    starts_on = DateField(label="When does the test begin?")
    planned = _text(
        "Plan",
        "What you test, where and for how long, and what you expect to see.",
        required=True,
        missing="Say what you plan",
    )

    def __init__(self, *args: Any, plan: ImprovementPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].queryset = plan.enrolment.wave.collaborative.measures.order_by("aims__position")


class CycleEndForm(PortalForm):
    ended_on = DateField(label="When did the test end?")
    done = _text("Do", "What happened, and what you did not expect.", required=True, missing="Say what happened")
    studied = _text(
        "Study", "What the figures say against what you expected.", required=True, missing="Say what you found"
    )
    acted = _text(
        "Act", "Adopt it, adapt it or abandon it, and what comes next.", required=True, missing="Say what you do next"
    )


class ScoreForm(PortalForm):
    """One step of the scale; below each stands what it asks for, and what the records still lack."""

    score = forms.TypedChoiceField(label="Where does the team stand?", widget=forms.RadioSelect, coerce=str)
    evidence = _text("Evidence", "What you saw that shows it: what the step above asks for.", required=True)

    def __init__(self, *args: Any, steps: Collection[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].choices = [(str(step.score), f"{step.score}: {step.says}") for step in steps]
        self.option_hints = {"score": {str(step.score): _hint(step) for step in steps}}


def _hint(step: Step) -> str:
    return f"{step.asks} Not yet: {'; '.join(step.lacks)}." if step.lacks else step.asks
