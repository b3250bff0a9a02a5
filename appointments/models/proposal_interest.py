"""What stands between somebody and a proposal about a seat, and the relationships that staff know of."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from appointments.models.proposal import Proposal
from talent.models import ConflictKind, DeclaredInterest


class ProposalInterestQuerySet(models.QuerySet["ProposalInterest"]):
    def in_force(self) -> "ProposalInterestQuerySet":
        return self.filter(lifted_at=None)


class ProposalInterest(models.Model):
    """One person's conflict about one proposal, declared or detected. Nobody lifts their own."""

    Source = DeclaredInterest.Source

    user = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="proposal_interests")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=20, choices=ConflictKind.choices)
    detail = models.TextField(blank=True)
    source = models.CharField(max_length=10, choices=DeclaredInterest.Source.choices, default="declared")
    declared_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lift_reason = models.TextField(blank=True)

    objects = ProposalInterestQuerySet.as_manager()

    class Meta:
        ordering = ["-declared_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "proposal", "kind"],
                condition=Q(lifted_at=None),
                name="proposalinterest_once_in_force",
            ),
            models.CheckConstraint(
                name="proposalinterest_not_lifted_by_oneself", condition=Q(lifted_by=None) | ~Q(lifted_by=F("user"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_kind_display()}"


class RelationshipQuerySet(models.QuerySet["Relationship"]):
    def in_force(self, at: dt.datetime) -> "RelationshipQuerySet":
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=at))


class Relationship(models.Model):
    """What staff know to be between somebody who acts in the portal and a person: it counts in both directions."""

    user = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="relationships")
    person = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="relationships")
    kind = models.CharField(max_length=20, choices=ConflictKind.choices)
    detail = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        ordering = ["user__sort_name", "person__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "person", "kind"], condition=Q(ended_at=None), name="relationship_once_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} and {self.person}: {self.get_kind_display()}"
