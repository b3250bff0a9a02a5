"""What the worker does for the committees: the letter that follows a decision."""

from django.utils import timezone

from appointments.models import Decision
from appointments.papers import keep_letter
from portal import outbox
from portal.models import Job


@outbox.job("appointments.make_letter")
def make_letter(job: Job) -> None:
    """Makes and keeps the letter; a second run finds it made."""
    decision = Decision.objects.select_related(
        "item__application__person", "item__application__intake__scheme", "meeting__committee"
    ).get(pk=job.payload["decision"])
    keep_letter(decision, at=timezone.now())
