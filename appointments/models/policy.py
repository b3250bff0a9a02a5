"""Dated rules on how long a chair or non-executive may serve. Each row names its source."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.db import models
from django.db.models import F, Q

from appointments.terms import Clock, Rule


class TermPolicyQuerySet(models.QuerySet["TermPolicy"]):
    def in_force(self, day: dt.date) -> "TermPolicyQuerySet":
        return self.filter(Q(in_force_until=None) | Q(in_force_until__gte=day), in_force_from__lte=day)


class TermPolicy(models.Model):
    """The limits in force between two days. One policy at a time: the one that began last."""

    class ClockKind(models.TextChoices):
        SAME_POST = Clock.SAME_POST.value, "Time in one post"
        SAME_BOARD = Clock.SAME_BOARD.value, "Time on one board, in all roles"

    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True, help_text="The last day.")
    clock = models.CharField(max_length=10, choices=ClockKind.choices)
    term_months = models.PositiveSmallIntegerField("longest term, months")
    limit_months = models.PositiveSmallIntegerField("normal limit, months")
    normal_terms = models.PositiveSmallIntegerField(null=True, blank=True)
    review_after_months = models.PositiveSmallIntegerField("rigorous review after, months", null=True, blank=True)
    promotion_months = models.PositiveSmallIntegerField(
        "non-executive's time that a new chair starts afresh from, months", null=True, blank=True
    )

    for_foundation_trusts = models.BooleanField(
        "also for foundation trusts",
        default=False,
        help_text="They appoint their own; a code may bind them all the same.",
    )

    objects = TermPolicyQuerySet.as_manager()

    class Meta:
        ordering = ["-in_force_from"]
        verbose_name_plural = "term policies"
        constraints = [
            models.UniqueConstraint(fields=["in_force_from"], name="termpolicy_one_a_day"),
            models.CheckConstraint(
                name="termpolicy_ends_after_start",
                condition=Q(in_force_until=None) | Q(in_force_until__gte=F("in_force_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rule(self) -> Rule:
        return Rule(
            name=self.name,
            source=self.source,
            clock=Clock(self.clock),
            term_months=self.term_months,
            limit_months=self.limit_months,
            normal_terms=self.normal_terms,
            review_after_months=self.review_after_months,
            promotion_months=self.promotion_months,
        )


# The limits in force on a day, or None where none is on record.
RuleOn = Callable[[dt.date], Rule | None]


def rule_on(day: dt.date, *, foundation_trust: bool = False) -> Rule | None:
    """The limits in force on `day`, or None when none is on record for that day and kind of trust. One query."""
    return _chosen(TermPolicy.objects.in_force(day).order_by("-in_force_from"), day, foundation_trust)


def rules_of(*, foundation_trust: bool) -> RuleOn:
    """The same for any number of days. One query."""
    policies = list(TermPolicy.objects.order_by("-in_force_from"))
    return lambda day: _chosen(policies, day, foundation_trust)


def _chosen(policies: Iterable[TermPolicy], day: dt.date, foundation_trust: bool) -> Rule | None:
    """Of the newest first."""
    holds = (p for p in policies if p.in_force_from <= day and (p.in_force_until is None or p.in_force_until >= day))
    policy = next((p for p in holds if p.for_foundation_trusts or not foundation_trust), None)
    return policy.rule if policy else None
