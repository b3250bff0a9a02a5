"""A trust's improvement plan: drivers and change ideas, targets, tests of change, and how far the team has come."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.access import Viewer
from portal.ledger import LedgerRow
from programmes.models.collaborative import Enrolment
from programmes.models.measure import Measure


class PlanQuerySet(models.QuerySet["ImprovementPlan"]):
    def visible_to(self, user: Viewer) -> "PlanQuerySet":
        """The trust's own people, its buddies, the programme team: whoever reads the enrolment."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user).values("pk"))


class ImprovementPlan(models.Model):
    """One trust's plan in one collaborative. `revision` counts its edits: two people who write at once are told."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "With the buddies"
        RETURNED = "returned", "To be worked on"
        APPROVED = "approved", "Approved"

    # While it is with the buddies, or approved, nobody writes in it.
    OPEN = (State.DRAFT, State.RETURNED)

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="plan")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    problem = models.TextField("what the data say", blank=True)
    drivers = models.TextField("what drives it", blank=True)
    support = models.TextField("what help is needed", blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment"]

    def __str__(self) -> str:
        return f"Improvement plan of {self.enrolment.trust}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class ChangeIdea(models.Model):
    """One thing that the trust will change, who sees to it and by when."""

    plan = models.ForeignKey(ImprovementPlan, on_delete=models.CASCADE, related_name="ideas")
    what = models.CharField("change idea", max_length=300)
    owner = models.CharField(max_length=120, help_text="A name and a post: Matron, medicine.")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what


class PlanTarget(models.Model):
    """Where a measure shall be in twelve months; it becomes the chart's target once the plan is approved."""

    plan = models.ForeignKey(ImprovementPlan, on_delete=models.CASCADE, related_name="targets")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=12, decimal_places=2)
    by_month = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "measure"], name="plantarget_once_a_measure"),
            models.CheckConstraint(name="plantarget_from_0", condition=Q(value__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}"

    @property
    def says(self) -> str:
        return self.measure.figure(self.value)


class PlanEvent(LedgerRow):
    """One step or comment on a plan. Its words are the row's reason."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", "Sent to the buddies"
        RETURNED = "returned", "Returned with comments"
        APPROVED = "approved", "Approved"
        REOPENED = "reopened", "Opened again"
        COMMENT = "comment", "Comment"

    plan = models.ForeignKey(ImprovementPlan, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.plan}: {self.get_kind_display().lower()}"


class Cycle(models.Model):
    """One test of change (plan, do, study, act) of one idea; its start is noted on the chart of its measure."""

    idea = models.ForeignKey(ChangeIdea, on_delete=models.PROTECT, related_name="cycles")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    planned = models.TextField("plan: what is tested, what we predict")
    done = models.TextField("do: what happened", blank=True)
    studied = models.TextField("study: what the data say", blank=True)
    acted = models.TextField("act: adopt, adapt or abandon", blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="cycle_ends_after_start", condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.idea}, from {self.starts_on:%-d %B %Y}"


class ProgressScore(LedgerRow):
    """Where the team stands on the scale of the Institute for Healthcare Improvement; the reason is its evidence."""

    # Assessment scale for collaboratives of the Institute for Healthcare Improvement (2004).
    STEPS = {
        Decimal("0.5"): "Signed up",
        Decimal("1.0"): "Team formed",
        Decimal("1.5"): "Planning has begun",
        Decimal("2.0"): "Activity, but no changes",
        Decimal("2.5"): "Changes tested, but no improvement",
        Decimal("3.0"): "Modest improvement: a fifth of the way to the aim",
        Decimal("3.5"): "Improvement",
        Decimal("4.0"): "Significant improvement: half of the way to the aim",
        Decimal("4.5"): "Sustainable improvement",
        Decimal("5.0"): "Outstanding sustainable results",
    }
    plan = models.ForeignKey(ImprovementPlan, on_delete=models.PROTECT, related_name="scores")
    score = models.DecimalField(
        max_digits=2, decimal_places=1, choices=[(value, text) for value, text in STEPS.items()]
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.plan}: {self.score}"

    @property
    def says(self) -> str:
        return self.STEPS[self.score]
