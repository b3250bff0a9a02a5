"""The public word on who was appointed: drafted from the ledger, published by staff."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from appointments.models.appointment import Appointment
from portal.access import Viewer, access_of


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def published(self) -> "AnnouncementQuerySet":
        """What anybody may read: published, of an appointment that stands."""
        standing = Appointment.objects.standing().filter(pk=OuterRef("appointment"))
        return self.filter(Exists(standing), published_at__isnull=False)

    def run_by(self, user: Viewer) -> "AnnouncementQuerySet":
        """Talent staff's in their scope; never of an appointment in which they have a conflict."""
        access = access_of(user)
        scope = Q() if access.is_talent_team else Q(appointment__board__region__in=access.region_ids)
        return self.filter(scope, appointment__in=Appointment.objects.visible_to(user).values("pk"))


class Announcement(models.Model):
    """One appointment told to the public: the person, the post, the term, the pay and declared political activity."""

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="announcement")
    words = models.TextField("about the person", help_text="Two or three sentences on what they bring to the board.")
    # Of an appointee only (Governance Code on Public Appointments): nobody else's leaves the panel.
    political_activity = models.TextField("political activity in the last five years")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="announcement_published_by_somebody",
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.appointment.person}, {self.appointment.seat}"
