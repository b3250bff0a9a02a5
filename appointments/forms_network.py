"""What is typed about chair networks: sessions, who came, papers, actions, who belongs. No writes."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from appointments.models import NetworkChange, NetworkSession
from appointments.networks import Members, possible_members, possible_owners
from portal.files import limit_in_words
from portal.forms import DateField, PortalForm
from portal.models import Region

PICK = {"empty_label": "Choose a person"}


class NetworkSessionForm(PortalForm):
    title = forms.CharField(label="What it is about", max_length=200)
    day = DateField(label="Date")
    time = forms.TimeField(help_text="London time, for example 14:00.", input_formats=["%H:%M", "%H.%M"])
    place = forms.CharField(label="Place or link", max_length=300)

    def facts(self) -> dict[str, Any]:
        """As the acts take them."""
        said = self.cleaned_data
        starts_at = timezone.make_aware(dt.datetime.combine(said["day"], said["time"]))
        return {"title": said["title"], "starts_at": starts_at, "place": said["place"]}


def session_initial(session: NetworkSession) -> dict[str, Any]:
    local = timezone.localtime(session.starts_at)
    return {"title": session.title, "day": local.date(), "time": local.strftime("%H:%M"), "place": session.place}


class NetworkCancelForm(PortalForm):
    reason = forms.CharField(label="Why is it cancelled?", max_length=500)


class AttendanceForm(PortalForm):
    came = forms.MultipleChoiceField(label="Who came?", widget=forms.CheckboxSelectMultiple, required=False)
    mark_optional = False  # nobody may have come

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = people

    def said(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["came"]]


class NetworkPaperForm(PortalForm):
    title = forms.CharField(max_length=200)
    file = forms.FileField(help_text=f"A PDF, Word or OpenDocument file of up to {limit_in_words()}.")


class NetworkActionForm(PortalForm):
    what = forms.CharField(label="What is to be done", max_length=300)
    owner = forms.ModelChoiceField(queryset=None, help_text="Members with an account and the region’s leads.", **PICK)
    due_on = DateField(label="Due", error_messages={"required": "Enter the day by which it is to be done"})

    def __init__(self, *args: Any, region: Region, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners(region, timezone.localdate(at), at)


class NetworkAddForm(PortalForm):
    """Somebody who sits on a board of the region joins its network."""

    person = forms.ModelChoiceField(queryset=None, help_text="Whoever sits on a board of the region today.", **PICK)
    reason = forms.CharField(max_length=500, help_text="For example: chair designate from 1 May.")

    def __init__(self, *args: Any, region: Region, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = possible_members(region, day)


class NetworkMemberForm(PortalForm):
    """The other word about one person: left out, or as the seat says."""

    kind = forms.ChoiceField(label="Does this person belong?", widget=forms.RadioSelect)
    reason = forms.CharField(max_length=500)

    WORDS = {
        NetworkChange.Kind.ADDED: "Yes, whatever seat they hold",
        NetworkChange.Kind.LEFT_OUT: "No, leave this person out",
        NetworkChange.Kind.BY_SEAT: "Only while they chair a trust of the region",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, words) for kind, words in self.WORDS.items()]


def known_to(members: Members, person_id: int) -> bool:
    return any(member.person.pk == person_id for member in (*members.belonging, *members.left_out))
