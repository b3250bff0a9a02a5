"""A seat that will fall vacant, from the day the portal notices until somebody is appointed to follow."""

from django.db import models
from django.db.models import Q

from appointments.models.proposal import Proposal
from appointments.models.seat import Seat
from appointments.models.tenure import Tenure
from portal.access import Viewer, access_of
from portal.ledger import LedgerRow
from portal.models import User
from talent.models import Person


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        return self.filter(closed_at=None)

    def without_intent(self) -> "CaseQuerySet":
        return self.open().filter(intent="")

    def unproposed(self) -> "CaseQuerySet":
        """The holder is to stay, and nobody has proposed it yet; a foundation trust sees to that itself."""
        stays = [Case.Intent.REAPPOINT, Case.Intent.EXTEND]
        return self.open().filter(intent__in=stays, proposal=None, seat__board__kind="nhs_trust")

    def visible_to(self, user: Viewer) -> "CaseQuerySet":
        """Talent staff's in their scope, a trust's administrators' own; never the holder's own, nor with a conflict."""
        access = access_of(user)
        if not isinstance(user, User):
            return self.none()
        scope = Q(pk=None)
        if access.is_talent_team:
            scope = Q(pk__isnull=False)
        elif access.is_talent_staff:
            scope |= Q(seat__board__region__in=access.region_ids)
        if access.administers_ids:
            scope |= Q(seat__board__in=access.administers_ids)
        free = self.filter(scope).exclude(tenure__person__in=Person.objects.of_user(user).values("pk"))
        return free.exclude(proposal__in=user.proposal_interests.in_force().values("proposal"))


class Case(models.Model):
    """What is to become of one seat when one tenure ends."""

    class Intent(models.TextChoices):
        REAPPOINT = "reappoint", "Reappoint for a further term"
        EXTEND = "extend", "Extend the running term"
        RECRUIT = "recruit", "Recruit somebody new"

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="cases")
    tenure = models.ForeignKey(Tenure, on_delete=models.PROTECT, related_name="cases", help_text="The one that ends.")
    intent = models.CharField(max_length=10, choices=Intent.choices, blank=True)
    horizon = models.PositiveSmallIntegerField("months", help_text="The shortest horizon that it has reached.")
    proposal = models.OneToOneField(Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="case")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["tenure__ends_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tenure"], condition=Q(closed_at=None), name="case_once_a_tenure"),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.tenure.person}’s term"


class CaseEvent(LedgerRow):
    """One step of a case. Written once; `reason` says why, in the words of who took it."""

    class Kind(models.TextChoices):
        OPENED = "opened", "Opened"
        NEARED = "neared", "A nearer horizon reached"
        INTENDED = "intended", "Intention recorded"
        PROPOSED = "proposed", "Proposed to the committee"
        WITHDRAWN = "withdrawn", "Proposal withdrawn"
        CLOSED = "closed", "Closed"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_kind_display()}"
