"""Curated pools: what is asked to open one, to put somebody in, and to say what is next. No writes."""

from typing import Any

from django import forms

from portal.access import access_of
from portal.forms import DateField, PortalForm
from portal.models import Region, User
from talent.curating import Reach
from talent.models import CuratedPool, PoolCandidate, PoolStep


class CuratedPoolForm(PortalForm):
    name = forms.CharField(max_length=120, error_messages={"required": "Enter a name"})
    purpose = forms.CharField(
        label="What is it for?",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say what it is for"},
    )
    reach = forms.ChoiceField(
        label="Who may open it?",
        choices=Reach.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may open it"},
    )
    region = forms.ModelChoiceField(
        Region.objects.all(), required=False, empty_label="No region", help_text="Of a regional pool."
    )
    expires_on = DateField(
        label="When does it end?",
        help_text="After that day nothing is done in it any more. For example, 31 3 2027.",
        error_messages={"required": "Enter the day on which it ends"},
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        access = access_of(by)
        if not access.is_talent_team:
            self.fields["region"].queryset = Region.objects.filter(pk__in=access.region_ids)
            self.fields["reach"].choices = [c for c in Reach.choices if c[0] != Reach.NATIONAL]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("reach") == Reach.REGIONAL and not given.get("region"):
            self.add_error("region", "Choose the region")
        elif given.get("reach") != Reach.REGIONAL:
            given["region"] = None
        return given


class AddForm(PortalForm):
    pool = forms.ModelChoiceField(
        CuratedPool.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose a pool"},
    )
    reason = forms.CharField(
        label="Why do they belong there?",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say why they belong there"},
    )

    def __init__(self, *args: Any, pools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pool"].queryset = pools


class ColleagueForm(PortalForm):
    colleague = forms.ModelChoiceField(
        User.objects.none(),
        label="Who else works on this pool?",
        help_text="They see everybody in it, and what was said.",
        empty_label="Choose a colleague",
        error_messages={"required": "Choose a colleague"},
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = colleagues


class CandidateForm(PortalForm):
    """Where somebody stands in the pool, and what is done next."""

    step = forms.ModelChoiceField(PoolStep.objects.none(), widget=forms.RadioSelect, empty_label=None)
    owner = forms.ModelChoiceField(User.objects.none(), label="Whose task is it?", empty_label=None)
    next_action = forms.CharField(
        label="What is done next?", max_length=200, required=False, help_text="For example, ring about Harbour Trust."
    )
    next_on = DateField(label="By when?", required=False)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, candidate: PoolCandidate, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].queryset = candidate.pool.steps.all()
        self.fields["owner"].queryset = colleagues

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("next_action") and not given.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", "Enter the day by which it is done")
        if given.get("next_on") and not given.get("next_action"):
            self.add_error("next_action", "Say what is done next")
        return given
