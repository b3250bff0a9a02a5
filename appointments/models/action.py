"""What a committee asked somebody to do by a day, and each step of it."""

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q

from appointments.models.agenda import AgendaItem
from appointments.models.committee import Meeting
from portal.access import Viewer
from portal.ledger import LedgerRow
from portal.models import User


class ActionQuerySet(models.QuerySet["CommitteeAction"]):
    def open(self) -> "ActionQuerySet":
        return self.filter(state=CommitteeAction.State.OPEN)

    def owned_by(self, user: Viewer) -> "ActionQuerySet":
        return self.filter(owner=user) if isinstance(user, User) else self.none()

    def visible_to(self, user: Viewer) -> "ActionQuerySet":
        """Those of the meetings a user may see, and their own; never about an item on which they have a conflict."""
        mine = Q(meeting__in=Meeting.objects.visible_to(user))
        if isinstance(user, User):
            mine |= Q(owner=user)
        free = AgendaItem.objects.free_of_conflict(user).filter(pk=OuterRef("item"))
        return self.filter(mine, Q(item=None) | Exists(free))

    def arising_at(self, meeting: Meeting) -> "ActionQuerySet":
        """Open when `meeting` begins: of the same committee's earlier meetings and rounds."""
        return self.open().filter(meeting__committee=meeting.committee_id, meeting__starts_at__lt=meeting.starts_at)


class CommitteeAction(models.Model):
    """One thing to be done by one person, from a meeting or one of its items."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField("what is to be done", max_length=300)
    owner = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="committee_actions")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["owner", "state"], name="committeeaction_of_owner")]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_overdue(self, day: dt.date) -> bool:
        return self.is_open and self.due_on < day


class ActionEvent(LedgerRow):
    """One step of an action; `reason` is the note of whoever took it."""

    class Kind(models.TextChoices):
        ADDED = "added", "Agreed"
        CHANGED = "changed", "Owner or date changed"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"

    action = models.ForeignKey(CommitteeAction, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    facts = models.JSONField()  # owner and day as they stand since

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.action}: {self.get_kind_display()}"
