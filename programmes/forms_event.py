"""What is typed about events: the event itself, booking, who came, materials, evaluation. No writes."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.access import access_of
from portal.files import limit_in_words
from portal.forms import DateField, PortalForm, WordLimitField
from portal.models import Organisation, Region, User
from programmes.convening import EventFacts
from programmes.evaluating import question_of
from programmes.event_access import collaboratives_to_plan_for
from programmes.models import Cohort, Event, LearningNetwork, Scheme

TIME = {"input_formats": ["%H:%M", "%H.%M"], "help_text": "London time, for example 14:00."}
SCHEME, COLLABORATIVE, COHORT, NETWORK = "scheme", "collaborative", "cohort", "network"

# An event of a cohort or network is for its people, and only such an event.
ITS_PEOPLE = "Choose a cohort or network as programme, and its people as those who may book, or neither"


class EventForm(PortalForm):
    """Everything about an event. What it belongs to is one list: programmes, collaboratives, cohorts."""

    title = forms.CharField(max_length=200)
    kind = forms.ChoiceField(choices=Event.Kind.choices, label="Kind of event")
    summary = forms.CharField(max_length=300, help_text="One or two sentences for the list of events.")
    about = forms.CharField(
        label="What happens there",
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text="Leave a line empty to begin a paragraph.",
    )
    belongs_to = forms.ChoiceField(
        label="Programme", required=False, help_text="For a cohort or a network, the event is for its people only."
    )
    audience = forms.ChoiceField(label="Who may book?", choices=Event.Audience.choices, widget=forms.RadioSelect)
    region = forms.ModelChoiceField(
        Region.objects.all(), required=False, empty_label="By video or everywhere", help_text="Where it is held."
    )
    day = DateField(label="Date")
    last_day = DateField(label="Last day", required=False, help_text="Only for an event of several days.")
    begins = forms.TimeField(label="Begins at", error_messages={"required": "Enter when it begins"}, **TIME)
    ends = forms.TimeField(label="Ends at", error_messages={"required": "Enter when it ends"}, **TIME)
    place = forms.CharField(max_length=300, help_text="Room and address, or “By video”.")
    link = forms.URLField(
        label="Link to join by video", required=False, assume_scheme="https",
        help_text="Only people with a place see it.",
    )  # fmt: skip
    joining = forms.CharField(
        label="Joining instructions", required=False, widget=forms.Textarea({"rows": 5}),
        help_text="How to get there, what to bring. They stand in the confirmation that is mailed.",
    )  # fmt: skip
    capacity = forms.IntegerField(label="Places", required=False, min_value=1, help_text="Leave empty for no limit.")
    closes_on = DateField(
        label="Last day for booking", required=False, help_text="Without one, booking closes when the event begins."
    )
    contact_email = forms.EmailField(label="Email address for questions")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._programmes = _programmes_of(user)
        choices = [(f"{kind}-{row.pk}", str(row)) for (kind, _), row in self._programmes.items()]
        self.fields["belongs_to"].choices = [("", "None"), *choices]
        access = access_of(user)
        if access.region_ids and not access.is_talent_team:
            self.fields["region"].queryset = Region.objects.filter(pk__in=access.region_ids)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        day, last = said.get("day"), said.get("last_day")
        if day and last and last < day:
            self.add_error("last_day", ValidationError("The last day must be the same as or after the first"))
        begins, ends = said.get("begins"), said.get("ends")
        if begins and ends and ends <= begins and (last is None or last == day):
            self.add_error("ends", ValidationError("It must end after it begins"))
        if day and said.get("closes_on") and said["closes_on"] > day:
            self.add_error("closes_on", ValidationError("Booking must close on or before the day of the event"))
        has_people = (said.get("belongs_to") or "").startswith((COHORT, NETWORK))
        if (said.get("audience") == Event.Audience.GROUP) != has_people:
            self.add_error("audience", ValidationError(ITS_PEOPLE))
        return said

    def facts(self) -> EventFacts:
        """As the acts take them."""
        said = self.cleaned_data
        starts_at = _moment(said["day"], said["begins"])
        closes = said["closes_on"]
        kind, _, pk = said["belongs_to"].partition("-")
        row = self._programmes.get((kind, int(pk))) if pk else None
        return EventFacts(
            **{name: said[name] for name in ("title", "kind", "audience", "summary", "about", "place", "link")},
            **{name: said[name] for name in ("joining", "capacity", "contact_email", "region")},
            starts_at=starts_at,
            ends_at=_moment(said["last_day"] or said["day"], said["ends"]),
            booking_closes_at=min(starts_at, _moment(closes, dt.time(23, 59))) if closes else starts_at,
            scheme=row if isinstance(row, Scheme) else row.scheme if isinstance(row, Cohort) else None,
            collaborative=row if kind == COLLABORATIVE else None,
            cohort=row if isinstance(row, Cohort) else None,
            network=row if isinstance(row, LearningNetwork) else None,
        )


def event_initial(event: Event) -> dict[str, Any]:
    """The form as it was filled in."""
    begins, ends = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    plain = ("title", "kind", "summary", "about", "audience", "region", "place", "link", "joining", "capacity")
    belongs = {
        COHORT: event.cohort_id,
        NETWORK: event.network_id,
        SCHEME: event.scheme_id,
        COLLABORATIVE: event.collaborative_id,
    }
    return {
        **{name: getattr(event, name) for name in (*plain, "contact_email")},
        "belongs_to": next((f"{kind}-{pk}" for kind, pk in belongs.items() if pk), ""),
        "day": begins.date(),
        "last_day": ends.date() if ends.date() != begins.date() else None,
        "begins": f"{begins:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "closes_on": None
        if event.booking_closes_at == event.starts_at
        else timezone.localdate(event.booking_closes_at),
    }


def _programmes_of(user: User) -> dict[tuple[str, int], Any]:
    """What `user` may plan events for."""
    rows: list[tuple[str, Any]] = [(COLLABORATIVE, row) for row in collaboratives_to_plan_for(user)]
    rows += [(NETWORK, row) for row in LearningNetwork.objects.led_by(user)]
    if access_of(user).is_talent_team:
        rows += [(SCHEME, row) for row in Scheme.objects.exclude(track=Scheme.Track.CAMPAIGN)]
        cohorts = Cohort.objects.exclude(scheme__track=Scheme.Track.CAMPAIGN)
        rows += [(COHORT, row) for row in cohorts.select_related("scheme").order_by("scheme__name", "-starts_on")]
    return {(kind, row.pk): row for kind, row in rows}


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))


class BookingForm(PortalForm):
    """The organisation is asked for only where somebody acts for several."""

    organisation = forms.ModelChoiceField(
        None, label="For which organisation do you come?", required=False, empty_label="For myself"
    )
    needs = WordLimitField(
        max_words=150,
        required=False,
        label="Is there anything we should arrange for you?",
        help_text="Access, an interpreter, what you eat. Only the team sees it; it is deleted a month after the event.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.filter(pk__in=access_of(user).organisation_ids).order_by("sort_name")
        self.fields["organisation"].queryset = mine
        found = list(mine[:2])
        if not found:
            del self.fields["organisation"]
        elif len(found) == 1:
            self.fields["organisation"].initial = found[0]


class ReasonForm(PortalForm):
    reason = forms.CharField(max_length=500, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, label: str = "Reason", required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].required = label, required


class EventAttendanceForm(PortalForm):
    came = forms.MultipleChoiceField(label="Who came?", widget=forms.CheckboxSelectMultiple, required=False)
    mark_optional = False  # nobody may have come

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = people

    def said(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["came"]]


class MaterialForm(PortalForm):
    title = forms.CharField(max_length=200)
    file = forms.FileField(help_text=f"A PDF, Word or OpenDocument file of up to {limit_in_words()}.")


MARKS = {
    "overall": ("1 – poor", "2", "3", "4", "5 – excellent"),
    "useful": ("1 – not at all", "2", "3", "4", "5 – very"),
    "confident": ("1 – not at all", "2", "3", "4", "5 – very"),
}


class EvaluationForm(PortalForm):
    """The questions of the model, in its words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, labels in MARKS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=question_of(name),
                choices=list(enumerate(labels, start=1)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": f"Choose a mark for “{question_of(name)}”"},
            )
        for name in ("will_do", "better"):
            self.fields[name] = WordLimitField(max_words=200, required=False, label=question_of(name))
