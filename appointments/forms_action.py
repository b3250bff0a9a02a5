"""What is typed into the action log. No writes."""

import datetime as dt
from typing import Any

from django import forms

from appointments.actions import may_own
from appointments.models import AgendaItem, CommitteeAction, Meeting
from portal.forms import DateField, PortalForm
from portal.models import User


class ActionForm(PortalForm):
    what = forms.CharField(label="What is to be done", max_length=300)
    item = forms.ModelChoiceField(
        AgendaItem.objects.none(), label="From which item", empty_label="None: the meeting as a whole", required=False
    )
    owner = forms.ModelChoiceField(User.objects.none(), label="Who does it", empty_label="Choose a person")
    due_on = DateField(label="By when", error_messages={"required": "Enter the day by which it is to be done"})

    def __init__(self, *args: Any, meeting: Meeting, reader: User, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = AgendaItem.objects.listed_for(reader).filter(meeting=meeting)
        self.fields["item"].queryset = listed.order_by("position")
        self.fields["owner"].queryset = User.objects.filter(may_own(meeting, at=at))


class ActionChangeForm(PortalForm):
    owner = forms.ModelChoiceField(User.objects.none(), label="Who does it", empty_label="Choose a person")
    due_on = DateField(label="By when", error_messages={"required": "Enter the day by which it is to be done"})
    note = forms.CharField(label="Why it changes", widget=forms.Textarea, max_length=1000, required=False)

    def __init__(self, *args: Any, action: CommitteeAction, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, initial={"owner": action.owner, "due_on": action.due_on}, **kwargs)
        self.fields["owner"].queryset = User.objects.filter(may_own(action.meeting, at=at))


class ActionDoneForm(PortalForm):
    note = forms.CharField(label="What was done", widget=forms.Textarea, max_length=1000, required=False)


class ActionCancelForm(PortalForm):
    note = forms.CharField(label="Why it is no longer wanted", widget=forms.Textarea, max_length=1000)
