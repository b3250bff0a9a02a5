"""The parts of an agenda, in their order; each may take time of its own before its items."""

from django.db import models
from django.db.models import Q

from appointments.models.committee import Meeting


class AgendaSection(models.Model):
    """One part of one meeting's agenda, such as “Appointments”."""

    class Key(models.TextChoices):
        """The usual parts in their usual order; one that the secretariat adds has none."""

        WELCOME = "welcome", "Welcome and declarations"
        APPOINTMENTS = "appointments", "Appointments"
        REMUNERATION = "remuneration", "Remuneration"
        SCHEMES = "schemes", "Schemes"
        POLICY = "policy", "Policy"
        OTHER = "other", "Any other business"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sections")
    key = models.CharField(max_length=12, choices=Key.choices, blank=True)
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(
        "minutes of its own",
        default=0,
        help_text="Before its first item, such as for the welcome. 0 for a part that is only its items.",
    )

    class Meta:
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "key"], condition=~Q(key=""), name="agendasection_once_a_key"),
        ]

    def __str__(self) -> str:
        return self.title
