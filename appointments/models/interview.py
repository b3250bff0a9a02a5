"""What a panel writes at interview beside its scores: unfinished marks, and that conflicts were talked about."""

from django.db import models

from appointments.models.campaign import Mark, PanelMember
from portal.ledger import LedgerRow


class MarkDraft(models.Model):
    """What one member has typed about one applicant in one round and not sent: theirs alone, gone once sent."""

    application = models.ForeignKey("talent.Application", on_delete=models.CASCADE, related_name="mark_drafts")
    member = models.ForeignKey(PanelMember, on_delete=models.CASCADE, related_name="drafts")
    round = models.CharField(max_length=10, choices=Mark.Round.choices)
    values = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "member", "round"], name="markdraft_once_a_round")
        ]

    def __str__(self) -> str:
        return f"Draft of {self.member} on {self.application}"


class ConflictTalk(LedgerRow):
    """Conflicts of interest, discussed with one applicant at interview (Governance Code on Public Appointments).

    `reason` holds what was said. Manageable is no bar; what is not is the panel's to weigh. The last one counts.
    """

    application = models.ForeignKey("talent.Application", on_delete=models.PROTECT, related_name="conflict_talks")
    manageable = models.BooleanField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Conflicts discussed with {self.application}"


class NameConsent(LedgerRow):
    """An applicant's yes or no to their name being given to a campaign's foundation trust. The last one counts."""

    application = models.ForeignKey("talent.Application", on_delete=models.PROTECT, related_name="name_consents")
    given = models.BooleanField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.application}: {'yes' if self.given else 'no'}"
