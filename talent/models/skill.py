"""Skills in one vocabulary for profiles, boards and search, and who has which."""

from django.db import models
from django.db.models import Q

from portal.access import Viewer
from portal.models import User
from talent.models.person import Person


class SkillQuerySet(models.QuerySet["Skill"]):
    def offered(self) -> "SkillQuerySet":
        """What can be chosen; a retired one stays where it was chosen before."""
        return self.filter(retired=False)


class Skill(models.Model):
    """One thing that a board can need and a person can bring."""

    class Group(models.TextChoices):
        FINANCE = "finance", "Finance"
        CLINICAL = "clinical", "Clinical"
        DIGITAL = "digital", "Digital"
        ESTATES = "estates", "Estates"
        GOVERNANCE = "governance", "Governance"
        PEOPLE = "people", "People"
        COMMUNITY = "community", "Community"
        OPERATIONS = "operations", "Operations"

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80, unique=True)
    group = models.CharField(max_length=12, choices=Group.choices)
    retired = models.BooleanField(default=False, help_text="Not offered any more; stays where it was chosen.")

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ["group", "name"]

    def __str__(self) -> str:
        return self.name


class PersonSkillQuerySet(models.QuerySet["PersonSkill"]):
    def visible_to(self, user: Viewer) -> "PersonSkillQuerySet":
        """Of whoever's profile `user` may read."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(person__in=Person.objects.visible_to(user).values("pk"))


class PersonSkill(models.Model):
    """One skill of one person: where it comes from, what shows it, and who has confirmed it, if anybody has."""

    class Source(models.TextChoices):
        DECLARED = "declared", "Said by the person"
        PROFILE = "profile", "Read from the profile by the talent team"
        IMPORTED = "imported", "From a file that was loaded"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="people")
    source = models.CharField(max_length=8, choices=Source.choices)
    evidence = models.CharField(max_length=600)
    added_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        "portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="skills_confirmed"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = PersonSkillQuerySet.as_manager()

    class Meta:
        ordering = ["person", "skill__group", "skill__name"]
        constraints = [
            models.UniqueConstraint(fields=["person", "skill"], name="personskill_once"),
            models.CheckConstraint(
                name="personskill_confirmed_by_somebody",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.skill}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
