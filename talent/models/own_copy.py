"""A member's copy of all that is held about them, for a time; and the record that a member was erased."""

import datetime as dt

from django.db import models

from portal.ledger import LedgerRow
from portal.storage import private_storage


class OwnCopyQuerySet(models.QuerySet["OwnCopy"]):
    def fetchable(self, at: dt.datetime) -> "OwnCopyQuerySet":
        return self.filter(made_at__isnull=False, removed_at=None, expires_at__gt=at)

    def being_made(self) -> "OwnCopyQuerySet":
        return self.filter(made_at=None, removed_at=None)

    def over(self, at: dt.datetime) -> "OwnCopyQuerySet":
        return self.filter(removed_at=None, expires_at__lte=at)


class OwnCopy(models.Model):
    """One copy that a member asked for. The file is encrypted with the vault's keys: the disk alone tells nothing."""

    user = models.ForeignKey("portal.User", on_delete=models.CASCADE, related_name="own_copies")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to="own/%Y/%m", storage=private_storage, max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)  # as it is fetched

    objects = OwnCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name_plural = "own copies"
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(made_at=None, removed_at=None), name="owncopy_one_being_made"
            )
        ]

    def __str__(self) -> str:
        return f"Copy of {self.asked_at.isoformat()}"


class OwnCopyEvent(LedgerRow):
    """One thing that was done with a member's copy. It outlives the copy, so it holds the account and not the copy."""

    class Kind(models.TextChoices):
        ASKED = "asked", "Asked for"
        MADE = "made", "Made"
        FETCHED = "fetched", "Downloaded"
        REMOVED = "removed", "Removed"

    user = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="own_copy_events")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at.isoformat()}"


class MemberErased(LedgerRow):
    """One member was erased at their own wish: under which pseudonym they stand, and what became of each table."""

    user = models.OneToOneField("portal.User", on_delete=models.PROTECT, related_name="erased")
    pseudonym = models.CharField(max_length=40, unique=True)
    name_stays = models.BooleanField("the name is on the public record of appointments")
    rows = models.JSONField()  # table -> {"fate", "rows"}

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "members erased"

    def __str__(self) -> str:
        return self.pseudonym
