"""What chairs and non-executives are paid: dated rates, each with its source."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from appointments.models.seat import Seat


class RemunerationRateQuerySet(models.QuerySet["RemunerationRate"]):
    def in_force(self, day: dt.date) -> "RemunerationRateQuerySet":
        return self.filter(
            Q(in_force_from=None) | Q(in_force_from__lte=day), Q(in_force_until=None) | Q(in_force_until__gte=day)
        )


class RemunerationRate(models.Model):
    """One yearly rate for one role and group of trusts: one amount, or a range by its quartiles."""

    role = models.CharField(
        max_length=20, choices=[(r.value, r.label) for r in Seat.NON_EXECUTIVE], verbose_name="for whom"
    )
    group = models.CharField(max_length=60, blank=True, help_text="The band or turnover group; empty for all trusts.")
    amount = models.PositiveIntegerField("one amount, GBP a year", null=True, blank=True)
    lower_quartile = models.PositiveIntegerField("lower quartile, GBP a year", null=True, blank=True)
    median = models.PositiveIntegerField("median, GBP a year", null=True, blank=True)
    upper_quartile = models.PositiveIntegerField("upper quartile, GBP a year", null=True, blank=True)
    in_force_from = models.DateField(null=True, blank=True, help_text="Empty when the first day is not on record.")
    in_force_until = models.DateField(null=True, blank=True, help_text="The last day.")
    source = models.CharField(max_length=200)
    note = models.CharField(max_length=200, blank=True)

    objects = RemunerationRateQuerySet.as_manager()

    class Meta:
        ordering = ["role", "-in_force_from", "group"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "group", "in_force_from"], name="remunerationrate_once_a_day", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="remunerationrate_amount_or_range",
                condition=Q(amount__isnull=False, lower_quartile=None, median=None, upper_quartile=None)
                | Q(amount=None, lower_quartile__lte=F("median"), upper_quartile__gte=F("median")),
            ),
            models.CheckConstraint(
                name="remunerationrate_ends_after_start",
                condition=Q(in_force_until=None) | Q(in_force_from=None) | Q(in_force_until__gte=F("in_force_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.group}" if self.group else self.get_role_display()

    def allows(self, pounds: int) -> bool:
        """Whether so much a year is this rate, or lies within its range."""
        if self.amount is not None:
            return pounds == self.amount
        return self.lower_quartile <= pounds <= self.upper_quartile

    @property
    def pounds(self) -> str:
        if self.amount is not None:
            return f"£{self.amount:,}"
        return f"£{self.lower_quartile:,} / £{self.median:,} / £{self.upper_quartile:,}"

    @property
    def in_words(self) -> str:
        return f"{self.group}: {self.pounds}" if self.group else self.pounds
