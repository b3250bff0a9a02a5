"""A file of figures between its preview and its entry."""

from django.conf import settings
from django.db import models

from portal.access import Viewer
from portal.models import User


class FiguresUploadQuerySet(models.QuerySet["FiguresUpload"]):
    def waiting_of(self, user: Viewer) -> "FiguresUploadQuerySet":
        """One's own that were neither entered nor dropped."""
        return self.filter(by=user, entered_at=None) if isinstance(user, User) else self.none()


class FiguresUpload(models.Model):
    """One file that was read without fault: its rows wait here until whoever sent it has looked at what they change."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    # [[trust id, measure id, "2018-01", numerator, denominator or null], ...]; emptied once entered.
    rows = models.JSONField()
    number = models.PositiveIntegerField("number of rows")
    entered_at = models.DateTimeField(null=True, blank=True)

    objects = FiguresUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name
