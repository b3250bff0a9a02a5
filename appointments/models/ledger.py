"""The decision register: one row a decision, written once and chained, so that a change or a gap shows."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from appointments.models.agenda import AgendaItem
from appointments.models.committee import Meeting
from portal.access import Viewer, access_of
from portal.ledger import AppendOnlyQuerySet, LedgerRow


class DecisionQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: Viewer) -> "DecisionQuerySet":
        """Talent staff's (a regional lead's region) and the members' of the meeting; never with a conflict."""
        access = access_of(user)
        free = AgendaItem.objects.free_of_conflict(user).filter(pk=OuterRef("item"))
        scope = Q(meeting__in=Meeting.objects.visible_to(user))
        if access.region_ids:
            scope |= Q(item__application__region__in=access.region_ids)
            scope |= Q(item__proposal__seat__board__region__in=access.region_ids)
        return self.filter(Exists(free), scope)


class Decision(LedgerRow):
    """What one meeting decided on one item. `facts` holds no free text: what is erasable is hashed with a salt."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", "Approved"
        NOT_APPROVED = "not_approved", "Not approved"
        DEFERRED = "deferred", "Deferred"

    # Place in the chain, from 1 without a gap.
    number = models.PositiveIntegerField(unique=True)
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="decision")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    facts = models.JSONField()
    # Erased together with the reason: without its salt no guess at the words can be checked.
    reason_salt = models.CharField(max_length=64, blank=True)
    reason_digest = models.CharField(max_length=64)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Decision {self.number}"

    @property
    def by_correspondence(self) -> bool:
        return bool(self.facts.get("by_correspondence"))
