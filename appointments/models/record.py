"""What the committee's books keep for good: each change of a committee, seat or meeting, and the minutes as issued."""

from django.db import models

from appointments.models.committee import Committee, Meeting
from portal.ledger import LedgerRow
from portal.storage import private_storage


class CommitteeEvent(LedgerRow):
    """One change of a committee, of who sits on it, or of a meeting: what stood before, and what stands since."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", "Committee set up or changed"
        SEAT = "seat", "Seat taken or ended"
        MEETING = "meeting", "Meeting planned or changed"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="events")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="events")
    row = models.PositiveBigIntegerField()
    before = models.JSONField()  # the fields that changed; empty for something new
    after = models.JSONField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.committee}"


class MinutesIssued(LedgerRow):
    """The minutes of a closed meeting as they were issued, once for each set of items that must be left out."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    left_out = models.JSONField()  # ids of items hidden from whoever is given this copy, in order
    head = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="minutes/%Y/%m", storage=private_storage, max_length=200)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "left_out"], name="minutesissued_once_a_copy")]

    def __str__(self) -> str:
        return f"Minutes of {self.meeting}"


class TextErasure(LedgerRow):
    """Free text of one ledger row was erased at a person's wish: by whom and why; what it said is gone."""

    table = models.CharField(max_length=80)
    row = models.PositiveBigIntegerField()
    columns = models.JSONField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.table} {self.row}: text erased"
