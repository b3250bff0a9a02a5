"""Placements: where an approved candidate learns, with whom, how it goes and what came of it."""

import datetime as dt
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from portal.access import Viewer, access_of
from portal.ledger import LedgerRow
from portal.models import User
from talent.models.interest import DeclaredInterest


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, user: Viewer) -> "PlacementQuerySet":
        """The person's own, the mentor's while they act for whom they mentor, the host trust's; talent staff's.

        A regional lead's are the region's. Staff in conflict about the person find it only where they are its mentor
        or at the host.
        """
        if not isinstance(user, User):
            return self.none()
        access = access_of(user)
        scope = Q(application__person__user=user) | Q(host__in=access.trust_ids)
        scope |= Q(mentor_as__in=access.membership_ids)
        if access.is_talent_staff:
            barred = DeclaredInterest.objects.in_force().filter(user=user).values("application")
            region = Q(application__region__in=access.region_ids) | Q(host__region__in=access.region_ids)
            scope |= ~Q(application__in=barred) & (Q() if access.is_talent_team else region)
        return self.filter(scope)

    def started_between(self, first: dt.date, last: dt.date) -> "PlacementQuerySet":
        return self.filter(starts_on__range=(first, last))


class Placement(models.Model):
    """One person at one host trust for a stated time, with a mentor, objectives, reviews and an outcome."""

    class Outcome(models.TextChoices):
        COMPLETED = "completed", "Completed"
        APPOINTED = "appointed", "Left for a board appointment"
        ENDED_EARLY = "ended_early", "Ended early"

    application = models.OneToOneField("talent.Application", on_delete=models.PROTECT, related_name="placement")
    host = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="placements")
    # Through which membership the mentor acts: whoever leaves loses the placement with it.
    mentor_as = models.ForeignKey(
        "portal.Membership", null=True, blank=True, on_delete=models.PROTECT, related_name="mentored"
    )
    mentor_name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    objectives = models.TextField(blank=True)
    days_a_month = models.DecimalField(max_digits=3, decimal_places=1, default=Decimal("2.5"))
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    outcome_note = models.TextField(blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(name="placement_ends_after_start", condition=Q(ends_on__gt=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return f"Placement at {self.host}"


class PlacementEvent(LedgerRow):
    """One act on a placement: begun, changed, reviewed, ended; `facts` holds what changed."""

    class Kind(models.TextChoices):
        BEGUN = "begun", "Begun"
        CHANGED = "changed", "Changed"
        REVIEWED = "reviewed", "Reviewed"
        ENDED = "ended", "Ended"

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.placement}: {self.kind}"


class PlacementReview(models.Model):
    """A meeting about how a placement goes: planned, then held, with what was said."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="reviews")
    due_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    progress = models.TextField(blank=True)
    actions = models.TextField(blank=True)
    recorded_by = models.ForeignKey("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["placement", "due_on"], name="placementreview_once_a_day")]

    def __str__(self) -> str:
        return f"Review of {self.placement} due {self.due_on.isoformat()}"
