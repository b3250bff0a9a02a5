"""What the secretariat and the members type: committees, meetings, declarations, votes and decisions. No writes."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone

from appointments.declaring import Interest
from appointments.models import AgendaItem, Committee, CommitteeSeat, Decision, Meeting, Seat, Tenure, Vote
from portal.forms import DateField, PortalForm, PortalModelForm
from portal.models import Role, User
from talent.models import Application, ConflictKind


class CommitteeForm(PortalModelForm):
    may_decide = forms.MultipleChoiceField(
        label="May decide on",
        help_text="Leave all empty if it may decide on everything.",
        choices=AgendaItem.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Committee
        fields = [
            "name", "kind", "parent", "terms_of_reference", "terms_from", "terms_review_on", "may_decide", "quorum"
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Committee.objects.filter(kind=Committee.Kind.MAIN).exclude(pk=self.instance.pk)
        self.fields["parent"].empty_label = "None: it is a committee of its own"

    def clean_quorum(self) -> int:
        quorum = self.cleaned_data["quorum"]
        if quorum < 2:
            raise forms.ValidationError("The quorum must be 2 or more")
        return quorum

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_sub = data.get("kind") == Committee.Kind.SUB
        if is_sub and not data.get("parent"):
            self.add_error("parent", "Choose the committee of which it is a subcommittee")
        if data.get("kind") == Committee.Kind.MAIN:
            data["parent"] = None
        first, review = data.get("terms_from"), data.get("terms_review_on")
        if first and review and review <= first:
            self.add_error("terms_review_on", "The review must be later than the day from which the terms are in force")
        return data


class SeatForm(PortalModelForm):
    """Somebody takes a seat: only people who hold the role of committee member."""

    class Meta:
        model = CommitteeSeat
        fields = ["user", "role", "starts_on"]
        labels = {"user": "Member", "starts_on": "Sits from"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holders = User.objects.filter(
            pk__in=User.objects.filter(
                memberships__role=Role.COMMITTEE_MEMBER, memberships__ended_at=None, is_active=True
            )
        )
        self.fields["user"].queryset = holders
        self.fields["user"].empty_label = "Choose a person"


class SeatEndForm(PortalForm):
    ends_on = DateField(label="First day without the seat")

    def __init__(self, *args: Any, seat: CommitteeSeat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].not_before = seat.starts_on


class MeetingForm(PortalForm):
    committee = forms.ModelChoiceField(Committee.objects.all(), empty_label="Choose a committee")
    day = DateField(label="Date")
    time = forms.TimeField(help_text="London time, for example 14:00.", input_formats=["%H:%M", "%H.%M"])
    place = forms.CharField(label="Place or link", max_length=300)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day") and data.get("time"):
            naive = dt.datetime.combine(data["day"], data["time"])
            data["starts_at"] = timezone.make_aware(naive)
            self._refuse_twin(data)
        return data

    def _refuse_twin(self, data: Mapping[str, Any]) -> None:
        same = Meeting.objects.filter(committee=data.get("committee"), starts_at=data["starts_at"])
        if same.exclude(pk=self.initial.get("pk")).exists():
            self.add_error("time", "This committee already has a meeting at that time")


class RoundForm(MeetingForm):
    """When votes by correspondence close."""

    field_order = ["committee", "day", "time"]
    place = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label, self.fields["time"].label = "Votes until: date", "Votes until: time"

    def _refuse_twin(self, data: Mapping[str, Any]) -> None:
        if data["starts_at"] <= timezone.now():
            self.add_error("day", "Members need time to vote: choose a later date or time")


class RoundMoveForm(RoundForm):
    """Another closing time, and why."""

    field_order = ["day", "time", "reason"]
    committee = None
    reason = forms.CharField(
        label="Why does it change?",
        help_text="Kept on record; the members see it.",
        widget=forms.Textarea({"rows": 3}),
        max_length=500,
        error_messages={"required": "Say why the closing time changes"},
    )


class WaitForm(PortalForm):
    reason = forms.CharField(
        label="Why should it wait for a meeting?",
        help_text="The talent team reads it. The item leaves the round at once.",
        widget=forms.Textarea,
        max_length=2000,
    )


class MeetingChangeForm(MeetingForm):
    """A planned meeting's day, place and who chairs in the chair's place."""

    substitute = forms.ModelChoiceField(
        User.objects.none(),
        label="Chairs in the chair’s place",
        help_text="A member who chairs the items on which the chair has a conflict, or if the chair is not there.",
        empty_label="Nobody",
        required=False,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].disabled = True  # its agenda and declarations are that committee's
        members = meeting.committee.seats.in_force(meeting.day).exclude(role=CommitteeSeat.Role.CHAIR)
        self.fields["substitute"].queryset = User.objects.filter(pk__in=members.values("user"))


def meeting_initial(meeting: Meeting) -> dict[str, Any]:
    local = timezone.localtime(meeting.starts_at)
    return {
        "pk": meeting.pk,
        "committee": meeting.committee_id,
        "day": local.date(),
        "time": local.strftime("%H:%M"),
        "place": meeting.place,
        "substitute": meeting.substitute_id,
    }


class AddApplicationsForm(PortalForm):
    applications = forms.ModelMultipleChoiceField(
        Application.objects.none(),
        label="Recommended applications",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the applications to add"},
    )

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applications"].queryset = waiting
        self.fields["applications"].label_from_instance = self._label

    @staticmethod
    def _label(application: Application) -> str:
        return f"{application.person.full_name}, {application.intake.scheme.name}, {application.region.name}"


class AppendixForm(PortalForm):
    title = forms.CharField(max_length=200)
    file = forms.FileField(label="PDF", help_text="It is bound into the packs as it is.")


class PackCheckForm(PortalForm):
    file = forms.FileField(label="PDF", help_text="It is compared, and not kept.")


NO_INTEREST, AN_INTEREST = "none", "interest"


class DeclareForm(PortalForm):
    """One question an item, shown together; `said()` is what declaring.declare() takes."""

    mark_optional = False  # the kind is needed as soon as there is an interest

    def __init__(self, *args: Any, items: Iterable[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
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
            choices=[("", "Choose"), *ConflictKind.choices],
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


class BoardConfirmForm(PortalForm):
    """Whether the board is recorded rightly, and if not, what is wrong."""

    right = forms.ChoiceField(
        label="Is this your board today?",
        choices=[("yes", "Yes, all of it is right"), ("no", "No, something is wrong or missing")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether this is your board today"},
    )
    wrong = forms.CharField(
        label="What is wrong?",
        help_text="Name the seat, what is recorded and what it should be. The talent team puts it right.",
        widget=forms.Textarea,
        max_length=2000,
        required=False,
    )
    reveals = {("right", "no"): ("wrong",)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("right") == "no" and not cleaned.get("wrong"):
            self.add_error("wrong", "Say what is wrong")
        return cleaned

    def said(self) -> str:
        return self.cleaned_data["wrong"] if self.cleaned_data["right"] == "no" else ""

    def thanks(self) -> str:
        return "Thank you. The talent team has been told." if self.said() else "Thank you. Your board is confirmed."


ON_WHOSE_WORD: dict[str, Any] = {
    "label": "On whose word",
    "help_text": "Who told us, and when. Only those who keep this board see it.",
    "max_length": 500,
    "error_messages": {"required": "Say who told us, and when"},
}


class TenureEndForm(PortalForm):
    """How, when and on whose word somebody leaves a seat."""

    kind = forms.ChoiceField(label="How does it end?", choices=Tenure.End.choices, widget=forms.RadioSelect)
    ground = forms.CharField(
        label="Ground of the termination",
        help_text="For example: in the interests of the health service; disqualified under regulation 11.",
        max_length=200,
        required=False,
    )
    last_on = DateField(label="Last day", help_text="Somebody else can sit from the next day on.")
    reason = forms.CharField(**ON_WHOSE_WORD)
    reveals = {("kind", Tenure.End.TERMINATION.value): ("ground",)}

    def __init__(self, *args: Any, tenure: Tenure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_on"].not_before, self.fields["last_on"].not_after = tenure.starts_on, tenure.ends_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        termination = cleaned.get("kind") == Tenure.End.TERMINATION
        if termination and not cleaned.get("ground"):
            self.add_error("ground", "Enter the ground of the termination")
        if not termination:
            cleaned["ground"] = ""
        return cleaned


class NoticeForm(PortalForm):
    """Whom a foundation trust has appointed to one of its seats."""

    name = forms.CharField(label="Full name", max_length=200)
    email = forms.EmailField(label="Email address", required=False)
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day of the term", required=False)
    reason = forms.CharField(**ON_WHOSE_WORD)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].not_before = seat.opened_on
        self.needs_end = seat.is_non_executive

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if self.needs_end and not last and "ends_on" not in self.errors:
            self.add_error("ends_on", "Enter the last day; a chair’s or non-executive’s term has an end")
        if first and last and last < first:
            self.add_error("ends_on", "The last day must not be before the first day")
        return cleaned
