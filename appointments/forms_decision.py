"""What members declare and how they vote, and what the secretariat enters of a decision. No writes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from appointments.declaring import Interest
from appointments.models import AgendaItem, Decision, Vote
from portal.forms import PortalForm
from portal.models import User
from talent.models import conflict_policy_on

NO_INTEREST, AN_INTEREST = "none", "interest"


class DeclareForm(PortalForm):
    """One question an item, shown together; `said()` is what declaring.declare() takes."""

    mark_optional = False  # the kind is needed as soon as there is an interest

    def __init__(self, *args: Any, items: Iterable[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        self.kinds = conflict_policy_on(timezone.localdate()).asked
        self.reveals = {}
        for item in self.items:
            self._ask(item)
        for name, field in self.fields.items():
            field.label = field.label or name

    def _ask(self, item: AgendaItem) -> None:
        pk = item.pk
        self.fields[f"item_{pk}"] = forms.ChoiceField(
            label=item.title,
            choices=[(NO_INTEREST, "I have no interest"), (AN_INTEREST, "I have an interest")],
            widget=forms.RadioSelect,
            error_messages={"required": f"Say whether you have an interest in “{item.title}”"},
        )
        self.fields[f"item_{pk}"].size = "s"
        self.fields[f"kind_{pk}"] = forms.ChoiceField(
            label="What kind of interest?",
            choices=[("", "Choose"), *self.kinds],
            required=False,
        )
        self.fields[f"detail_{pk}"] = forms.CharField(
            label="Details (optional)", widget=forms.Textarea(attrs={"rows": 3}), required=False
        )
        self.reveals[f"item_{pk}", AN_INTEREST] = [f"kind_{pk}", f"detail_{pk}"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for item in self.items:
            if data.get(f"item_{item.pk}") == AN_INTEREST and not data.get(f"kind_{item.pk}"):
                self.add_error(f"kind_{item.pk}", f"Choose what kind of interest you have in “{item.title}”")
        return data

    def said(self) -> dict[int, Interest | None]:
        return {item.pk: self._said_of(item) for item in self.items}

    def _said_of(self, item: AgendaItem) -> Interest | None:
        if self.cleaned_data[f"item_{item.pk}"] == NO_INTEREST:
            return None
        return Interest(self.cleaned_data[f"kind_{item.pk}"], self.cleaned_data[f"detail_{item.pk}"])


class VoteForm(PortalForm):
    choice = forms.ChoiceField(label="Your vote", choices=Vote.Choice.choices, widget=forms.RadioSelect)


ABSENT, INTEREST = "absent", "interest"
IN_THE_ROOM = [*Vote.Choice.choices, (ABSENT, "Not present"), (INTEREST, "Declared an interest, took no part")]


class DecisionForm(PortalForm):
    """The outcome, its reason, and how the members voted who did not vote themselves."""

    outcome = forms.ChoiceField(choices=Decision.Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        widget=forms.Textarea,
        help_text="Kept in the register and printed in the minutes. The applicant does not see it.",
    )

    def __init__(self, *args: Any, members: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = list(members)
        for member in self.members:
            self.fields[f"member_{member.pk}"] = forms.ChoiceField(
                label=str(member),
                choices=IN_THE_ROOM,
                initial=ABSENT,
                widget=forms.RadioSelect,
                error_messages={"required": f"Say how {member} voted"},
            )
            self.fields[f"member_{member.pk}"].inline = True
            self.fields[f"member_{member.pk}"].size = "s"
        self.order_fields([*(f"member_{m.pk}" for m in self.members), "outcome", "reason"])

    def _entered(self) -> dict[int, str]:
        return {m.pk: self.cleaned_data[f"member_{m.pk}"] for m in self.members}

    def votes(self) -> dict[int, str]:
        return {pk: said for pk, said in self._entered().items() if said in Vote.Choice.values}

    def interests(self) -> list[int]:
        return [pk for pk, said in self._entered().items() if said == INTEREST]

    def summary(self) -> list[tuple[str, str]]:
        """Each member's entry in words, for the confirmation page."""
        words = dict(IN_THE_ROOM)
        return [(str(m), words[self.cleaned_data[f"member_{m.pk}"]]) for m in self.members]
