"""What a reviewer types: the declaration, then scores with evidence; gaps are no error until it is sent."""

from typing import Any

from django import forms
from django.utils.timezone import localdate

from portal.forms import PortalForm
from programmes.questions import Criterion
from talent.models import Review, conflict_policy_on
from talent.reviewing import Draft

NO_CONFLICT = "none"


class InterestForm(PortalForm):
    """A conflict of a kind, or none; `none` is offered to a reviewer who has not read yet."""

    kind = forms.ChoiceField(label="Which describes you and this applicant?", widget=forms.RadioSelect)
    detail = forms.CharField(
        label="Details",
        help_text="One or two sentences, for the talent team only.",
        widget=forms.Textarea({"rows": 3}),
        required=False,
        max_length=1000,
    )

    def __init__(self, *args: Any, may_say_none: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = [(NO_CONFLICT, "No conflict that I know of")] if may_say_none else []
        self.fields["kind"].choices = [*conflict_policy_on(localdate()).asked, *none]
        self.fields["kind"].error_messages["required"] = "Choose what describes you and this applicant"


class ReviewForm(PortalForm):
    """Points and evidence for each criterion of the rubric, the recommendation, the whole."""

    mark_optional = False
    recommendation = forms.ChoiceField(
        choices=Review.Recommendation.choices, widget=forms.RadioSelect, required=False, label="What do you recommend?"
    )
    overall = forms.CharField(
        label="Your reasons in a few sentences",
        help_text="The applicant may be given what you write here as feedback.",
        widget=forms.Textarea({"rows": 5}),
        required=False,
    )

    def __init__(self, *args: Any, rubric: tuple[Criterion, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        for criterion in rubric:
            self.fields |= _fields_of(criterion)
        self.order_fields([n for c in rubric for n in (f"points_{c.key}", f"evidence_{c.key}")])

    @classmethod
    def initial_of(cls, draft: Draft) -> dict[str, Any]:
        points = {f"points_{key}": "" if n is None else str(n) for key, n in draft.points.items()}
        evidence = {f"evidence_{key}": text for key, text in draft.evidence.items()}
        return points | evidence | {"recommendation": draft.recommendation, "overall": draft.overall}

    def draft(self) -> Draft:
        """What was typed; call after is_valid()."""
        data = self.cleaned_data
        return Draft(
            points={c.key: int(p) if (p := data[f"points_{c.key}"]) else None for c in self.rubric},
            evidence={c.key: data[f"evidence_{c.key}"] for c in self.rubric},
            recommendation=data["recommendation"],
            overall=data["overall"],
        )

    def criteria(self) -> list[tuple[Criterion, Any, Any]]:
        return [(c, self[f"points_{c.key}"], self[f"evidence_{c.key}"]) for c in self.rubric]


def _fields_of(criterion: Criterion) -> dict[str, forms.Field]:
    choices = [(str(n), str(n)) for n in range(criterion.max_score + 1)]
    points = forms.ChoiceField(
        label=f"Score for {criterion.label}",
        help_text=f"0 is no evidence, {criterion.max_score} is all you could wish for.",
        choices=choices,
        widget=forms.RadioSelect,
        required=False,
    )
    points.inline = True  # type: ignore[attr-defined]
    evidence = forms.CharField(
        label=f"Evidence for {criterion.label}",
        help_text="What in the application supports the score.",
        widget=forms.Textarea({"rows": 4}),
        required=False,
    )
    return {f"points_{criterion.key}": points, f"evidence_{criterion.key}": evidence}
