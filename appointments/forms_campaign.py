"""What is typed about campaigns: the specification, the panel, who goes on, scores, the reserve list. No writes."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django import forms

from appointments.models import Criterion, PanelMember, RemunerationRate, Seat
from appointments.offering import Term
from appointments.panel import Given
from portal.forms import DateField, PortalForm
from portal.models import User
from talent.models import Application
from talent.models.application import ApplicationQuerySet


def rate_in_words(rate: RemunerationRate) -> str:
    return f"{rate.group}: {rate.pounds}" if rate.group else rate.pounds


class CampaignForm(PortalForm):
    """The beginning: what the advert says, and until when people can apply."""

    about = forms.CharField(
        label="About the trust and the role",
        help_text="Printed on the advert, above the criteria.",
        widget=forms.Textarea({"rows": 6}),
        max_length=4000,
        error_messages={"required": "Say something about the trust and the role"},
    )
    closes_on = DateField(label="Closing date", help_text="People can apply until 5pm on that day.")
    days_a_month = forms.DecimalField(
        label="Days a month", max_digits=4, decimal_places=1, min_value=Decimal("0.5"), max_value=31, required=False
    )
    rate = forms.ModelChoiceField(
        RemunerationRate.objects.none(),
        label="Remuneration",
        help_text="The rates in force today for this seat.",
        empty_label="Not in the advert",
        required=False,
    )
    trust_asked_on = DateField(
        label="When the foundation trust asked for this campaign",
        help_text="The trust makes its own appointment. We find candidates and advise.",
    )

    def __init__(self, *args: Any, seat: Seat, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_on"].not_before = today + dt.timedelta(days=1)
        self.fields["trust_asked_on"].not_after = today
        rates = RemunerationRate.objects.in_force(today).filter(role=seat.role)
        self.fields["rate"].queryset = rates
        self.fields["rate"].label_from_instance = rate_in_words
        del self.fields["trust_asked_on" if seat.board.body_appoints else "rate"]


class SpecificationForm(CampaignForm):
    """The same with the criteria, one a line."""

    essential = forms.CharField(
        label="Essential criteria", help_text="One on each line.", widget=forms.Textarea({"rows": 6})
    )
    desirable = forms.CharField(
        label="Desirable criteria", help_text="One on each line.", widget=forms.Textarea({"rows": 5}), required=False
    )

    def clean_essential(self) -> list[str]:
        return self._lines("essential")

    def clean_desirable(self) -> list[str]:
        return self._lines("desirable")

    def _lines(self, name: str) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
        longest = Criterion._meta.get_field("text").max_length
        if any(len(line) > longest for line in lines):
            raise forms.ValidationError(f"Each criterion must be {longest} characters or fewer")
        return lines


class PanelSearchForm(PortalForm):
    q = forms.CharField(
        label="Name, email address or organisation", max_length=100, widget=forms.TextInput({"autocomplete": "off"})
    )


class PanelMemberForm(PortalForm):
    """One of those found."""

    user = forms.ModelChoiceField(
        User.objects.none(),
        label="Person",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose a person"},
    )
    role = forms.ChoiceField(
        label="Place on the panel",
        choices=PanelMember.Role.choices,
        widget=forms.RadioSelect,
        initial=PanelMember.Role.MEMBER,
    )
    independent = forms.BooleanField(
        label="This is an independent member",
        help_text="Belongs neither to the trust nor to the committee that decides.",
        required=False,
    )

    def __init__(self, *args: Any, found: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(pk__in=[person.pk for person in found])
        self.fields["user"].choices = [(person.pk, f"{person} ({_places(person)})") for person in found]


def _places(person: Any) -> str:
    """As panel.found_for() has fetched them: what tells two of one name apart."""
    return ", ".join(f"{held.get_role_display().lower()}, {held.organisation}" for held in person.places)


class ReasonedForm(PortalForm):
    """A step to confirm; some want their reason."""

    reason = forms.CharField(
        label="Reason", help_text="Kept on record.", widget=forms.Textarea({"rows": 3}), max_length=2000
    )

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["reason"]


class RecommendForm(ReasonedForm):
    """The term that goes to the committee with the name: prefilled from the policy and the rate in force."""

    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day of the term")
    remuneration = forms.IntegerField(label="Remuneration, pounds a year", min_value=0, required=False)
    authority = forms.CharField(
        label="Authority for pay other than the standard rate",
        help_text="Leave empty for the standard rate.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, term: Term | None, rates: Iterable[RemunerationRate], **kwargs: Any) -> None:
        initial = asdict(term) if term else None
        super().__init__(*args, asks=True, initial=initial, **kwargs)
        self.fields["remuneration"].help_text = "The rate in force: " + (
            "; ".join(map(rate_in_words, rates)) or "none is on record."
        )
        self.order_fields(["starts_on", "ends_on", "remuneration", "authority", "reason"])

    def term(self) -> Term:
        return Term(**{name: self.cleaned_data[name] for name in ("starts_on", "ends_on", "remuneration", "authority")})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day must not be before the first day")
        return cleaned


class ChooseForm(PortalForm):
    """Who goes on; the reason is for those who do not."""

    mark_optional = False
    chosen = forms.ModelMultipleChoiceField(
        Application.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = forms.CharField(label="Reason", widget=forms.Textarea({"rows": 4}), max_length=2000, required=False)

    def __init__(
        self,
        *args: Any,
        applications: ApplicationQuerySet,
        labels: dict[int, str],
        question: str,
        hint: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = applications
        self.fields["chosen"].label = question
        self.fields["chosen"].label_from_instance = lambda application: labels[application.pk]
        self.fields["reason"].help_text = hint

    def chosen_ids(self) -> list[int]:
        return [application.pk for application in self.cleaned_data["chosen"]]


class ReserveForm(PortalForm):
    """A rank for each appointable applicant who goes on the reserve list; empty for the others."""

    mark_optional = False

    def __init__(self, *args: Any, applications: Iterable[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.applications = list(applications)
        for application in self.applications:
            self.fields[f"rank_{application.pk}"] = forms.IntegerField(
                label=application.person.full_name, min_value=1, max_value=99, required=False
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = [rank for rank in data.values() if rank]
        if not given and not self.errors:
            raise forms.ValidationError("Give at least one person a rank")
        if len(set(given)) < len(given):
            raise forms.ValidationError("Give each person a different rank")
        return data

    def ranked(self) -> list[Application]:
        ranks = {a.pk: self.cleaned_data[f"rank_{a.pk}"] for a in self.applications}
        return sorted((a for a in self.applications if ranks[a.pk]), key=lambda a: ranks[a.pk])


class ConflictTalkForm(PortalForm):
    """What was said of conflicts of interest at interview."""

    manageable = forms.ChoiceField(
        label="Can any conflict be managed?",
        choices=[("yes", "There is none, or it can be managed"), ("no", "There is one that cannot be managed")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether any conflict can be managed"},
    )
    said = forms.CharField(
        label="What was discussed",
        help_text="Also when there is none. A conflict that can be managed is no bar to an appointment.",
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        error_messages={"required": "Say what was discussed"},
    )

    def given(self) -> dict[str, Any]:
        return {"manageable": self.cleaned_data["manageable"] == "yes", "said": self.cleaned_data["said"]}


class NameConsentForm(PortalForm):
    given = forms.ChoiceField(
        label="May we give your name to the trust?",
        choices=[("yes", "Yes, with your contact details and what the panel advises"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether we may give your name to the trust"},
    )

    def said_yes(self) -> bool:
        return bool(self.cleaned_data["given"] == "yes")


class AnnouncementForm(PortalForm):
    words = forms.CharField(
        label="About the person",
        help_text="Two or three sentences on what they have done and bring to the board. Everybody can read them.",
        widget=forms.Textarea({"rows": 6}),
        max_length=2000,
        error_messages={"required": "Say something about the person"},
    )


class MarksForm(PortalForm):
    """Points and evidence for each criterion of the specification."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        for number, criterion in enumerate(self.criteria, start=1):
            points = forms.ChoiceField(
                label=f"Score for criterion {number}",
                help_text=f"0 is no evidence, {Criterion.MAX_SCORE} is all you could wish for.",
                choices=[(str(n), str(n)) for n in range(Criterion.MAX_SCORE + 1)],
                widget=forms.RadioSelect,
                error_messages={"required": f"Choose a score for criterion {number}"},
            )
            points.inline = True  # type: ignore[attr-defined]
            self.fields[f"points_{criterion.pk}"] = points
            self.fields[f"evidence_{criterion.pk}"] = forms.CharField(
                label=f"Evidence for criterion {number}",
                widget=forms.Textarea({"rows": 3}),
                max_length=2000,
                error_messages={"required": f"Give the evidence for criterion {number}"},
            )

    def rows(self) -> list[tuple[Criterion, Any, Any]]:
        return [(c, self[f"points_{c.pk}"], self[f"evidence_{c.pk}"]) for c in self.criteria]

    def given(self) -> dict[int, Given]:
        data = self.cleaned_data
        return {c.pk: Given(int(data[f"points_{c.pk}"]), data[f"evidence_{c.pk}"]) for c in self.criteria}
