"""Choosing between two texts of one section, question by question."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from portal.forms import PortalForm
from programmes.questions import Kind, Question, Section
from talent.written import Line, line_of

THEIRS, YOURS, EDIT = "theirs", "yours", "edit"
_WRITTEN = (Kind.SHORT_TEXT, Kind.LONG_TEXT)


class ClashForm(PortalForm):
    """One choice for each question in which the two texts differ."""

    mark_optional = False

    def __init__(
        self, *args: Any, section: Section, theirs: Mapping[str, Any], yours: Mapping[str, Any], **kwargs: Any
    ) -> None:
        self.section, self.theirs, self.yours = section, theirs, yours
        self.differing = [q for q in section.questions if theirs.get(q.key) != yours.get(q.key)]
        self.base_fields = {name: made for q in self.differing for name, made in self._fields(q).items()}
        self.reveals = {(q.key, EDIT): (f"{q.key}-new",) for q in self.differing if q.kind in _WRITTEN}
        super().__init__(*args, **kwargs)

    def _fields(self, question: Question) -> dict[str, forms.Field]:
        choices = [(THEIRS, "Keep the text that is saved"), (YOURS, "Use the text kept aside")]
        if question.kind in _WRITTEN:
            choices.append((EDIT, "Put it together myself"))
        choose = forms.ChoiceField(
            choices=choices,
            widget=forms.RadioSelect,
            label=f"Which do you want for “{question.label}”?",
            error_messages={"required": f"Choose a text for “{question.label}”"},
        )
        return {question.key: choose} | (
            {f"{question.key}-new": self._new(question)} if question.kind in _WRITTEN else {}
        )

    def _new(self, question: Question) -> forms.Field:
        return forms.CharField(
            label="Your text",
            initial=self.yours.get(question.key, ""),
            widget=forms.Textarea(attrs={"rows": 8}),
            required=False,
            strip=False,
        )

    def rows(self) -> list[tuple[BoundField, Line, Line]]:
        """The choice, with both texts in words."""
        return [
            (self[q.key], line_of(q, self.theirs.get(q.key)), line_of(q, self.yours.get(q.key))) for q in self.differing
        ]

    def settled(self) -> dict[str, Any]:
        """The section's values as chosen; what did not differ stays."""
        return {**self.theirs, **{q.key: self._settled(q) for q in self.differing}}

    def _settled(self, question: Question) -> Any:
        match self.cleaned_data[question.key]:
            case "edit":
                return self.cleaned_data[f"{question.key}-new"].replace("\r\n", "\n")
            case "yours":
                return self.yours.get(question.key, "")
        return self.theirs.get(question.key, "")
