"""Chair networks: each region's provider chairs, who belongs by hand, their sessions, papers and actions."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.access import Viewer
from portal.ledger import LedgerRow
from portal.models import User
from portal.storage import private_storage


class NetworkChange(LedgerRow):
    """One word by hand on who belongs: the last about a person in a region holds; without one the seat says."""

    class Kind(models.TextChoices):
        ADDED = "added", "Belongs"
        LEFT_OUT = "left_out", "Left out"
        BY_SEAT = "by_seat", "As the chair’s seat says"

    region = models.ForeignKey("portal.Region", on_delete=models.PROTECT, related_name="network_changes")
    person = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="network_changes")
    kind = models.CharField(max_length=8, choices=Kind.choices)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["region", "person"], name="networkchange_by_person")]

    def __str__(self) -> str:
        return f"{self.person}, {self.region}: {self.get_kind_display().lower()}"


class NetworkSessionQuerySet(models.QuerySet["NetworkSession"]):
    def planned(self) -> "NetworkSessionQuerySet":
        return self.filter(state=NetworkSession.State.PLANNED)

    def held(self) -> "NetworkSessionQuerySet":
        return self.filter(state=NetworkSession.State.HELD)

    def held_between(self, first: dt.date, last: dt.date) -> "NetworkSessionQuerySet":
        """By the day in London on which they met."""
        return self.held().filter(starts_at__date__range=(first, last))


class NetworkSession(models.Model):
    """One meeting of one region's network: planned, then held (who came is on record) or cancelled."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    region = models.ForeignKey("portal.Region", on_delete=models.PROTECT, related_name="network_sessions")
    title = models.CharField("what it is about", max_length=200)
    starts_at = models.DateTimeField("date and time", help_text="London time.")
    place = models.CharField("place or link", max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)

    objects = NetworkSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["region", "starts_at"], name="networksession_once_at_a_time")]

    def __str__(self) -> str:
        return f"{self.region} chair network, {self.day.day} {self.day:%B %Y}"

    @property
    def day(self) -> dt.date:
        """The day of the session in London."""
        return timezone.localdate(self.starts_at)

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED


class NetworkSessionEvent(LedgerRow):
    """One act on a session: planned, moved, held, attendance put right, cancelled."""

    class Kind(models.TextChoices):
        PLANNED = "planned", "Planned"
        CHANGED = "changed", "Date, place or title changed"
        HELD = "held", "Held"
        ATTENDANCE = "attendance", "Attendance put right"
        CANCELLED = "cancelled", "Cancelled"

    session = models.ForeignKey(NetworkSession, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.session}: {self.get_kind_display().lower()}"


class NetworkAttendance(models.Model):
    """Whether one member of that day came."""

    session = models.ForeignKey(NetworkSession, on_delete=models.PROTECT, related_name="attendance")
    person = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="network_attendance")
    came = models.BooleanField()

    class Meta:
        ordering = ["session", "person__sort_name"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="networkattendance_once_a_session")]

    def __str__(self) -> str:
        return f"{self.person}: {'came' if self.came else 'did not come'}"


class NetworkPaper(models.Model):
    """A file for one session. Private: a view that asks for permission serves it. Taken off, never deleted."""

    session = models.ForeignKey(NetworkSession, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="networks/%Y/%m", storage=private_storage, max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["session", "added_at", "pk"]

    def __str__(self) -> str:
        return self.title


class NetworkActionQuerySet(models.QuerySet["NetworkAction"]):
    def open(self) -> "NetworkActionQuerySet":
        return self.filter(done_at=None)

    def owned_by(self, user: Viewer) -> "NetworkActionQuerySet":
        return self.filter(owner=user) if isinstance(user, User) else self.none()


class NetworkAction(models.Model):
    """What a session agreed that somebody does by a day."""

    session = models.ForeignKey(NetworkSession, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField("what is to be done", max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="network_actions")
    due_on = models.DateField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = NetworkActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what
