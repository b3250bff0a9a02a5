"""What the secretariat types of committees, their meetings and papers. No writes."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from appointments.models import AgendaItem, Committee, CommitteeSeat, Meeting
from portal.forms import DateField, PortalForm, PortalModelForm
from portal.models import Role, User
from talent.models import Application


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
        error_messages = {"starts_on": {"required": "Enter the first day on which they sit"}}

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
