"""By which month and sector to look for trusts, and why each one is chosen."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django import forms

from portal.forms import PortalForm
from portal.models import Organisation
from programmes.choosing import Candidate
from programmes.enrolling import Choice
from programmes.models import Collaborative, Wave


class FieldForm(PortalForm):
    """What to compare: kept in the address, so that the page can be sent on."""

    sector = forms.ChoiceField(choices=Organisation.Sector.choices)
    month = forms.ChoiceField()

    def __init__(self, *args: Any, months: Collection[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in months]


class ChoiceForm(PortalForm):
    """The wave, and for each trust that was ticked the reason, drafted from its figures."""

    wave = forms.ModelChoiceField(queryset=Wave.objects.none(), label="Which wave do they join?", empty_label=None)

    def __init__(
        self, *args: Any, collaborative: Collaborative, today: dt.date, chosen: Collection[Candidate], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        self.fields["wave"].queryset = Wave.objects.joinable(today).filter(collaborative=collaborative)
        for candidate in chosen:
            self.fields[f"reason_{candidate.trust.pk}"] = forms.CharField(
                label=candidate.trust.name,
                help_text="Why this trust? It is kept with the figures of the day.",
                initial=candidate.reason,
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=2000,
                error_messages={"required": f"Say why {candidate.trust} is chosen"},
            )

    def choices(self) -> list[Choice]:
        said = self.cleaned_data
        return [Choice(one.trust, said[f"reason_{one.trust.pk}"], one.facts) for one in self.chosen]
