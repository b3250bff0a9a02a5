"""Pools that staff put together for a purpose: people in steps, each with an owner and what is done next."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from portal.access import Viewer, access_of
from portal.ledger import LedgerRow
from portal.models import User
from talent.models.pool import PoolMembership


class CuratedPoolQuerySet(models.QuerySet["CuratedPool"]):
    def visible_to(self, user: Viewer) -> "CuratedPoolQuerySet":
        """One's own and those one works on with others; a region's for its staff; national ones for all staff."""
        access = access_of(user)
        if not isinstance(user, User) or not access.is_talent_staff:
            return self.none()
        mine = Q(owner=user) | Q(pk__in=CuratedPool.objects.filter(colleagues=user).values("pk"))
        if access.is_talent_team:
            shared = Q(reach__in=(CuratedPool.Reach.REGIONAL, CuratedPool.Reach.NATIONAL))
        else:
            shared = Q(reach=CuratedPool.Reach.NATIONAL) | Q(region__in=access.region_ids)
        return self.filter(mine | shared)

    def open_on(self, day: dt.date) -> "CuratedPoolQuerySet":
        return self.filter(closed_at=None, expires_on__gt=day)


class CuratedPool(models.Model):
    """One list of people kept for a purpose and a time. It shows whoever still agrees to be found, and nobody else."""

    class Reach(models.TextChoices):
        PRIVATE = "private", "Private: its owner and named colleagues"
        REGIONAL = "regional", "Regional: staff of one region"
        NATIONAL = "national", "National: all talent staff"

    name = models.CharField(max_length=120)
    purpose = models.TextField()
    reach = models.CharField(max_length=10, choices=Reach.choices, default=Reach.PRIVATE)
    region = models.ForeignKey("portal.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    colleagues = models.ManyToManyField("portal.User", blank=True, related_name="+")
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CuratedPoolQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="curatedpool_region_where_regional",
                condition=Q(reach="regional", region__isnull=False) | ~Q(reach="regional") & Q(region=None),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_open_on(self, day: dt.date) -> bool:
        return self.closed_at is None and day < self.expires_on


class PoolStep(models.Model):
    """One step of a curated pool, in its order."""

    pool = models.ForeignKey(CuratedPool, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pool", "position"]
        constraints = [models.UniqueConstraint(fields=["pool", "position"], name="poolstep_once_at_a_place")]

    def __str__(self) -> str:
        return self.name


class PoolCandidateQuerySet(models.QuerySet["PoolCandidate"]):
    def shown_on(self, day: dt.date) -> "PoolCandidateQuerySet":
        """In the list still, and agreeing to be found on that day: who withdraws is out of every list and count."""
        return self.filter(removed_at=None, person__in=PoolMembership.objects.in_force(day).values("person"))

    def visible_to(self, user: Viewer) -> "PoolCandidateQuerySet":
        """Of pools the viewer may open, those people whom the viewer may see; never oneself."""
        people = PoolMembership.objects.visible_to(user).values("person")
        pools = CuratedPool.objects.visible_to(user).values("pk")
        return self.filter(pool__in=pools, person__in=people).exclude(person__user=user.pk)


class PoolCandidate(models.Model):
    """One person in one curated pool: which step, whose task, what is next and when."""

    pool = models.ForeignKey(CuratedPool, on_delete=models.PROTECT, related_name="candidates")
    person = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="curated_in")
    step = models.ForeignKey(PoolStep, on_delete=models.PROTECT, related_name="candidates")
    owner = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    next_action = models.CharField(max_length=200, blank=True)
    next_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PoolCandidateQuerySet.as_manager()

    class Meta:
        ordering = ["step__position", F("next_on").asc(nulls_last=True), "person__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "person"], condition=Q(removed_at=None), name="poolcandidate_once_at_a_time"
            ),
            models.CheckConstraint(
                name="poolcandidate_action_has_a_day",
                condition=Q(next_action="", next_on=None) | ~Q(next_action="") & Q(next_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.pool}"


class CandidateEvent(LedgerRow):
    """One thing done about a person in a curated pool; a note is one too. The reason holds the words."""

    class Kind(models.TextChoices):
        ADDED = "added", "Added"
        MOVED = "moved", "Moved to"
        PLANNED = "planned", "Next"
        NOTED = "noted", "Note"
        REMOVED = "removed", "Taken out"

    candidate = models.ForeignKey(PoolCandidate, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.get_kind_display()}"


class ColleagueEvent(LedgerRow):
    """Somebody was let into a private pool by its owner, or taken off it again."""

    class Kind(models.TextChoices):
        NAMED = "named", "Named"
        TAKEN_OFF = "taken_off", "Taken off"

    pool = models.ForeignKey(CuratedPool, on_delete=models.PROTECT, related_name="colleague_events")
    colleague = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.colleague}: {self.get_kind_display().lower()}, {self.pool}"
