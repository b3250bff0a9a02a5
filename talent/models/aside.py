"""Beside an application: adjustments, feedback, complaints."""

from django.db import models

from portal.ledger import LedgerRow
from talent.models.application import Application


class Adjustment(models.Model):
    """What one applicant needs to take part fairly. Read by the talent team only: no reviewer, panel or committee."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="adjustment")
    asked_at = models.DateTimeField()
    needs = models.TextField(blank=True)
    guaranteed_interview = models.BooleanField("asks for a guaranteed interview", default=False)
    answer = models.TextField("what the team will do", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("portal.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return f"Adjustment for {self.application}"


class Feedback(LedgerRow):
    """What an unsuccessful applicant is told that they can act on. A better wording is a new row; the last counts."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="feedback")
    strengths = models.TextField()
    to_develop = models.TextField()
    next_steps = models.TextField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Feedback on {self.application}"


class Complaint(models.Model):
    """A complaint about how somebody was treated: its own quiet route, read by the team's administrators only."""

    reference = models.CharField(max_length=20, unique=True)
    user = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.SET_NULL, related_name="complaints"
    )
    words = models.TextField()
    made_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.reference

    @property
    def called(self) -> str:
        """Who made it: by pseudonym while the application it is about is read blind. User and intake must be loaded."""
        hidden = self.application is not None and self.application.intake.names_hidden
        return self.application.pseudonym if hidden and self.application else str(self.user)
