"""Files that prove a check: private, opened by a view that asks for permission and writes down who read them."""

from django.db import models

from appointments.models.check import CheckSet
from appointments.models.framework import CheckKind
from portal.access import Viewer
from portal.storage import private_storage


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def standing(self) -> "EvidenceQuerySet":
        return self.filter(removed_at=None)

    def visible_to(self, user: Viewer) -> "EvidenceQuerySet":
        return self.standing().filter(check_set__in=CheckSet.objects.visible_to(user).values("pk"))


class Evidence(models.Model):
    """One file behind one check. Removed when it is needed no longer: the file goes, that it was there stays."""

    check_set = models.ForeignKey(CheckSet, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=24, choices=CheckKind.choices)
    file = models.FileField(upload_to="checks/%Y/%m", storage=private_storage, max_length=200)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["check_set", "kind", "pk"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.name
