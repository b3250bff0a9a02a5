"""Collaboratives: an aim that trusts work on together, in waves; who takes part, with which buddies, what was held."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portal.access import Viewer, access_of, has_role
from portal.ledger import LedgerRow
from portal.models import Role, User
from programmes.models.measure import Measure

BUDDY_ROLES = (Role.IMPROVEMENT_LEAD, Role.TALENT_TEAM)


class CollaborativeQuerySet(models.QuerySet["Collaborative"]):
    def led_by(self, user: Viewer) -> "CollaborativeQuerySet":
        """Those whose programme team `user` belongs to: the talent team's are all of them."""
        if not isinstance(user, User):
            return self.none()
        if has_role(user, Role.TALENT_TEAM):
            return self
        if not has_role(user, Role.IMPROVEMENT_LEAD):
            return self.none()
        return self.filter(leads=user)

    def visible_to(self, user: Viewer) -> "CollaborativeQuerySet":
        """Those that one leads, is a buddy in, or whose trust takes part in."""
        enrolled = Enrolment.objects.visible_to(user).values("wave__collaborative")
        return self.filter(Q(pk__in=self.led_by(user).values("pk")) | Q(pk__in=enrolled))

    def counted(self) -> "CollaborativeQuerySet":
        """With `trusts`: how many take part now."""
        running = Count("waves__enrolments", filter=Q(waves__enrolments__left_on=None))
        return self.annotate(trusts=running)


class Collaborative(ClusterableModel):
    """One collaborative, such as the one on retention. Set up in the CMS with its measures and its timetable."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    aim = models.TextField(help_text="One or two sentences: what, by how much, by when.")
    measures = models.ManyToManyField(Measure, through="Aim", related_name="collaboratives")
    leads = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="leads_collaboratives", help_text="The programme team."
    )

    objects = CollaborativeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Aim(models.Model):
    """A measure of a collaborative, and how far it shall have moved by a month."""

    collaborative = ParentalKey(Collaborative, on_delete=models.CASCADE, related_name="aims")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="aims")
    position = models.PositiveSmallIntegerField(default=0)
    change_percent = models.DecimalField(
        "change aimed at, %",
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        help_text="Against the first three months: -5 for five per cent fewer.",
    )
    by_month = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["collaborative", "measure"], name="aim_once_a_measure")]

    def __str__(self) -> str:
        return f"{self.collaborative}: {self.measure}"


class TimelineStep(models.Model):
    """One step that every trust of a collaborative goes through, so many days after its wave begins."""

    class Kind(models.TextChoices):
        DATA_PACK = "data_pack", "Data pack"
        LAUNCH = "launch", "Launch event"
        CALL = "call", "Introductory call"
        VISIT = "visit", "Visit"
        PLAN_DUE = "plan_due", "Plan due"
        REVIEW = "review", "Review"
        PHASE = "phase", "Phase"

    collaborative = ParentalKey(Collaborative, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120)
    day = models.PositiveSmallIntegerField(help_text="Days after the wave begins.")

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(fields=["collaborative", "name"], name="timelinestep_name_once")]

    def __str__(self) -> str:
        return self.name

    def due_on(self, starts_on: dt.date) -> dt.date:
        return starts_on + dt.timedelta(days=self.day)


class WaveQuerySet(models.QuerySet["Wave"]):
    def joinable(self, today: dt.date) -> "WaveQuerySet":
        """Those that have not ended."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))


class Wave(models.Model):
    """The trusts that begin together."""

    collaborative = models.ForeignKey(Collaborative, on_delete=models.PROTECT, related_name="waves")
    name = models.CharField(max_length=120, help_text="For example: Cohort 1.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = WaveQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "name"], name="wave_name_once"),
            models.CheckConstraint(
                name="wave_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collaborative}: {self.name}"


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def running(self) -> "EnrolmentQuerySet":
        return self.filter(left_on=None)

    def taking_part(self, day: dt.date) -> "EnrolmentQuerySet":
        """Those who have not left and whose wave has not ended."""
        return self.running().filter(Q(wave__ends_on=None) | Q(wave__ends_on__gte=day))

    def worked_on_by(self, user: Viewer) -> "EnrolmentQuerySet":
        """The programme team's, and those that `user` is a buddy of."""
        if not isinstance(user, User):
            return self.none()
        led = Collaborative.objects.led_by(user).values("pk")
        return self.filter(Q(wave__collaborative__in=led) | Q(pk__in=self.model.objects.buddied_by(user).values("pk")))

    def buddied_by(self, user: Viewer) -> "EnrolmentQuerySet":
        """Those that `user` stands by, while they hold the role."""
        if not isinstance(user, User) or not has_role(user, *BUDDY_ROLES):
            return self.none()
        return self.filter(Q(clinical_buddy=user) | Q(workforce_buddy=user))

    def of_trusts_of(self, user: Viewer) -> "EnrolmentQuerySet":
        """Those of the trusts that `user` acts for."""
        return self.filter(trust__in=access_of(user).trust_ids)

    def visible_to(self, user: Viewer) -> "EnrolmentQuerySet":
        """Whose figures and plans `user` reads: the trust's own people, its buddies, the programme team."""
        return self.filter(
            Q(pk__in=self.worked_on_by(user).values("pk")) | Q(pk__in=self.of_trusts_of(user).values("pk"))
        )

    def shared_with(self, user: Viewer) -> "EnrolmentQuerySet":
        """Peers' of the same collaborative, whose trust shows its charts to the others."""
        own = self.model.objects.running().of_trusts_of(user).values("wave__collaborative")
        return self.running().filter(shares=True, wave__collaborative__in=own)


class Enrolment(models.Model):
    """One trust in one wave: why it was chosen, who stands by it, and whether its peers may see its charts."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="enrolments")
    trust = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="enrolments")
    clinical_buddy = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="clinical_buddy_of"
    )
    workforce_buddy = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="workforce_buddy_of"
    )
    shares = models.BooleanField("the other trusts see its charts", default=False)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["wave", "trust__sort_name"]
        constraints = [models.UniqueConstraint(fields=["wave", "trust"], name="enrolment_once_a_wave")]

    def __str__(self) -> str:
        return f"{self.trust}, {self.wave}"

    @property
    def is_running(self) -> bool:
        return self.left_on is None

    @property
    def ends_on(self) -> dt.date | None:
        """The last day for which figures are asked; None while no end is known. The wave comes with the row."""
        return self.left_on or self.wave.ends_on


class EnrolmentEvent(LedgerRow):
    """One act on a trust's part in a wave: chosen, given buddies, held a step, shared, left."""

    class Kind(models.TextChoices):
        CHOSEN = "chosen", "Chosen"
        BUDDIES = "buddies", "Buddies named"
        HELD = "held", "Step held"
        SHARED = "shared", "Charts shown to the other trusts"
        UNSHARED = "unshared", "Charts no longer shown"
        LEFT = "left", "Left the collaborative"

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    step = models.ForeignKey(TimelineStep, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    held_on = models.DateField(null=True, blank=True)
    # What the choice rested on: measure, value, limits of the funnel that day.
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "step"], condition=Q(kind="held"), name="enrolmentevent_step_held_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.get_kind_display().lower()}"
