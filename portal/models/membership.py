"""Who acts for which organisation, in which role; how they came in, and how they left."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from portal.ledger import LedgerRow


class Role(models.TextChoices):
    """What someone does here. An applicant needs no membership: signing up is enough."""

    TRUST_USER = "trust_user", "Trust user"
    REVIEWER = "reviewer", "Reviewer"
    TALENT_TEAM = "talent_team", "Talent team"
    REGIONAL_LEAD = "regional_lead", "Regional talent lead"
    COMMITTEE_MEMBER = "committee_member", "Committee member"
    IMPROVEMENT_LEAD = "improvement_lead", "Improvement lead"
    EDITOR = "editor", "Editor"


# Who may look after other people's access: a trust's own, and the talent team for everybody.
ADMINISTRATOR_ROLES = (Role.TRUST_USER, Role.TALENT_TEAM)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self, at: dt.datetime) -> "MembershipQuerySet":
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=at), started_at__lte=at)


class Membership(models.Model):
    """One person acting for one organisation in one role. Ended, never deleted: what they did stays attributed."""

    user = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    region = models.ForeignKey("portal.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    job_title = models.CharField(max_length=120, blank=True)
    is_administrator = models.BooleanField("invites and removes people of the organisation", default=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey("portal.User", null=True, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    end_reason = models.CharField(max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "user", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], condition=Q(ended_at=None), name="membership_once_at_a_time"
            ),
            models.CheckConstraint(
                name="membership_regional_lead_has_region",
                condition=~Q(role=Role.REGIONAL_LEAD) | Q(region__isnull=False),
            ),
            models.CheckConstraint(
                name="membership_administrator_role",
                condition=Q(is_administrator=False) | Q(role__in=["trust_user", "talent_team"]),
            ),
            models.CheckConstraint(
                name="membership_ends_after_start", condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} at {self.organisation}"

    def is_in_force(self, at: dt.datetime) -> bool:
        return self.started_at <= at and (self.ended_at is None or self.ended_at > at)

    @property
    def may_administer(self) -> bool:
        """Whether this kind of membership can be an administrator's."""
        return self.role in ADMINISTRATOR_ROLES


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: dt.datetime) -> "InvitationQuerySet":
        """Those that can be accepted: whoever sent them still acts as they did, or set the installation up."""
        memberships = Membership.objects.in_force(at).values("pk")
        sent_by_somebody = Q(invited_as__in=memberships) | Q(invited_as=None, invited_by__is_superuser=True)
        return self.unanswered().filter(sent_by_somebody, expires_at__gt=at, invited_by__is_active=True)

    def unanswered(self) -> "InvitationQuerySet":
        """Open, or expired or lapsed without an answer: those that can be sent again or withdrawn."""
        return self.filter(accepted_at=None, revoked_at=None)


class Invitation(models.Model):
    """An offer of one role in one organisation to one email address, good until it expires."""

    email = models.EmailField()
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role.choices)
    region = models.ForeignKey("portal.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    job_title = models.CharField(max_length=120, blank=True)
    is_administrator = models.BooleanField(default=False)
    # The mailed token is made from this and the site's secret; kept here is only its SHA-256 (portal/invitations.py):
    # the database alone lets nobody in. Sending again makes a new nonce, so the earlier link stops working.
    nonce = models.CharField(max_length=32, blank=True, editable=False)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    # The administrator's membership under which it was sent: with its end the invitation lapses. None for a superuser.
    invited_as = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.email} to {self.organisation}"

    def state_at(self, at: dt.datetime) -> str:
        """open, accepted, revoked, lapsed or expired: each has its own words on the acceptance page."""
        if self.accepted_at:
            return "accepted"
        if self.revoked_at:
            return "revoked"
        if not self._sender_stands(at):
            return "lapsed"
        return "open" if at < self.expires_at else "expired"

    def _sender_stands(self, at: dt.datetime) -> bool:
        if self.invited_as is None:
            return self.invited_by.is_active and self.invited_by.is_superuser
        return self.invited_by.is_active and self.invited_as.is_in_force(at)


class AccessConfirmation(models.Model):
    """An organisation's word, once a quarter, that the people on its list should still have access."""

    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="confirmations")
    quarter_starts_on = models.DateField()
    confirmed_by = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    # Who was on the list: [{"membership": id, "role": ...}], so that what was confirmed can be shown later.
    listed = models.JSONField(default=list)

    class Meta:
        ordering = ["-quarter_starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "quarter_starts_on"], name="confirmation_once_a_quarter")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, quarter from {self.quarter_starts_on:%-d %B %Y}"


class AccessEvent(LedgerRow):
    """One thing that was done to somebody's access. Written once; the rows it points to stay too."""

    class Kind(models.TextChoices):
        INVITED = "invited", "Invited"
        RESENT = "resent", "Invitation sent again"
        REVOKED = "revoked", "Invitation withdrawn"
        GRANTED = "granted", "Access given"
        ENDED = "ended", "Access ended"
        MADE_ADMINISTRATOR = "made_administrator", "Made administrator"
        UNMADE_ADMINISTRATOR = "unmade_administrator", "No longer administrator"
        CONFIRMED = "confirmed", "List of people confirmed"

    kind = models.CharField(max_length=24, choices=Kind.choices)
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="access_events")
    membership = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="events")
    invitation = models.ForeignKey(Invitation, null=True, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.organisation}"
