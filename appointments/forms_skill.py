"""What is typed about the skills that a board wants. No writes."""

from typing import Any

from django import forms

from portal.forms import PortalForm
from talent.forms.skill import SkillChoiceField
from talent.models import Skill


class BoardSkillForm(PortalForm):
    skill = SkillChoiceField(error_messages={"required": "Choose a skill"})
    reason = forms.CharField(
        label="Why does the board need it?",
        help_text="For example: we are merging with a neighbour in two years.",
        max_length=300,
        error_messages={"required": "Say why the board needs it"},
    )
    essential = forms.BooleanField(
        label="The board cannot do without it",
        help_text="A campaign for a vacant seat then asks for it as an essential criterion.",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].offer(Skill.objects.offered())
