"""From how many points on a share that falls between two stages is worth asking about: a dated rule with its source."""

import datetime as dt

from django.db import models
from django.db.models import F, Q


class DriftPolicy(models.Model):
    """Published shares are rounded, so that a few points say nothing. It asks a question and sets no quota."""

    points = models.PositiveSmallIntegerField("percentage points between the first stage and the last")
    source = models.CharField(max_length=200)
    in_force_from = models.DateField(unique=True)
    in_force_until = models.DateField(null=True, blank=True, help_text="The last day.")

    class Meta:
        ordering = ["-in_force_from"]
        verbose_name_plural = "drift policies"
        constraints = [
            models.CheckConstraint(
                name="driftpolicy_ends_after_start",
                condition=Q(in_force_until=None) | Q(in_force_until__gte=F("in_force_from")),
            )
        ]

    def __str__(self) -> str:
        return f"A fall of {self.points} points or more"


def drift_points_on(day: dt.date) -> int | None:
    """By the rule in force on `day`; None where none is on record. One query."""
    dated = DriftPolicy.objects.filter(Q(in_force_until=None) | Q(in_force_until__gte=day), in_force_from__lte=day)
    return dated.values_list("points", flat=True).first()
