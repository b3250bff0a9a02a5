"""People in cohorts of a programme, and what became of them."""

from django.db import models

from portal.ledger import LedgerRow


class Participation(models.Model):
    """One person going through a programme with one cohort."""

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.PROTECT, related_name="participations")
    person = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="participations")
    joined_on = models.DateField()
    # Who opens doors for them, and to whom they can say what they cannot say at home.
    sponsor_name = models.CharField(max_length=200, blank=True)
    mentor_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["cohort", "person__sort_name"]
        constraints = [models.UniqueConstraint(fields=["cohort", "person"], name="participation_once_a_cohort")]

    def __str__(self) -> str:
        return f"{self.person}, {self.cohort}"


class CohortEvent(LedgerRow):
    """One act on a cohort or on somebody's place in it."""

    class Kind(models.TextChoices):
        BEGUN = "begun", "Cohort made"
        CHANGED = "changed", "Cohort changed"
        JOINED = "joined", "Somebody joined"
        HELPED = "helped", "Sponsor or mentor named"
        TAKEN_OUT = "taken_out", "Somebody taken out who never took part"

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.PROTECT, related_name="changes")
    person = models.ForeignKey("talent.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.get_kind_display().lower()}"


class ParticipationOutcome(LedgerRow):
    """What was recorded of somebody's way after or out of a programme, on which day it was so."""

    class Kind(models.TextChoices):
        COMPLETED = "completed", "Completed the programme"
        LEFT = "left", "Left the programme early"
        CHIEF_EXECUTIVE = "chief_executive", "Became a chief executive"
        NURSE_DIRECTOR = "nurse_director", "Became a director of nursing"
        APPOINTED = "appointed", "Appointed to a post on a board"
        PROMOTED = "promoted", "Moved to a larger post"

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    happened_on = models.DateField()

    class Meta:
        ordering = ["happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.participation}: {self.get_kind_display().lower()}"
