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
    parent = models.ForeignKey(
        "self",
        verbose_name="subcommittee of",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="subcommittees",
    )
    terms_of_reference = models.TextField()
    terms_from = models.DateField("terms in force from", null=True, blank=True)
    terms_review_on = models.DateField("terms to be reviewed by", null=True, blank=True)
    # Kinds of AgendaItem; empty for every kind.
    may_decide = models.JSONField("may decide on", default=list, blank=True)
    quorum = models.PositiveSmallIntegerField(
        help_text="How many members without a conflict of interest must take part in a decision."
    )

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.CheckConstraint(name="committee_quorum_at_least_two", condition=Q(quorum__gte=2)),
            models.CheckConstraint(
                name="committee_sub_has_parent",
                condition=Q(kind="main", parent=None) | Q(kind="sub", parent__isnull=False),
            ),
            models.CheckConstraint(
                name="committee_terms_reviewed_later",
                condition=Q(terms_from=None) | Q(terms_review_on=None) | Q(terms_review_on__gt=F("terms_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def decides_on(self, kind: str) -> bool:
        """Whether its terms of reference let it decide on items of that kind."""
        return not self.may_decide or kind in self.may_decide


class CommitteeSeatQuerySet(models.QuerySet["CommitteeSeat"]):
    def in_force(self, day: dt.date) -> "CommitteeSeatQuerySet":
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)

    def acting(self, day: dt.date, at: dt.datetime) -> "CommitteeSeatQuerySet":
        """Seats in force on `day` whose holders still have access at `at`: whoever left neither counts nor votes."""
        still = Membership.objects.in_force(at).filter(user=OuterRef("user"), role=Role.COMMITTEE_MEMBER)
        return self.in_force(day).filter(Exists(still), user__is_active=True)


class CommitteeSeat(models.Model):
    """One person sitting on one committee from a day to a day."""

    class Role(models.TextChoices):
        CHAIR = "chair", "Chair"
        DEPUTY = "deputy", "Deputy chair"
        MEMBER = "member", "Member"

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="committee_seats")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.MEMBER)
    starts_on = models.DateField("from")
    # The first day on which the person no longer sits.
    ends_on = models.DateField("until", null=True, blank=True)

    objects = CommitteeSeatQuerySet.as_manager()

    class Meta:
        ordering = ["committee", "role", "user__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "user"], condition=Q(ends_on=None), name="committeeseat_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["committee"], condition=Q(ends_on=None, role="chair"), name="committeeseat_one_chair"
            ),
            models.UniqueConstraint(
                fields=["committee"], condition=Q(ends_on=None, role="deputy"), name="committeeseat_one_deputy"
            ),
            models.CheckConstraint(
                name="committeeseat_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} of {self.committee}"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Viewer) -> "MeetingQuerySet":
        """All of them for the talent team; for a member those of the days on which they held a seat.

        A round by correspondence is theirs to see once it was sent.
        """
        access = access_of(user)
        if access.is_talent_team:
            return self
        if not isinstance(user, User) or Role.COMMITTEE_MEMBER not in access.roles:
            return self.none()
        sent = self.exclude(mode=Meeting.Mode.CORRESPONDENCE, sent_at=None)
        return sent.filter(Exists(seats_at(OuterRef("committee"), OuterRef("starts_at__date")).filter(user=user)))

    def upcoming(self, at: dt.datetime) -> "MeetingQuerySet":
        """Planned and not yet closed, however long the day was."""
        return self.filter(state=Meeting.State.PLANNED).order_by("starts_at", "pk")

    def begun(self, at: dt.datetime) -> "MeetingQuerySet":
        """Planned ones whose time has come, and rounds whose time is up: to be recorded and closed."""
        in_room = Q(mode=Meeting.Mode.MEETING, starts_at__lte=at)
        return self.filter(in_room | Q(closes_at__lte=at, sent_at__isnull=False), state=Meeting.State.PLANNED)

    def past(self) -> "MeetingQuerySet":
        return self.exclude(state=Meeting.State.PLANNED).order_by("-starts_at", "pk")


def seats_at(committee: OuterRef, day: OuterRef) -> CommitteeSeatQuerySet:
    return CommitteeSeat.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), committee=committee, starts_on__lte=day)


class Meeting(models.Model):
    """One meeting of one committee: planned, then held (its minutes are final) or cancelled.

    A round by correspondence is a meeting without a room: it begins when it is sent, and closes at a time.
    """

    class Mode(models.TextChoices):
        MEETING = "meeting", "Meeting"
        CORRESPONDENCE = "correspondence", "By correspondence"

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    mode = models.CharField(max_length=14, choices=Mode.choices, default=Mode.MEETING)
    starts_at = models.DateTimeField("date and time", help_text="London time.")
    closes_at = models.DateTimeField("votes until", null=True, blank=True)
    sent_at = models.DateTimeField("sent to the members at", null=True, blank=True)
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
        constraints = [
            models.UniqueConstraint(fields=["committee", "starts_at"], name="meeting_once_at_a_time"),
            models.CheckConstraint(
                name="meeting_round_has_an_end",
                condition=Q(mode="meeting", closes_at=None, sent_at=None)
                | Q(mode="correspondence", closes_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        how = " by correspondence" if self.is_round else ""
        return f"{self.committee}{how}, {self.day.day} {self.day:%B %Y}"

    @property
    def is_round(self) -> bool:
        """By correspondence."""
        return self.mode == self.Mode.CORRESPONDENCE

    @property
    def day(self) -> dt.date:
        """The day of the meeting in London."""
        return timezone.localdate(self.starts_at)

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    def has_come(self, at: dt.datetime) -> bool:
        """Its day is here: from then on decisions are recorded."""
        return timezone.localdate(at) >= self.day

    def seats(self, at: dt.datetime) -> CommitteeSeatQuerySet:
        """Who may take part in this meeting as things stand at `at`, the chair first."""
        return self.committee.seats.acting(self.day, at).select_related("user")
