"""People in cohorts of a programme, and what became of them."""

from django.db import models

from portal.ledger import LedgerRow


class Participation(models.Model):
    """One person going through a programme with one cohort."""

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.PROTECT, related_name="participations")
    person = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="participations")
    joined_on = models.DateField()

    class Meta:
        ordering = ["cohort", "person__sort_name"]
        constraints = [models.UniqueConstraint(fields=["cohort", "person"], name="participation_once_a_cohort")]

    def __str__(self) -> str:
        return f"{self.person}, {self.cohort}"


class ParticipationOutcome(LedgerRow):
    """What was recorded of somebody's way after or out of a programme, on which day it was so."""

    class Kind(models.TextChoices):
        COMPLETED = "completed", "Completed the programme"
        LEFT = "left", "Left the programme early"
        CHIEF_EXECUTIVE = "chief_executive", "Became a chief executive"

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    happened_on = models.DateField()

    class Meta:
        ordering = ["happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.participation}: {self.get_kind_display().lower()}"
