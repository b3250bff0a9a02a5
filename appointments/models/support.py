"""What a foundation trust asks of the body about a seat that the trust itself fills, and what it is answered."""

from django.db import models
from django.db.models import Q

from appointments.models.seat import Seat
from portal.access import Viewer, access_of
from portal.models import User


class SupportRequestQuerySet(models.QuerySet["SupportRequest"]):
    def unanswered(self) -> "SupportRequestQuerySet":
        return self.filter(answered_at=None)

    def visible_to(self, user: Viewer) -> "SupportRequestQuerySet":
        """Talent staff's in their scope, and the trust's administrators' own."""
        access = access_of(user)
        if not isinstance(user, User):
            return self.none()
        if access.is_talent_team:
            return self
        scope = Q(seat__board__in=access.administers_ids)
        if access.region_ids:
            scope |= Q(seat__board__region__in=access.region_ids)
        return self.filter(scope)


class SupportRequest(models.Model):
    """One question of a foundation trust about one seat. Neither it nor its answer appoints anybody."""

    class Wants(models.TextChoices):
        CANDIDATES = "candidates", "Candidates"
        ADVICE = "advice", "Advice"
        BOTH = "both", "Candidates and advice"

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="support_requests")
    wants = models.CharField(max_length=10, choices=Wants.choices)
    text = models.TextField("what the trust asks")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    advice = models.TextField("what it is answered", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = SupportRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(answered_at=None), name="supportrequest_one_open_a_seat"
            ),
            models.CheckConstraint(
                name="supportrequest_answered_by_somebody",
                condition=Q(answered_at=None, answered_by=None, advice="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(advice=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_wants_display()}: {self.seat}"
