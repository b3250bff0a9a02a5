"""A member's pack for a meeting: the papers kept once each, the volume that was issued, and who opened it."""

from django.db import models

from appointments.models.agenda import AgendaItem
from appointments.models.committee import Meeting
from portal.access import Viewer
from portal.ledger import AppendOnlyQuerySet, LedgerRow
from portal.models import User
from portal.storage import private_storage


class RenderedPaper(models.Model):
    """One generated paper as a PDF, kept by what it says: the same words are set once, for every member and meeting."""

    # Of the html, its title and the renderer.
    digest = models.CharField(max_length=64, unique=True)
    file = models.FileField(upload_to="papers/%Y/%m", storage=private_storage, max_length=200)
    pages = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Paper {self.digest[:12]}"


class AppendixQuerySet(models.QuerySet["Appendix"]):
    def standing(self) -> "AppendixQuerySet":
        return self.filter(removed_at=None)

    def visible_to(self, user: Viewer) -> "AppendixQuerySet":
        return self.standing().filter(item__in=AgendaItem.objects.visible_to(user))


class Appendix(models.Model):
    """A PDF that the secretariat has put behind an item; bound into the packs as it is."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="appendices")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="appendices/%Y/%m", storage=private_storage, max_length=200)
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AppendixQuerySet.as_manager()

    class Meta:
        ordering = ["item", "pk"]

    def __str__(self) -> str:
        return self.title


class PackQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: Viewer) -> "PackQuerySet":
        """One's own: nobody opens another's, whose name is on every page."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(member=user, meeting__in=Meeting.objects.visible_to(user))


class PackIssued(LedgerRow):
    """What one member was given for one meeting: the volume, and the hash by which it can be proved."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    member = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="packs")
    # Of everything that was bound: the same again is not issued again.
    fingerprint = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, db_index=True)
    pages = models.PositiveIntegerField()
    items = models.JSONField()  # the ids of the items in it
    file = models.FileField(upload_to="packs/%Y/%m", storage=private_storage, max_length=200)

    objects = PackQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Pack of {self.member} for {self.meeting}"


class PackRead(LedgerRow):
    """One time that a member opened a pack: `by`, `at`."""

    pack = models.ForeignKey(PackIssued, on_delete=models.PROTECT, related_name="readings")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.pack} opened"
