"""A trust's word, twice a year, on whether its board is recorded rightly."""

from django.db import models
from django.db.models import Q

from portal.access import Viewer, access_of


class BoardConfirmationQuerySet(models.QuerySet["BoardConfirmation"]):
    def unsettled(self) -> "BoardConfirmationQuerySet":
        """Something was said to be wrong, and nobody has put it right yet."""
        return self.filter(settled_at=None).exclude(wrong="")

    def visible_to(self, user: Viewer) -> "BoardConfirmationQuerySet":
        access = access_of(user)
        if access.is_talent_team:
            return self
        return self.filter(Q(board__region__in=access.region_ids) | Q(board__in=access.administers_ids))


class BoardConfirmation(models.Model):
    """One trust's answer for one half of the financial year."""

    board = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="board_confirmations")
    half_starts_on = models.DateField()
    confirmed_by = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    # What was shown and confirmed: [{"seat": id, "tenure": id or None}].
    listed = models.JSONField(default=list)
    wrong = models.TextField("what is wrong", blank=True)
    settled_by = models.ForeignKey("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = BoardConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["-half_starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["board", "half_starts_on"], name="boardconfirmation_once_a_half_year")
        ]

    def __str__(self) -> str:
        return f"{self.board}, half-year from {self.half_starts_on:%-d %B %Y}"
