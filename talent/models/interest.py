"""Declared interests: why somebody must not read, score or decide on an application."""

from django.db import models
from django.db.models import Q


class ConflictKind(models.TextChoices):
    PERSONAL = "personal", "Family, friend or close relationship"
    EMPLOYER = "employer", "Same employer, now or recently"
    SAME_TRUST = "same_trust", "Works for or sits on the board of the same trust"
    COLLABORATOR = "collaborator", "Worked closely together recently"
    FINANCIAL = "financial", "Financial interest"
    OTHER = "other", "Another reason"


class InterestQuerySet(models.QuerySet["DeclaredInterest"]):
    def in_force(self) -> "InterestQuerySet":
        return self.filter(lifted_at=None)

    def between(self, user_id: int, application_id: int) -> "InterestQuerySet":
        return self.in_force().filter(user=user_id, application=application_id)


class DeclaredInterest(models.Model):
    """One person's conflict about one application, declared or detected. Nobody lifts their own."""

    class Source(models.TextChoices):
        DECLARED = "declared", "Declared"
        DETECTED = "detected", "Detected"

    user = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="declared_interests")
    application = models.ForeignKey("talent.Application", on_delete=models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=20, choices=ConflictKind.choices)
    detail = models.TextField(blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.DECLARED)
    declared_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lift_reason = models.TextField(blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["-declared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "application", "kind"], condition=Q(lifted_at=None), name="interest_once_in_force"
            ),
            models.CheckConstraint(
                name="interest_not_lifted_by_oneself",
                condition=Q(lifted_by=None) | ~Q(lifted_by=models.F("user")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_kind_display()}"
