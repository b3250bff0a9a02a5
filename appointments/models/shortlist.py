"""A shortlist shown to one trust for a vacancy and for a time: who is on it, what may be seen, what the trust said."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.access import Viewer, access_of
from portal.ledger import LedgerRow
from portal.models import User
from talent.models import Person, PoolMembership


class SharedListQuerySet(models.QuerySet["SharedList"]):
    def in_force(self, day: dt.date) -> "SharedListQuerySet":
        return self.filter(withdrawn_at=None, until__gte=day)

    def run_by(self, user: Viewer) -> "SharedListQuerySet":
        """Talent staff's: all for the team, a lead's region by the trust that is shown it."""
        access = access_of(user)
        if not isinstance(user, User):
            return self.none()
        return self if access.is_talent_team else self.filter(trust__region__in=access.region_ids)

    def shown_to(self, user: Viewer, day: dt.date) -> "SharedListQuerySet":
        """The trust's own people, as long as the list is shown: withdrawn or over, it is gone at once."""
        return self.in_force(day).filter(trust__in=access_of(user).trust_ids)


class SharedList(models.Model):
    """One list of people shown to one trust."""

    class Part(models.TextChoices):
        """What the trust may see of a person beside the name."""

        ROLE = "role", "Current role and region"
        SUMMARY = "summary", "What they bring to a board"
        POSTS = "posts", "Posts held"
        SKILLS = "skills", "Skills"
        READINESS = "readiness", "Readiness and days a month"
        CONTACT = "contact", "Email and telephone"

    trust = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="shared_lists")
    seat = models.ForeignKey(
        "appointments.Seat", null=True, blank=True, on_delete=models.PROTECT, related_name="shared_lists"
    )
    vacancy = models.CharField(max_length=200)
    message = models.TextField(blank=True)
    parts = ArrayField(models.CharField(max_length=10, choices=Part.choices), default=list)
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    until = models.DateField(help_text="The last day on which the trust sees it.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SharedListQuerySet.as_manager()

    class Meta:
        ordering = ["-shared_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.vacancy}, {self.trust}"

    @property
    def part_labels(self) -> list[str]:
        return [str(self.Part(part).label) for part in self.parts]

    def is_shown_on(self, day: dt.date) -> bool:
        return self.withdrawn_at is None and day <= self.until


class SharedPersonQuerySet(models.QuerySet["SharedPerson"]):
    def shown_on(self, day: dt.date) -> "SharedPersonQuerySet":
        """Whoever agrees on that day to be shown to trusts: who withdraws or pauses is gone at once."""
        return self.filter(removed_at=None, person__in=may_be_shown(day))


def may_be_shown(day: dt.date) -> "models.QuerySet[Person, int]":
    """The people who agree, on that day, to be shown to a trust that looks for somebody."""
    agreed = PoolMembership.objects.in_force(day).filter(may_be_shared=True)
    return Person.objects.filter(pk__in=agreed.values("person")).values("pk")  # type: ignore[return-value]


class SharedPerson(models.Model):
    """One person on one shared list."""

    shared_list = models.ForeignKey(SharedList, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="shared_on")
    position = models.PositiveSmallIntegerField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = SharedPersonQuerySet.as_manager()

    class Meta:
        ordering = ["shared_list", "position"]
        constraints = [models.UniqueConstraint(fields=["shared_list", "person"], name="sharedperson_once_a_list")]

    def __str__(self) -> str:
        return f"{self.person} on {self.shared_list}"


class ShareEvent(LedgerRow):
    """One thing that happened to a shared list: shown, read by the trust, answered, withdrawn. Written once."""

    class Kind(models.TextChoices):
        SHARED = "shared", "Shown to the trust"
        READ = "read", "Read by the trust"
        FEEDBACK = "feedback", "The trust’s view"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class View(models.TextChoices):
        MEET = "meet", "Would like to meet"
        MAYBE = "maybe", "Perhaps later"
        NO = "no", "Does not fit this vacancy"

    shared_list = models.ForeignKey(SharedList, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # Whose view the trust gave; and who was on the page that was read.
    person = models.ForeignKey("talent.Person", null=True, on_delete=models.PROTECT, related_name="+")
    view = models.CharField(max_length=10, choices=View.choices, blank=True)
    shown = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="shareevent_view_of_a_person",
                condition=Q(kind="feedback", person__isnull=False) & ~Q(view="") | ~Q(kind="feedback") & Q(view=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.shared_list}: {self.get_kind_display()}"
