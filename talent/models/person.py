"""People the body knows as leaders: the profile, and the posts they held."""

import datetime as dt
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from portal.access import Viewer, access_of
from portal.models import User
from portal.names import folded
from talent.models.application import Application
from talent.models.career import Background, RoleSought, Sector, Travel
from talent.models.pool import PoolMembership

# Up from some records to those that they were merged into, then down to all that were merged into these.
_SAME = """
WITH RECURSIVE up (id, merged_into_id) AS (
    SELECT id, merged_into_id FROM talent_person WHERE {which}
    UNION SELECT p.id, p.merged_into_id FROM talent_person p JOIN up ON p.id = up.merged_into_id
), same (id) AS (
    SELECT id FROM up UNION SELECT p.id FROM talent_person p JOIN same ON p.merged_into_id = same.id
)
SELECT id FROM same
"""


class PersonQuerySet(models.QuerySet["Person"]):
    def unmerged(self) -> "PersonQuerySet":
        return self.filter(merged_into=None)

    def of_user(self, user: User) -> "PersonQuerySet":
        """Every record that is this user's: the one they sign in with, what it was merged into, what into that."""
        return self.filter(pk__in=RawSQL(_SAME.format(which="user_id = %s"), [user.pk]))  # noqa: S611 (our own words)

    def same_as(self, *records: int) -> "PersonQuerySet":
        """Every record of whoever these records are of, by merges in either direction; these among them."""
        return self.filter(pk__in=RawSQL(_SAME.format(which="id = ANY (%s)"), [list(records)]))  # noqa: S611

    def visible_to(self, user: Viewer) -> "PersonQuerySet":
        """Oneself; for talent staff (in their region) whoever sent an application, or consents to a pool today.

        An application that is read blind shows nobody: it would say who applied."""
        access = access_of(user)
        if not isinstance(user, User):
            return self.none()
        if not access.is_talent_staff:
            return self.filter(user=user)
        in_pools = PoolMembership.objects.visible_to(user).in_force(timezone.localdate()).values("person")
        applied = Application.objects.in_scope_of(user).named().values("person")
        # What a merged record brought is read at the one that was kept.
        kept = self.model.objects.filter(pk__in=applied).values("merged_into")
        return self.filter(Q(pk__in=applied) | Q(pk__in=kept) | Q(pk__in=in_pools) | Q(user=user))


class Person(models.Model):
    """One human being, whatever the number of applications, pools and posts."""

    class Readiness(models.TextChoices):
        NOW = "now", "Ready now"
        ONE_TO_TWO = "1-2", "Ready in 1 to 2 years"
        THREE_TO_FIVE = "3-5", "Ready in 3 to 5 years"

    user = models.OneToOneField("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="person")
    full_name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200, editable=False, db_index=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    region = models.ForeignKey("portal.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    headline = models.CharField(max_length=200, blank=True, help_text="Current role and employer, in one line.")
    summary = models.TextField(blank=True)
    readiness = models.CharField(max_length=4, choices=Readiness.choices, blank=True)
    # When it was last said: who is ready "in 1 to 2 years" is asked again within the year.
    readiness_on = models.DateField(null=True, blank=True)
    days_a_month = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    background = models.CharField(max_length=20, choices=Background.choices, blank=True)
    sectors = ArrayField(models.CharField(max_length=20, choices=Sector.choices), default=list, blank=True)
    roles_sought = ArrayField(models.CharField(max_length=20, choices=RoleSought.choices), default=list, blank=True)
    works_in = models.ManyToManyField("portal.Region", blank=True, related_name="willing_people")
    travel_minutes = models.PositiveSmallIntegerField(choices=Travel.choices, null=True, blank=True)
    # As pasted or read from a file; searched, shown to staff, never parsed behind the person's back.
    cv_text = models.TextField(blank=True)
    # Only to tell two people of one name apart: never searched, matched by, nor shown on a profile.
    born_on = models.DateField("date of birth", null=True, blank=True)
    # The number under which whoever sent the file knows the person.
    reference = models.CharField(max_length=40, null=True, blank=True, unique=True)
    imported_in = models.ForeignKey(
        "talent.PeopleImport", null=True, blank=True, on_delete=models.PROTECT, related_name="imported"
    )
    mail_opt_out = models.BooleanField("no mail beyond what an application needs", default=False)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    created_at = models.DateTimeField()

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "pk"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = folded(self.full_name)[:200]
        super().save(*args, **kwargs)

    @property
    def sector_labels(self) -> list[str]:
        return [str(Sector(value).label) for value in self.sectors if value in Sector.values]

    @property
    def role_labels(self) -> list[str]:
        return [str(RoleSought(value).label) for value in self.roles_sought if value in RoleSought.values]


class PostHeld(models.Model):
    """One post in a person's career."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts")
    title = models.CharField(max_length=200)
    employer = models.CharField(max_length=200)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    board_level = models.BooleanField(default=False)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["-started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="postheld_ends_after_start", condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.employer}"

    def is_held_on(self, day: dt.date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)
