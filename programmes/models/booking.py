"""Who comes to an event: places and the waiting list, what was done to them, evaluations, a person's calendar feed."""

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from portal.access import Viewer
from portal.ledger import LedgerRow
from portal.models import User
from programmes.models.event import Event


class BookingQuerySet(models.QuerySet["Booking"]):
    def active(self) -> "BookingQuerySet":
        return self.filter(state__in=Booking.ACTIVE)

    def booked(self) -> "BookingQuerySet":
        return self.filter(state=Booking.State.BOOKED)

    def waiting(self) -> "BookingQuerySet":
        """Whoever asked first stands first."""
        return self.filter(state=Booking.State.WAITING).order_by("asked_at", "pk")

    def of(self, user: Viewer) -> "BookingQuerySet":
        return self.filter(user=user) if isinstance(user, User) else self.none()

    def run_by(self, user: Viewer) -> "BookingQuerySet":
        """Those of the events that `user` runs."""
        return self.filter(event__in=Event.objects.run_by(user).order_by().values("pk"))


class Booking(models.Model):
    """One person's place at one event, or their turn in its queue. Cancelled, never deleted."""

    class State(models.TextChoices):
        BOOKED = "booked", "You have a place"
        WAITING = "waiting", "On the waiting list"
        CANCELLED = "cancelled", "Cancelled"

    ACTIVE = (State.BOOKED, State.WAITING)

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="bookings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bookings")
    # For whom they come, when they booked.
    organisation = models.ForeignKey(
        "portal.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="bookings"
    )
    needs = models.TextField("anything we should arrange", blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    asked_at = models.DateTimeField()
    # Of somebody who moved up from the waiting list: until when they can say no without anybody losing by it.
    decline_by = models.DateTimeField(null=True, blank=True)
    came = models.BooleanField(null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["event", "asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "user"], condition=Q(state__in=["booked", "waiting"]), name="booking_once_an_event"
            ),
            models.CheckConstraint(name="booking_who_came_had_a_place", condition=Q(came=None) | Q(state="booked")),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.event}"

    @property
    def has_place(self) -> bool:
        return self.state == self.State.BOOKED

    @property
    def is_active(self) -> bool:
        return self.state in self.ACTIVE

    def has_news(self, at: dt.datetime) -> bool:
        """Whether they moved up and can still say in good time that they do not come."""
        return self.has_place and self.decline_by is not None and at < self.decline_by


class BookingEvent(LedgerRow):
    """One step of a booking. `by` is empty where the list moved up by itself."""

    class Kind(models.TextChoices):
        BOOKED = "booked", "Booked"
        QUEUED = "queued", "Joined the waiting list"
        MOVED_UP = "moved_up", "Moved up from the waiting list"
        CANCELLED = "cancelled", "Cancelled"

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.booking}: {self.get_kind_display().lower()}"


def _mark(question: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(question, validators=[MinValueValidator(1), MaxValueValidator(5)])


class Evaluation(LedgerRow):
    """What somebody who came thought of an event. Read by the team in sums and without names."""

    MARKS = ("overall", "useful", "confident")

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="evaluation")
    overall = _mark("How good was it overall?")
    useful = _mark("How useful is it for your work?")
    confident = _mark("How confident are you to use what you learned?")
    will_do = models.TextField("What will you do differently?", blank=True)
    better = models.TextField("What would have made it better?", blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="evaluation_marks_1_to_5",
                condition=Q(overall__range=(1, 5), useful__range=(1, 5), confident__range=(1, 5)),
            )
        ]

    def __str__(self) -> str:
        return f"Evaluation of {self.booking.event}"


class CalendarLink(models.Model):
    """One person's private calendar feed. The address is made from this and the site's secret; a new nonce ends it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_link")
    nonce = models.CharField(max_length=32)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Calendar of {self.user}"
