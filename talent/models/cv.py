"""What was read from a CV that somebody sent, and what it suggests for their profile. The file itself is not kept."""

from django.db import models
from django.db.models import Q

from talent.models.skill import PersonSkill


class CvReading(models.Model):
    """One CV that was read: its words. The newest replaces the one before; nobody else sees it."""

    person = models.OneToOneField("talent.Person", on_delete=models.CASCADE, related_name="cv_reading")
    file_name = models.CharField(max_length=200)
    text = models.TextField()
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["person"]

    def __str__(self) -> str:
        return f"{self.file_name} of {self.person}"


class CvSuggestionQuerySet(models.QuerySet["CvSuggestion"]):
    def undecided(self) -> "CvSuggestionQuerySet":
        return self.filter(decided_at=None)


class CvSuggestion(models.Model):
    """One skill or post that the words suggest. Nothing of it stands on the profile until the person says so."""

    reading = models.ForeignKey(CvReading, on_delete=models.CASCADE, related_name="suggestions")
    skill = models.ForeignKey("talent.Skill", null=True, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    passage = models.CharField(max_length=PersonSkill._meta.get_field("evidence").max_length or 600)
    decided_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(default=False)

    objects = CvSuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["reading", "-started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="cvsuggestion_skill_or_post",
                condition=Q(skill__isnull=False, title="", started_on=None)
                | Q(skill=None, started_on__isnull=False) & ~Q(title=""),
            )
        ]

    def __str__(self) -> str:
        return str(self.skill) if self.skill else f"{self.title}, {self.employer}"
