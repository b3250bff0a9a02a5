"""How staff narrow the candidate list; the facets (state, region, intake) are filtered apart, to be counted."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from portal.forms import PortalForm
from portal.models import Region, User
from programmes.models import Intake, Scheme
from talent.finding import FACETS, with_words
from talent.models import Adjustment, Feedback, Review, State
from talent.models.application import TURNED_AWAY, ApplicationQuerySet

ATTENTION = {
    "sift": "Waiting for sift",
    "adjustment": "Adjustment not answered",
    "reviewers": "In review with fewer than two reviewers",
    "overdue": "Review overdue",
    "ready": "All reviews in, not yet decided",
    "feedback": "Feedback owed",
}
SENT_STATES = [(s.value, s.label) for s in State if s != State.DRAFT]
SORT_CHOICES = [
    ("", "Newest first"),
    ("best", "Best match"),
    ("oldest", "Oldest first"),
    ("name", "Name"),
    ("longest", "Longest in its stage"),
]


def needing(applications: ApplicationQuerySet, what: str, day: dt.date) -> ApplicationQuerySet:
    """Those that wait for the team in one way (ATTENTION); all of them for a word that is not in it."""
    reviews = Review.objects.standing().filter(application=OuterRef("pk"))
    in_review = applications.filter(state=State.REVIEW)
    match what:
        case "sift":
            return applications.filter(state__in=[State.SUBMITTED, State.SIFT])
        case "adjustment":
            return applications.filter(Exists(Adjustment.objects.filter(application=OuterRef("pk"), answered_at=None)))
        case "reviewers":
            standing = Count("reviews", filter=Q(reviews__withdrawn_at=None))
            return applications.filter(pk__in=in_review.annotate(n=standing).filter(n__lt=2).values("pk"))
        case "overdue":
            return in_review.filter(Exists(reviews.filter(submitted_at=None, due_on__lt=day)))
        case "ready":
            return in_review.filter(Exists(reviews), ~Exists(reviews.filter(submitted_at=None)))
        case "feedback":
            given = Feedback.objects.filter(application=OuterRef("pk"))
            return applications.filter(~Exists(given), state__in=TURNED_AWAY)
    return applications


def _midnight(day: dt.date) -> dt.datetime:
    """Where `day` begins in London: not 24 hours after the day before when the clocks change."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


class CandidateForm(PortalForm):
    """The panel beside the list: nothing in it is required, and nothing in it is optional either."""

    mark_optional = False


class CandidateFilter(django_filters.FilterSet):
    """Everything that narrows the list. `.qs` is all of it; `.before_facets` leaves the three facets out."""

    q = django_filters.CharFilter(label="Words in profile and answers", method="by_words")
    scheme = django_filters.ModelChoiceFilter(
        label="Scheme", queryset=Scheme.objects.all(), field_name="intake__scheme", empty_label="All schemes"
    )
    state = django_filters.MultipleChoiceFilter(
        label="State", choices=SENT_STATES, method="leave", widget=forms.CheckboxSelectMultiple
    )
    region = django_filters.ModelMultipleChoiceFilter(
        label="Region", queryset=Region.objects.all(), method="leave", widget=forms.CheckboxSelectMultiple
    )
    intake = django_filters.ModelMultipleChoiceFilter(
        label="Intake",
        queryset=Intake.objects.select_related("scheme"),
        method="leave",
        widget=forms.CheckboxSelectMultiple,
    )
    sent_from = django_filters.DateFilter(label="Submitted from", method="by_day", widget=forms.DateInput)
    sent_to = django_filters.DateFilter(label="Submitted to", method="by_day", widget=forms.DateInput)
    reviewer = django_filters.ModelChoiceFilter(
        label="Reviewer", queryset=User.objects.none(), method="by_reviewer", empty_label="Any reviewer"
    )
    attention = django_filters.ChoiceFilter(
        label="Needs attention", choices=list(ATTENTION.items()), method="by_need", empty_label="Any"
    )
    sort = django_filters.ChoiceFilter(
        label="Sort by", choices=SORT_CHOICES[1:], method="leave", empty_label=SORT_CHOICES[0][1]
    )

    class Meta:
        form = CandidateForm

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["reviewer"].queryset = User.objects.filter(pk__in=Review.objects.standing().values("reviewer"))

    def leave(self, rows: ApplicationQuerySet, name: str, value: Any) -> ApplicationQuerySet:
        return rows

    def by_words(self, rows: ApplicationQuerySet, name: str, value: str) -> ApplicationQuerySet:
        # PostgreSQL keeps no NUL.
        return with_words(rows, value.replace("\x00", ""))

    def by_day(self, rows: ApplicationQuerySet, name: str, value: dt.date) -> ApplicationQuerySet:
        if name == "sent_from":
            return rows.filter(submitted_at__gte=_midnight(value))
        # The last day that dates know has no day after it, and nothing was sent after it.
        return rows if value == dt.date.max else rows.filter(submitted_at__lt=_midnight(value + dt.timedelta(days=1)))

    def by_reviewer(self, rows: ApplicationQuerySet, name: str, value: User) -> ApplicationQuerySet:
        return rows.filter(Exists(Review.objects.standing().filter(application=OuterRef("pk"), reviewer=value)))

    def by_need(self, rows: ApplicationQuerySet, name: str, value: str) -> ApplicationQuerySet:
        return needing(rows, value, timezone.localdate())

    @property
    def words(self) -> str:
        return self._cleaned("q") or ""

    @property
    def sort_by(self) -> str:
        return self._cleaned("sort") or ""

    def _cleaned(self, name: str) -> Any:
        return self.form.cleaned_data.get(name) if self.form.is_valid() else None

    @property
    def chosen(self) -> dict[str, list[Any]]:
        """The facets' choices as they stand in Cube's cells."""
        return {name: [getattr(v, "pk", v) for v in self._cleaned(name) or ()] for name in FACETS}

    @property
    def before_facets(self) -> ApplicationQuerySet:
        """What was asked apart from the facets; nothing when the question itself is faulty."""
        return self.qs if not self.is_bound or self.form.is_valid() else self.queryset.none()

    def within_facets(self) -> ApplicationQuerySet:
        return self.before_facets.filter(**{f"{name}__in": chosen for name, chosen in self.chosen.items() if chosen})
