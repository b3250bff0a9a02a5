"""What can be typed and chosen on the search page."""

import base64
import binascii
import json
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy

from portal.facets import Facet, FacetOption
from portal.forms import PortalForm
from search.asking import Answer
from search.facets import FACETS
from search.queries import SORTS, Question

SORT_CHOICES = [
    ("best", "Best match"),
    ("name", "Name"),
    ("readiness", "Readiness"),
    ("days", "Days a month, most first"),
]


class PeopleForm(PortalForm):
    """Nothing in it is required; what is not understood is left out, and said."""

    mark_optional = False

    q = forms.CharField(
        label="Words",
        required=False,
        max_length=1000,
        help_text='For example: finance director "mental health" -charity safeguard*',
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "spellcheck": "true",
                "list": "suggested",
                "hx-get": reverse_lazy("search:suggestion_list"),
                "hx-trigger": "input changed delay:250ms",
                "hx-target": "#suggested",
                "hx-swap": "innerHTML",
                "hx-push-url": "false",
                "hx-select": "unset",
            }
        ),
    )
    days_from = forms.DecimalField(label="Days a month from", required=False, min_value=0, max_value=31)
    days_to = forms.DecimalField(label="Days a month to", required=False, min_value=0, max_value=31)
    sort = forms.ChoiceField(label="Sort by", required=False, choices=SORT_CHOICES)

    def question(self) -> Question:
        """What was asked, as far as it is valid."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        sort = given.get("sort") or "best"
        return Question(
            text=(given.get("q") or "").replace("\x00", ""),
            chosen=chosen_in(self.data),
            days_from=_tenths(given.get("days_from")),
            days_to=_tenths(given.get("days_to")),
            sort=sort if sort in SORTS else "best",
            at_least=_number(self.data.get("least")),
            after=place_in(self.data),
        )


def _tenths(days: Any) -> int | None:
    return None if days is None else int(days * 10)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 4 else None


def chosen_in(data: QueryDict) -> dict[str, tuple[int, ...]]:
    """The facets' choices in an address: numbers that each facet has; anything else is nobody's choice."""
    found = {}
    for facet in FACETS:
        typed = {int(value) for value in data.getlist(facet.name) if value.isdecimal() and len(value) < 9}
        values = tuple(sorted(typed & facet.labels().keys())) if typed else ()
        if values:
            found[facet.name] = values
    return found


def facets_of(answer: Answer) -> list[Facet]:
    """What can be chosen: whatever would show somebody, and whatever is chosen."""
    return [facet for facet in map(lambda each: _facet(each, answer), FACETS) if facet.options]


def _facet(facet: Any, answer: Answer) -> Facet:
    counts, chosen = answer.facets.get(facet.name, {}), answer.question.chosen.get(facet.name, ())
    options = [
        FacetOption(value, label, counts.get(value, 0), value in chosen)
        for value, label in facet.labels().items()
        if counts.get(value) or value in chosen
    ]
    return Facet(facet.name, facet.label, options)


def write_place(place: tuple[Any, ...]) -> str:
    """Where a page ended, fit for an address."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def place_in(data: QueryDict) -> tuple[Any, ...] | None:
    return read_place(data.get("after", ""))


def read_place(text: str) -> tuple[Any, ...] | None:
    """The place again; None for anything that no page of ours has written."""
    try:
        place = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error):
        return None
    if not isinstance(place, list) or len(place) != 2 or type(place[1]) is not int:
        return None
    return tuple(place) if isinstance(place[0], str | int | float) else None
