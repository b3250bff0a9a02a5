"""Who could follow in a seat, how soon, and the conversations in which people's growth was talked over with them."""

from django.db import models
from django.db.models import Q

from appointments.models.seat import Seat
from portal.access import Viewer, access_of
from portal.ledger import AppendOnlyQuerySet, LedgerRow
from portal.models import User
from talent.models import Person


class SuccessorQuerySet(models.QuerySet["Successor"]):
    def standing(self) -> "SuccessorQuerySet":
        return self.filter(ended_at=None)

    def visible_to(self, user: Viewer) -> "SuccessorQuerySet":
        """Talent staff's, a lead's in the region; everybody's own, so that nothing is kept behind somebody's back."""
        access = access_of(user)
        if not isinstance(user, User):
            return self.none()
        if access.is_talent_team:
            return self
        return self.filter(Q(person__user=user) | Q(seat__board__region__in=access.region_ids))


class Successor(models.Model):
    """One person named for one seat: ready now, in one to two, or in three to five years. Ended, never deleted."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="successors")
    person = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="successions")
    readiness = models.CharField(max_length=4, choices=Person.Readiness.choices)
    reason = models.CharField("what speaks for it, and what is still needed", max_length=500)
    named_by = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_by = models.ForeignKey("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = SuccessorQuerySet.as_manager()

    class Meta:
        ordering = ["seat", "readiness", "person__sort_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "person"], condition=Q(ended_at=None), name="successor_named_once_a_seat"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.seat}"


class ConversationQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: Viewer) -> "ConversationQuerySet":
        """Talent staff's, a lead's of the region's people, and everybody's own."""
        access = access_of(user)
        if not isinstance(user, User):
            return self.none()
        if access.is_talent_team:
            return self
        return self.filter(Q(person__user=user) | Q(person__region__in=access.region_ids))


class GrowthConversation(LedgerRow):
    """One talk about where somebody could grow, as both agreed to write it down. Written once; the next one adds."""

    class Step(models.IntegerChoices):
        SOME = 1, "Some"
        GOOD = 2, "Good"
        GREAT = 3, "Great"

    person = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="growth_conversations")
    held_on = models.DateField("held on")
    now = models.PositiveSmallIntegerField("how they do in the post they hold", choices=Step.choices)
    scope = models.PositiveSmallIntegerField("scope for growth", choices=Step.choices)
    wishes = models.TextField("what they would like to do next", max_length=1000)
    needs = models.TextField("what was agreed to help", max_length=1000)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="growthconversation_on_the_grid", condition=Q(now__range=(1, 3)) & Q(scope__range=(1, 3))
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.held_on:%-d %B %Y}"
