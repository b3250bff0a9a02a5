"""What executives are paid elsewhere, and above what nobody is paid without leave: dated rows, each with its source."""

import datetime as dt
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from appointments.models.seat import Seat

EXECUTIVE_ROLES = [choice for choice in Seat.Role.choices if choice[0] not in Seat.NON_EXECUTIVE]


Dated = TypeVar("Dated", bound=models.Model)


class DatedQuerySet(models.QuerySet[Dated]):
    def in_force(self, day: dt.date) -> Self:
        return self.filter(Q(in_force_until=None) | Q(in_force_until__gte=day), in_force_from__lte=day)


class PayBenchmark(models.Model):
    """The range for one executive post in trusts of one size, by yearly turnover."""

    role = models.CharField(max_length=20, choices=EXECUTIVE_ROLES)
    turnover_from = models.PositiveIntegerField("turnover from, GBP millions", default=0)
    turnover_below = models.PositiveIntegerField("turnover below, GBP millions", null=True, blank=True)
    lower = models.PositiveIntegerField("lower end, GBP a year")
    median = models.PositiveIntegerField("median, GBP a year")
    upper = models.PositiveIntegerField("upper end, GBP a year")
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True, help_text="The last day.")
    source = models.CharField(max_length=200)
    is_demonstration = models.BooleanField("invented for the demonstration", default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["role", "-in_force_from", "turnover_from"]
        constraints = [
            models.UniqueConstraint(fields=["role", "turnover_from", "in_force_from"], name="paybenchmark_once_a_day"),
            models.CheckConstraint(
                name="paybenchmark_in_order", condition=Q(lower__lte=F("median"), median__lte=F("upper"))
            ),
        ]

    def __str__(self) -> str:
        return f"£{self.lower:,} to £{self.upper:,}, median £{self.median:,}"

    def is_for(self, role: str, turnover: int) -> bool:
        """Whether it is the range of this post in a trust of so much turnover, in millions."""
        below = self.turnover_below
        return self.role == role and self.turnover_from <= turnover and (below is None or turnover < below)


class PayCap(models.Model):
    """The yearly pay above which a very senior manager is appointed with ministers' approval or comment only."""

    amount = models.PositiveIntegerField("GBP a year")
    in_force_from = models.DateField(unique=True)
    in_force_until = models.DateField(null=True, blank=True, help_text="The last day.")
    source = models.CharField(max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-in_force_from"]

    def __str__(self) -> str:
        return f"£{self.amount:,}"
