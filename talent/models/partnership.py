"""Two who apply together: the invitation that one sends the other, and each one's word that the form may go."""

from django.db import models
from django.db.models import Q

from portal.access import Viewer
from portal.ledger import LedgerRow
from portal.models import User
from talent.models.application import Application, State


class Craft(models.TextChoices):
    """What each of a pair is: one of either."""

    CLINICIAN = "clinician", "Clinician"
    MANAGER = "manager", "Manager"

    @property
    def other(self) -> "Craft":
        return Craft.MANAGER if self is Craft.CLINICIAN else Craft.CLINICIAN


class InvitationQuerySet(models.QuerySet["PartnerInvitation"]):
    def standing(self) -> "InvitationQuerySet":
        """Waiting for an answer, or accepted: one at most for each application."""
        return self.filter(state__in=PartnerInvitation.STANDING)

    def waiting_for(self, user: Viewer) -> "InvitationQuerySet":
        """Those sent to this person's address, which signing in has proved, for forms not sent yet."""
        if not isinstance(user, User):
            return self.none()
        waiting = self.filter(state=PartnerInvitation.State.WAITING, application__state=State.DRAFT)
        return waiting.filter(email__iexact=user.email)


class PartnerInvitation(models.Model):
    """One person asked to apply together with whoever began: by name and address, and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for an answer"
        JOINED = "joined", "Joined"
        DECLINED = "declined", "Declined"
        TAKEN_BACK = "taken_back", "Taken back"
        PARTED = "parted", "Left again"

    STANDING = (State.WAITING, State.JOINED)

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="invitations")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    # What whoever began is; whoever is invited is the other.
    lead_craft = models.CharField(max_length=10, choices=Craft.choices)
    invited_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    state_since = models.DateTimeField()

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state__in=["waiting", "joined"]), name="invitation_one_standing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def partner_craft(self) -> Craft:
        return Craft(self.lead_craft).other


class Confirmation(LedgerRow):
    """One of two said that the form may be sent as it stands, or took that back; the last row of each counts.

    `text` is what was confirmed (talent/pairs.py): a word changed since, and it counts no longer.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="confirmations")
    given = models.BooleanField()
    text = models.CharField(max_length=64)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.application}: {'confirmed' if self.given else 'taken back'} by {self.by}"
