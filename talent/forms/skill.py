"""A skill and what shows it: for the person's own profile, and for staff who read it there. No writes."""

from itertools import groupby
from typing import Any

from django import forms

from portal.forms import PortalForm
from talent.models import Skill


def grouped(skills: Any) -> list[tuple[str, list[tuple[int, str]]]]:
    """Choices under their groups, in the groups' own order."""
    order = list(Skill.Group.values)
    rows = sorted(skills, key=lambda s: (order.index(s.group), s.name))
    return [
        (Skill.Group(group).label, [(s.pk, s.name) for s in found])
        for group, found in groupby(rows, key=lambda s: s.group)
    ]


class SkillChoiceField(forms.ModelChoiceField):
    """One skill of the vocabulary, chosen from its group."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Skill.objects.none(), **kwargs)

    def offer(self, skills: Any) -> None:
        self.queryset = skills
        self.widget.choices = [("", "Choose a skill"), *grouped(skills)]


class SkillForm(PortalForm):
    skill = SkillChoiceField(error_messages={"required": "Choose a skill"})
    evidence = forms.CharField(
        label="What shows it?",
        help_text="What was done, where, and what came of it: two or three sentences.",
        widget=forms.Textarea({"rows": 4}),
        max_length=600,
        error_messages={"required": "Say what shows this skill"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].offer(Skill.objects.offered())
