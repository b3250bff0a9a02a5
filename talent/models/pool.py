"""Talent pools, and the consent by which a person is in one."""

import datetime as dt

from django.db import models
from django.db.models import Q

from portal.access import Viewer, access_of
from portal.ledger import LedgerRow


class Pool(models.Model):
    """A named group of people who agreed to be found for a kind of role."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    purpose = models.TextField(help_text="What the person agrees to be found for; read before consenting.")
    consent_months = models.PositiveSmallIntegerField(default=12)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PoolMembershipQuerySet(models.QuerySet["PoolMembership"]):
    def in_force(self, day: dt.date) -> "PoolMembershipQuerySet":
        """Agreed to, neither left, run out nor paused; nothing is found through a record merged into another."""
        return self.filter(left_at=None, paused_at=None, expires_on__gt=day, person__merged_into=None)

    def visible_to(self, user: Viewer) -> "PoolMembershipQuerySet":
        """Talent staff see who is in a pool, a regional lead the people of the region; nobody else sees any."""
        access = access_of(user)
        if not access.is_talent_staff:
            return self.none()
        return self if access.is_talent_team else self.filter(person__region__in=access.region_ids)


class PoolMembership(models.Model):
    """One person's dated consent to be in one pool. Leaving ends it at once; the row stays as the record."""

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey("talent.Person", on_delete=models.CASCADE, related_name="pool_memberships")
    consented_at = models.DateTimeField()
    expires_on = models.DateField()
    # What the person read and agreed to, or the name and version of the form they signed.
    wording = models.TextField(blank=True)
    may_be_shared = models.BooleanField("may be shown to a trust that looks for somebody", default=False)
    left_at = models.DateTimeField(null=True, blank=True)
    # Not found for a while, without giving the consent up; its end stays where it was.
    paused_at = models.DateTimeField(null=True, blank=True)

    objects = PoolMembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pool", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "person"], condition=Q(left_at=None), name="poolmembership_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.pool}"


class ConsentEvent(LedgerRow):
    """One thing a person decided about a consent of theirs, with the words they had before them."""

    class Kind(models.TextChoices):
        JOINED = "joined", "Agreed"
        RENEWED = "renewed", "Agreed again"
        LEFT = "left", "Left"
        PAUSED = "paused", "Paused"
        RESUMED = "resumed", "Resumed"

    membership = models.ForeignKey(PoolMembership, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    wording = models.TextField(blank=True)
    may_be_shared = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_kind_display()}"
