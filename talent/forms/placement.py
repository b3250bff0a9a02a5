"""What is typed about placements. Checks only; the acts are in talent/placing.py."""

from typing import Any

from django import forms
from django.utils import timezone

from portal.forms import DateField, PortalForm
from portal.models import Membership, Organisation, User
from talent.models import Application, Placement
from talent.pairing import Pairs
from talent.placing import mentoring, months_after, suggested_hosts


class MentorFields(PortalForm):
    """A mentor by name; with the address of an account they also reach the placement's page."""

    mentor_name = forms.CharField(label="Mentor’s name", max_length=200)
    mentor_email = forms.EmailField(
        label="Mentor’s email address",
        required=False,
        help_text="If the mentor has an account here, they can see the placement and record reviews.",
    )

    def mentored_at(self) -> Organisation | None:
        raise NotImplementedError

    def clean_mentor_email(self) -> Membership | None:
        email = self.cleaned_data["mentor_email"].strip().lower()
        if not email:
            return None
        user = User.objects.filter(email=email, is_active=True).first()
        if user is None:
            raise forms.ValidationError("Nobody with this address has an account. Invite them first or leave it empty")
        membership = mentoring(user, host=self.mentored_at(), at=timezone.now())
        if membership is None:
            raise forms.ValidationError("This person acts for no organisation. Invite them first or leave it empty")
        return membership


class PlacementForm(MentorFields):
    host = forms.ModelChoiceField(Organisation.objects.none(), label="Host trust", empty_label="Choose a trust")
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day", required=False, help_text="Leave empty for the scheme’s usual length.")
    objectives = forms.CharField(widget=forms.Textarea, required=False)

    field_order = ["host", "mentor_name", "mentor_email", "starts_on", "ends_on", "objectives"]

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        today = timezone.localdate()
        trusts = Organisation.objects.trusts().open_on(today).select_related("region")
        self.fields["host"].queryset = trusts
        near = list(suggested_hosts(application, day=today))
        ids = {trust.pk for trust in near}
        self.fields["host"].choices = [
            ("", "Choose a trust"),
            (f"{application.region}: fewest placements first", [(t.pk, self._near(t)) for t in near]),
            ("Elsewhere", [(t.pk, f"{t}, {t.region}") for t in trusts if t.pk not in ids]),
        ]

    @staticmethod
    def _near(trust: Organisation) -> str:
        running = f"{trust.running} placement{'' if trust.running == 1 else 's'} now"
        return f"{trust} ({trust.get_sector_display() or 'sector not known'}, {running})"

    def mentored_at(self) -> Organisation | None:
        return self.cleaned_data.get("host")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts_on = data.get("starts_on")
        if starts_on and not data.get("ends_on") and "ends_on" not in self.errors:
            data["ends_on"] = months_after(starts_on, self.application.intake.scheme.placement_months)
        if starts_on and data.get("ends_on") and data["ends_on"] <= starts_on:
            self.add_error("ends_on", "Last day must be after the first day")
        return data


class PairForm(PortalForm):
    """A host and a mentor of those that the page suggests."""

    host = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Which trust?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose a trust"},
    )
    mentor_as = forms.ModelChoiceField(
        Membership.objects.none(),
        label="Which mentor?",
        widget=forms.RadioSelect,
        empty_label="Nobody yet",
        required=False,
    )
    reason = forms.CharField(
        label="Why this pair?",
        widget=forms.Textarea({"rows": 3}),
        max_length=600,
        error_messages={"required": "Say why this pair"},
    )

    def __init__(self, *args: Any, pairs: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts, mentors = [one.what for one in pairs.hosts], [one.what for one in pairs.mentors]
        self.fields["host"].queryset = Organisation.objects.filter(pk__in=[host.pk for host in hosts])
        self.fields["host"].choices = [(host.pk, str(host)) for host in hosts]
        self.fields["mentor_as"].queryset = Membership.objects.filter(pk__in=[row.pk for row in mentors])
        named = [(row.pk, f"{row.user}, {row.organisation}") for row in mentors]
        self.fields["mentor_as"].choices = [("", "Nobody yet"), *named]


class PlacementChangeForm(MentorFields):
    ends_on = DateField(label="Last day")
    objectives = forms.CharField(widget=forms.Textarea, required=False)
    reason = forms.CharField(label="Reason for the change", required=False, max_length=300)

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement = placement

    def mentored_at(self) -> Organisation:
        return self.placement.host


class ReviewPlanForm(PortalForm):
    due_on = DateField(label="Day of the review")


class ReviewForm(PortalForm):
    held_on = DateField(label="Day on which it was held")
    progress = forms.CharField(widget=forms.Textarea, help_text="The person whose placement it is can read this.")
    actions = forms.CharField(label="Agreed actions", widget=forms.Textarea, required=False)


class PlacementEndForm(PortalForm):
    outcome = forms.ChoiceField(choices=Placement.Outcome.choices, widget=forms.RadioSelect)
    note = forms.CharField(label="What came of it", widget=forms.Textarea)
