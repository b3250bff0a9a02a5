"""What must happen after an act: a message or a job, written in the act's own transaction."""

import datetime as dt

from django.db import models
from django.db.models import Q


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, at: dt.datetime) -> "JobQuerySet":
        return self.filter(done_at=None, parked_at=None, due_at__lte=at)

    def parked(self) -> "JobQuerySet":
        return self.filter(done_at=None, parked_at__isnull=False)


class Job(models.Model):
    """One message to send or one piece of work to do. `payload` holds ids, never personal words (portal/outbox.py)."""

    kind = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    # A second enqueue with the same key is the same job: a retried request sends one letter.
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    enqueued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    parked_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(done_at=None, parked_at=None), name="job_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
