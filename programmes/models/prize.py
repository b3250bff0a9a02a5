"""What an award is worth, from which day, and who said so: a dated record, never a constant."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from programmes.models.scheme import Scheme


class PrizeQuerySet(models.QuerySet["Prize"]):
    def in_force(self, day: dt.date) -> "PrizeQuerySet":
        return self.filter(from_on__lte=day).filter(Q(until_on=None) | Q(until_on__gte=day))


class Prize(models.Model):
    """The sum that one award of a scheme brings, for the two of a pair together."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="prizes")
    amount = models.DecimalField("pounds", max_digits=9, decimal_places=2)
    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)
    source = models.CharField(max_length=200, help_text="Where it is laid down.")

    objects = PrizeQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "from_on"], name="prize_from_once_a_scheme"),
            models.CheckConstraint(
                name="prize_ends_after_it_begins", condition=Q(until_on=None) | Q(until_on__gte=F("from_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: £{self.amount:,.0f} from {self.from_on:%-d %B %Y}"
