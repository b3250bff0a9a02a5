"""The committee that decides: who sits on it, how many make it quorate, and when it meets."""

import datetime as dt

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from portal.access import Viewer, access_of
from portal.models import Membership, Role, User


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def visible_to(self, user: Viewer) -> "CommitteeQuerySet":
        """All of them for the talent team; a member's own."""
        access = access_of(user)
        if access.is_talent_team:
            return self
        if Role.COMMITTEE_MEMBER not in access.roles:
            return self.none()
        return self.filter(Exists(CommitteeSeat.objects.filter(committee=OuterRef("pk"), user=user)))


class Committee(models.Model):
    """A body that takes decisions: the Provider Leadership Committee, or a subcommittee of it."""

    class Kind(models.TextChoices):
        MAIN = "main", "Committee"
        SUB = "sub", "Subcommittee"

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.MAIN)
    terms_of_reference = models.TextField()
    quorum = models.PositiveSmallIntegerField(
        help_text="How many members without a conflict of interest must take part in a decision."
    )

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.CheckConstraint(name="committee_quorum_at_least_two", condition=Q(quorum__gte=2)),
        ]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet["CommitteeSeat"]):
    def in_force(self, day: dt.date) -> "SeatQuerySet":
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)

    def acting(self, day: dt.date, at: dt.datetime) -> "SeatQuerySet":
        """Seats in force on `day` whose holders still have access at `at`: whoever left neither counts nor votes."""
        still = Membership.objects.in_force(at).filter(user=OuterRef("user"), role=Role.COMMITTEE_MEMBER)
        return self.in_force(day).filter(Exists(still), user__is_active=True)


class CommitteeSeat(models.Model):
    """One person sitting on one committee from a day to a day."""

    class Role(models.TextChoices):
        CHAIR = "chair", "Chair"
        MEMBER = "member", "Member"

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="committee_seats")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.MEMBER)
    starts_on = models.DateField("from")
    # The first day on which the person no longer sits.
    ends_on = models.DateField("until", null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["committee", "role", "user__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "user"], condition=Q(ends_on=None), name="committeeseat_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["committee"], condition=Q(ends_on=None, role="chair"), name="committeeseat_one_chair"
            ),
            models.CheckConstraint(
                name="committeeseat_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} of {self.committee}"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Viewer) -> "MeetingQuerySet":
        """All of them for the talent team; for a member those of the days on which they held a seat."""
        access = access_of(user)
        if access.is_talent_team:
            return self
        if not isinstance(user, User) or Role.COMMITTEE_MEMBER not in access.roles:
            return self.none()
        return self.filter(Exists(seats_at(OuterRef("committee"), OuterRef("starts_at__date")).filter(user=user)))

    def upcoming(self, at: dt.datetime) -> "MeetingQuerySet":
        """Planned and not yet closed, however long the day was."""
        return self.filter(state=Meeting.State.PLANNED).order_by("starts_at", "pk")

    def past(self) -> "MeetingQuerySet":
        return self.exclude(state=Meeting.State.PLANNED).order_by("-starts_at", "pk")


def seats_at(committee: OuterRef, day: OuterRef) -> SeatQuerySet:
    return CommitteeSeat.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), committee=committee, starts_on__lte=day)


class Meeting(models.Model):
    """One meeting of one committee: planned, then held (its minutes are final) or cancelled."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField("date and time", help_text="London time.")
    place = models.CharField("place or link", max_length=300)
    substitute = models.ForeignKey(
        "portal.User",
        verbose_name="chairs in the chair’s place",
        help_text="A member who chairs the items on which the chair has a conflict, or if the chair is not there.",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["committee", "starts_at"], name="meeting_once_at_a_time")]

    def __str__(self) -> str:
        return f"{self.committee}, {self.day.day} {self.day:%B %Y}"

    @property
    def day(self) -> dt.date:
        """The day of the meeting in London."""
        return timezone.localdate(self.starts_at)

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    def seats(self, at: dt.datetime) -> SeatQuerySet:
        """Who may take part in this meeting as things stand at `at`, the chair first."""
        return self.committee.seats.acting(self.day, at).select_related("user")
