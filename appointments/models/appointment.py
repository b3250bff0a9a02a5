"""The body's appointments: one row an act, written once; a correction is a new row that names the one it replaces."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from appointments.models.ledger import Decision
from appointments.models.seat import Seat
from appointments.models.tenure import Tenure
from portal.access import Viewer, access_of, boards_visible_to
from portal.ledger import AppendOnlyQuerySet, LedgerRow
from portal.models import Role, User

if TYPE_CHECKING:
    from appointments.years import ReportingYear


class AppointmentQuerySet(AppendOnlyQuerySet):
    def standing(self) -> "AppointmentQuerySet":
        """What holds today: not replaced by a correction and not taken back by one."""
        # Said twice, so that PostgreSQL looks through the few corrections and not through the whole register.
        replaced = Appointment.objects.filter(corrects=OuterRef("pk"), corrects__isnull=False)
        return self.filter(~Exists(replaced), cancelled=False)

    def decided_in(self, year: "ReportingYear") -> "AppointmentQuerySet":
        return self.filter(decided_on__range=(year.first_on, year.last_on))

    def visible_to(self, user: Viewer) -> "AppointmentQuerySet":
        """Talent staff's in their scope, a trust's people's own board, a member's; never with a conflict."""
        access = access_of(user)
        if not isinstance(user, User):
            return self.none()
        rows = self if access.is_talent_team else self.filter(board__in=boards_visible_to(user).values("pk"))
        if access.is_talent_staff or Role.COMMITTEE_MEMBER in access.roles:
            # Asked from the few interests, so that a register of a million rows is not asked row by row.
            barred = Q(item__proposal__in=user.proposal_interests.in_force().values("proposal"))
            barred |= Q(item__proposal__application__in=user.declared_interests.in_force().values("application"))
            rows = rows.exclude(decision__in=Decision.objects.filter(barred).values("pk"))
        return rows


class Appointment(LedgerRow):
    """One person appointed to one seat by one decision."""

    class Kind(models.TextChoices):
        NEW = "new", "New"
        REAPPOINTMENT = "reappointment", "Reappointment"
        EXTENSION = "extension", "Extension"

    RENEWALS = (Kind.REAPPOINTMENT, Kind.EXTENSION)

    kind = models.CharField(max_length=14, choices=Kind.choices)
    person = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="appointments")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="appointments")
    # The seat's own board and role at the time, so that a report reads one table.
    board = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=Seat.Role.choices)
    tenure = models.ForeignKey(Tenure, on_delete=models.PROTECT, related_name="appointments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day.")
    remuneration = models.PositiveIntegerField("GBP a year", null=True, blank=True)
    days_a_month = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    off_payroll = models.BooleanField(default=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appointments")
    # The reporting year counts by it (domain rule: 1 April to 31 March by the date of the decision).
    decided_on = models.DateField(db_index=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    cancelled = models.BooleanField(default=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(corrects=None), name="appointment_once_a_decision"
            ),
            models.CheckConstraint(
                name="appointment_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="appointment_cancelled_by_correction", condition=Q(cancelled=False) | Q(corrects__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["decided_on", "role", "kind"], name="appointment_by_year")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person}, {self.seat}"

    @property
    def is_renewal(self) -> bool:
        return self.kind in self.RENEWALS
