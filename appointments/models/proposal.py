"""What is proposed for one seat, with what the committee needs to judge it; a decision makes it an appointment."""

import datetime as dt

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from appointments.models.check import Check, CheckSet
from appointments.models.framework import CheckKind
from appointments.models.seat import Seat
from appointments.models.tenure import Tenure
from portal.access import Viewer, access_of
from portal.models import User
from talent.models import Person


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> "ProposalQuerySet":
        """Neither withdrawn nor finally decided; a deferred one waits for another meeting."""
        return self.filter(withdrawn_at=None, settled_at=None)

    def on_no_agenda(self) -> "ProposalQuerySet":
        """Open ones that stand on no agenda still to be decided."""
        stands = {"items__removed_at": None, "items__decision": None, "items__waits_since": None}
        pending = Proposal.objects.filter(pk=OuterRef("pk"), items__meeting__state="planned", **stands)
        return self.open().filter(~Exists(pending))

    def incomplete(self) -> "ProposalQuerySet":
        """Open ones in which a fact is empty that every proposal of the kind needs; the rules are asked in `obstacles`.

        One query for any number, so that lists and worklists can tell them apart.
        """
        kinds = Proposal.Kind
        renewal = Q(kind__in=Proposal.RENEWALS) & (Q(appraisal_on=None) | ~Q(appraisal_satisfactory=True))
        term = Q(kind__in=Proposal.TERMS) & (Q(starts_on=None) | Q(ends_on=None))
        unpaid = Q(remuneration=None, off_payroll_reason="")
        move = Q(kind=kinds.EXECUTIVE_MOVE) & (Q(starts_on=None) | unpaid)
        pay = Q(kind=kinds.REMUNERATION, remuneration=None)
        end = Q(kind=kinds.TERMINATION) & (Q(last_on=None) | Q(ground=""))
        return self.open().filter(renewal | term | move | pay | end)

    def unchecked(self, day: dt.date) -> "ProposalQuerySet":
        """Open ones of somebody whose fit and proper checks are not complete on `day`, or not declared anew.

        One query for any number, by the counts that each set keeps.
        """
        seated = {"person": OuterRef("person"), "seat": OuterRef("seat")}
        complete = CheckSet.objects.filter(**seated, closed_at=None).exclude(Q(open_count__gt=0) | Q(renews_on__lt=day))
        anew = Check.objects.filter(
            kind=CheckKind.SELF_DECLARATION,
            check_set__person=OuterRef("person"),
            check_set__seat=OuterRef("seat"),
            done_on__gte=OuterRef("tenure__starts_on"),
        )
        renewal = Q(kind__in=Proposal.RENEWALS) & ~Exists(anew)
        return self.open().filter(~Exists(complete) | renewal, kind__in=Proposal.APPOINTS)

    def visible_to(self, user: Viewer) -> "ProposalQuerySet":
        """Talent staff's in their region and a trust's administrators' own; never with a conflict of interest.

        A termination is not shown to the trust before it is decided. Members read proposals through their agenda only,
        where conflicts are kept out.
        """
        access = access_of(user)
        if not isinstance(user, User):
            return self.none()
        scope = Q(pk=None)
        if access.is_talent_team:
            scope = Q(pk__isnull=False)
        elif access.is_talent_staff:
            scope |= Q(seat__board__region__in=access.region_ids)
        if access.administers_ids:
            scope |= Q(seat__board__in=access.administers_ids) & ~Q(kind=Proposal.Kind.TERMINATION, settled_at=None)
        free = self.filter(scope).exclude(person__in=Person.objects.of_user(user).values("pk"))
        free = free.exclude(pk__in=user.proposal_interests.in_force().values("proposal"))
        return free.exclude(application__in=user.declared_interests.in_force().values("application"))


class Proposal(models.Model):
    """One change to one seat that somebody puts to the committee. Withdrawn, never deleted."""

    class Kind(models.TextChoices):
        NEW_APPOINTMENT = "new_appointment", "New appointment"
        REAPPOINTMENT = "reappointment", "Reappointment"
        EXTENSION = "extension", "Extension"
        REMUNERATION = "remuneration", "Remuneration"
        TERMINATION = "termination", "Termination"
        EXECUTIVE_MOVE = "executive_move", "Executive appointment or move"

    # A further term, a change or an end: all of them are about somebody who sits in the seat.
    OF_HOLDER = (Kind.REAPPOINTMENT, Kind.EXTENSION, Kind.REMUNERATION, Kind.TERMINATION)
    RENEWALS = (Kind.REAPPOINTMENT, Kind.EXTENSION)
    TERMS = (Kind.NEW_APPOINTMENT, Kind.REAPPOINTMENT, Kind.EXTENSION)
    APPOINTS = (*TERMS, Kind.EXECUTIVE_MOVE)

    kind = models.CharField(max_length=20, choices=Kind.choices)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="proposals")
    person = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="proposals")
    tenure = models.ForeignKey(
        Tenure, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals", help_text="The running one."
    )
    application = models.ForeignKey(
        "talent.Application", null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="The last day.")
    acting = models.BooleanField(default=False)
    # Of a post that was advertised outside the portal's own campaigns: what whoever ran it says.
    applicants = models.PositiveIntegerField("how many people applied", null=True, blank=True)
    closed_on = models.DateField("closing date of the advert", null=True, blank=True)
    remuneration = models.PositiveIntegerField("GBP a year", null=True, blank=True)
    days_a_month = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    off_payroll = models.BooleanField(default=False)
    off_payroll_reason = models.CharField("why it is filled off the payroll", max_length=300, blank=True)
    authority = models.CharField("authority for pay other than the standard rate", max_length=200, blank=True)
    appraisal_on = models.DateField(null=True, blank=True)
    appraisal_satisfactory = models.BooleanField(null=True, blank=True)
    reviewed_on = models.DateField("rigorous review held on", null=True, blank=True)
    exceptional = models.TextField("exceptional justification", blank=True)
    end_kind = models.CharField(max_length=12, choices=Tenure.End.choices, blank=True)
    last_on = models.DateField("last day in the seat", null=True, blank=True)
    ground = models.CharField("ground of the termination", max_length=200, blank=True)
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("portal.User", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField("approved or refused at", null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            # One matter at a time for a holder: two meetings cannot renew the same term.
            models.UniqueConstraint(
                fields=["tenure", "kind"],
                condition=Q(withdrawn_at=None, settled_at=None),
                name="proposal_once_a_tenure",
            ),
            models.CheckConstraint(
                name="proposal_of_holder_has_tenure",
                condition=~Q(kind__in=["reappointment", "extension", "remuneration", "termination"])
                | Q(tenure__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_ends_after_start",
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person}, {self.seat}"

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and self.settled_at is None

    @property
    def is_term(self) -> bool:
        return self.kind in self.TERMS
