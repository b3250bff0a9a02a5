"""How far back a conflict of interest reaches: a dated rule with its source."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import F, Q

from portal.words import months_in_words
from talent.models.interest import ConflictKind


class ConflictPolicy(models.Model):
    """For how long what has ended still counts: a post with the same employer, a seat on the same board."""

    look_back_months = models.PositiveSmallIntegerField("what ended counts for, months")
    source = models.CharField(max_length=200)
    in_force_from = models.DateField(unique=True)
    in_force_until = models.DateField(null=True, blank=True, help_text="The last day.")

    class Meta:
        ordering = ["-in_force_from"]
        verbose_name_plural = "conflict policies"
        constraints = [
            models.CheckConstraint(
                name="conflictpolicy_ends_after_start",
                condition=Q(in_force_until=None) | Q(in_force_until__gte=F("in_force_from")),
            )
        ]

    def __str__(self) -> str:
        return f"What counts, {self.reach}"

    @property
    def reach(self) -> str:
        """As it stands in the words of a conflict that was found."""
        return f"now or {self.lately}" if self.look_back_months else "now"

    @property
    def lately(self) -> str:
        return f"in the last {months_in_words(self.look_back_months)}"

    @property
    def asked(self) -> list[tuple[str, str]]:
        """The kinds of conflict in the words in which people are asked, with how far back they should think."""
        said = {ConflictKind.EMPLOYER: f"Same employer, {self.reach}"}
        if self.look_back_months:
            said[ConflictKind.COLLABORATOR] = f"Worked closely together {self.lately}"
        return [(kind.value, said.get(kind, str(kind.label))) for kind in ConflictKind]

    def counts_from(self, day: dt.date) -> dt.date:
        """What ended on this day or later still counts on `day`."""
        return day - relativedelta(months=self.look_back_months)


def conflict_policy_on(day: dt.date) -> ConflictPolicy:
    """The rule in force on `day`; where none is on record, only what has not ended counts. One query."""
    dated = ConflictPolicy.objects.filter(Q(in_force_until=None) | Q(in_force_until__gte=day), in_force_from__lte=day)
    return dated.first() or ConflictPolicy(look_back_months=0, source="", in_force_from=day)
