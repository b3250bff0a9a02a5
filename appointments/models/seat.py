"""The seats of a board: what they are, whether they vote, how much time they take."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from portal.access import Viewer, boards_visible_to


class SeatQuerySet(models.QuerySet["Seat"]):
    def open_on(self, day: dt.date) -> "SeatQuerySet":
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day), opened_on__lte=day)

    def non_executive(self) -> "SeatQuerySet":
        return self.filter(role__in=Seat.NON_EXECUTIVE)

    def visible_to(self, user: Viewer) -> "SeatQuerySet":
        return self.filter(board__in=boards_visible_to(user).values("pk"))


class Seat(models.Model):
    """One place on one trust's board, whoever sits in it."""

    class Role(models.TextChoices):
        CHAIR = "chair", "Chair"
        NED = "ned", "Non-executive director"
        CHIEF_EXECUTIVE = "chief_executive", "Chief executive"
        FINANCE = "finance", "Director of finance"
        MEDICAL = "medical", "Medical director"
        NURSING = "nursing", "Director of nursing"
        OPERATING = "operating", "Chief operating officer"
        WORKFORCE = "workforce", "Director of workforce"
        OTHER_EXECUTIVE = "other_executive", "Other executive director"

    class Designation(models.TextChoices):
        """A role that a non-executive holds beside the ordinary one."""

        AUDIT_CHAIR = "audit_chair", "Audit committee chair"
        VICE_CHAIR = "vice_chair", "Vice chair"
        SENIOR_INDEPENDENT = "senior_independent", "Senior independent director"
        QUALITY_CHAIR = "quality_chair", "Quality committee chair"

    NON_EXECUTIVE = (Role.CHAIR, Role.NED)
    ORDER = tuple(Role.values)  # as a board is listed

    board = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=20, choices=Role.choices)
    designation = models.CharField(max_length=20, choices=Designation.choices, blank=True)
    # Tells the board's non-executive seats apart: 1, 2, 3 ...
    number = models.PositiveSmallIntegerField(default=1)
    voting = models.BooleanField(default=True)
    days_a_month = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True, help_text="The first day on which there is no such seat.")

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["board", "role", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "role", "number"], condition=Q(closed_on=None), name="seat_once_on_a_board"
            ),
            models.CheckConstraint(
                name="seat_closes_after_opening", condition=Q(closed_on=None) | Q(closed_on__gt=F("opened_on"))
            ),
            models.CheckConstraint(name="seat_designation_is_a_neds", condition=Q(designation="") | Q(role="ned")),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.board}"

    @property
    def title(self) -> str:
        role = self.get_role_display()
        return f"{role} ({self.get_designation_display().lower()})" if self.designation else role

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in a list of its board's seats."""
        return self.ORDER.index(self.role), self.number

    @property
    def is_non_executive(self) -> bool:
        return self.role in self.NON_EXECUTIVE
