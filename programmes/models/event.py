"""Events that people book: masterclasses, sessions of a cohort, meetings of a network; changes and materials."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from portal.access import Viewer, access_of, has_role
from portal.ledger import LedgerRow
from portal.models import Role, User
from portal.storage import private_storage
from portal.words import clock, date_time, long_date
from programmes.models.collaborative import Collaborative
from programmes.models.learning_network import LearningNetwork

# Who may run events at all; which ones, says run_by().
RUNNER_ROLES = (Role.TALENT_TEAM, Role.IMPROVEMENT_LEAD, Role.REGIONAL_LEAD)


class EventQuerySet(models.QuerySet["Event"]):
    def published(self) -> "EventQuerySet":
        return self.exclude(state=Event.State.DRAFT)

    def coming(self, at: dt.datetime) -> "EventQuerySet":
        """Not over yet, and not called off."""
        return self.filter(ends_at__gt=at).exclude(state=Event.State.CANCELLED)

    def past(self, at: dt.datetime) -> "EventQuerySet":
        return self.filter(ends_at__lte=at).exclude(state=Event.State.CANCELLED)

    def standing(self) -> "EventQuerySet":
        """Published and still to be held, whether or not more people may book."""
        return self.filter(state__in=Event.STANDING)

    def for_everybody(self) -> "EventQuerySet":
        """Those that stand in the public list: not the sessions of one cohort."""
        return self.published().exclude(audience=Event.Audience.GROUP)

    def run_by(self, user: Viewer) -> "EventQuerySet":
        """The talent team runs all, a regional lead the region's, a lead of a collaborative its own."""
        access = access_of(user)
        if not isinstance(user, User) or not access.roles.intersection(RUNNER_ROLES):
            return self.none()
        if access.is_talent_team:
            return self
        scope = Q(owner=user) | Q(region__in=access.region_ids)
        if has_role(user, Role.IMPROVEMENT_LEAD):
            scope |= Q(collaborative__in=Collaborative.objects.led_by(user).values("pk"))
            scope |= Q(network__in=LearningNetwork.objects.led_by(user).values("pk"))
        return self.filter(scope)

    def of_groups_of(self, user: Viewer) -> "EventQuerySet":
        """Those of the cohorts that `user` goes through a programme with, and of networks that they belong to."""
        if not isinstance(user, User):
            return self.none()
        cohorts = self.model.objects.filter(cohort__participations__person__user=user).order_by().values("pk")
        return self.filter(Q(pk__in=cohorts) | Q(network__in=LearningNetwork.objects.joined_by(user).values("pk")))

    def visible_to(self, user: Viewer) -> "EventQuerySet":
        """What is public, what is held for one's own cohorts and networks, and what one runs."""
        own = self.model.objects.published().of_groups_of(user).order_by().values("pk")
        run = self.model.objects.run_by(user).order_by().values("pk")
        public = self.model.objects.for_everybody().order_by().values("pk")
        return self.filter(Q(pk__in=public) | Q(pk__in=own) | Q(pk__in=run))

    def counted(self) -> "EventQuerySet":
        """With `booked` and `waiting`: how many have a place, how many hope for one."""
        return self.annotate(
            booked=Count("bookings", filter=Q(bookings__state="booked")),
            waiting=Count("bookings", filter=Q(bookings__state="waiting")),
        )


class Event(models.Model):
    """One event on one day, or on days in a row. How its state moves is in programmes/convening.py."""

    class Kind(models.TextChoices):
        MASTERCLASS = "masterclass", "Masterclass"
        WORKSHOP = "workshop", "Workshop"
        CONFERENCE = "conference", "Conference"
        WEBINAR = "webinar", "Webinar"
        SESSION = "session", "Session of a cohort"
        MEETING = "meeting", "Meeting of a network"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        OPEN = "open", "Open for booking"
        CLOSED = "closed", "Booking closed"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    STANDING = (State.OPEN, State.CLOSED)

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", "Everybody with an account"
        TRUSTS = "trusts", "People who act for a trust"
        GROUP = "group", "The people of its cohort or network"

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.MASTERCLASS)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    audience = models.CharField("who may book", max_length=10, choices=Audience.choices, default=Audience.EVERYBODY)
    summary = models.CharField(max_length=300, help_text="One or two sentences for the list.")
    about = models.TextField("what happens there", blank=True)
    scheme = models.ForeignKey(
        "programmes.Scheme", null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    collaborative = models.ForeignKey(
        Collaborative, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    cohort = models.ForeignKey(
        "programmes.Cohort", null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    network = models.ForeignKey(LearningNetwork, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    region = models.ForeignKey("portal.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=300)
    # For those who have a place, and nobody else.
    link = models.URLField("link to join by video", blank=True)
    joining = models.TextField("joining instructions", blank=True)
    capacity = models.PositiveIntegerField("places", null=True, blank=True, help_text="Empty: no limit.")
    booking_closes_at = models.DateTimeField()
    contact_email = models.EmailField("questions to")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="runs_events")
    # Counts changes of time and place, for calendars that hold an earlier one (RFC 5545, SEQUENCE).
    revision = models.PositiveIntegerField(default=0)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["state", "starts_at"], name="event_by_state_and_time")]
        constraints = [
            models.CheckConstraint(name="event_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="event_one_place_at_least", condition=Q(capacity=None) | Q(capacity__gte=1)),
            models.CheckConstraint(
                name="event_one_programme", condition=Q(scheme__isnull=True) | Q(collaborative__isnull=True)
            ),
            models.CheckConstraint(
                name="event_group_has_people",
                condition=~Q(audience="group") | Q(cohort__isnull=False) | Q(network__isnull=False),
            ),
            models.CheckConstraint(
                name="event_booking_closes_by_start", condition=Q(booking_closes_at__lte=F("starts_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def day(self) -> dt.date:
        """The first day, in London."""
        return timezone.localdate(self.starts_at)

    @property
    def last_day(self) -> dt.date:
        return timezone.localdate(self.ends_at)

    @property
    def when(self) -> str:
        """Tuesday 6 March 2018, 10am to 1pm; over several days, from when to when."""
        if self.day == self.last_day:
            return f"{self.day:%A} {long_date(self.day)}, {clock(self.starts_at)} to {clock(self.ends_at)}"
        return f"{date_time(self.starts_at)} to {date_time(self.ends_at)}"

    @property
    def is_standing(self) -> bool:
        return self.state in self.STANDING

    @property
    def is_private(self) -> bool:
        return self.audience == self.Audience.GROUP

    def takes_bookings(self, at: dt.datetime) -> bool:
        return self.state == self.State.OPEN and at < self.booking_closes_at


class EventChange(LedgerRow):
    """One act on an event."""

    class Kind(models.TextChoices):
        PLANNED = "planned", "Planned"
        CHANGED = "changed", "Changed"
        PUBLISH = "publish", "Published"
        CLOSE = "close", "Booking closed"
        REOPEN = "reopen", "Booking opened again"
        CANCEL = "cancel", "Cancelled"
        HOLD = "hold", "Held, attendance recorded"
        ATTENDANCE = "attendance", "Attendance put right"
        MATERIAL = "material", "Material added"
        MATERIAL_OFF = "material_off", "Material taken off"
        BOOKED_ALL = "booked_all", "Whole cohort booked"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.event}: {self.get_kind_display().lower()}"


class EventMaterialQuerySet(models.QuerySet["EventMaterial"]):
    def shown(self) -> "EventMaterialQuerySet":
        return self.filter(removed_at=None)

    def visible_to(self, user: Viewer) -> "EventMaterialQuerySet":
        """For those who have a place, and those who run the event."""
        if not isinstance(user, User):
            return self.none()
        run = Event.objects.run_by(user).order_by().values("pk")
        booked = Event.objects.filter(bookings__user=user, bookings__state="booked").order_by().values("pk")
        return self.shown().filter(Q(event__in=run) | Q(event__in=booked))


class EventMaterial(models.Model):
    """A file for those who take part: slides, a handout. Private; taken off, never deleted."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="materials")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="events/%Y/%m", storage=private_storage, max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = EventMaterialQuerySet.as_manager()

    class Meta:
        ordering = ["event", "added_at", "pk"]

    def __str__(self) -> str:
        return self.title
