"""What is typed about a saved search: its name, what for, who can see it, and how often it tells."""

from typing import Any

from django import forms

from portal.access import access_of
from portal.forms import PortalForm
from portal.models import Region, User
from talent.models import SavedSearch, SearchWatch

Audience = SavedSearch.Audience


class SavedSearchForm(PortalForm):
    name = forms.CharField(
        max_length=120,
        help_text="For example: Chairs of audit in the North, ready now",
        error_messages={"required": "Give the search a name"},
    )
    purpose = forms.CharField(label="What is it for?", max_length=300, required=False)
    audience = forms.ChoiceField(
        label="Who can see it?",
        help_text="A search that is shared stands among the talent pools. Each person sees whom they may see.",
        widget=forms.RadioSelect,
        choices=Audience.choices,
        error_messages={"required": "Choose who can see it"},
    )
    region = forms.ModelChoiceField(Region.objects.all(), required=False, empty_label="Choose a region")
    reveals = {("audience", Audience.REGION): ("region",)}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"audience": Audience.OWNER} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        access = access_of(user)
        if not access.is_talent_team:
            self.fields["audience"].choices = [
                choice for choice in Audience.choices if choice[0] in (Audience.OWNER, Audience.REGION)
            ]
            self.fields["region"].queryset = Region.objects.filter(pk__in=access.region_ids)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("audience") == Audience.REGION and not given.get("region"):
            self.add_error("region", "Choose the region whose talent staff may see it")
        return given


class WatchForm(PortalForm):
    mark_optional = False

    frequency = forms.ChoiceField(
        label="Tell me about new people",
        widget=forms.RadioSelect,
        choices=[*SearchWatch.Frequency.choices, ("", "Never")],
        required=False,
    )
