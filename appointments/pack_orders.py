"""Packs that were asked for and are not there yet: one job at a time for each member, and how far it is."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction

from appointments.models import Meeting
from portal import outbox
from portal.models import Job, User

MAKE_PACK = "appointments.make_pack"
# A worker that has not said for so long how far it is has been lost, and another begins.
LEASE = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class PackOrder:
    """How far one member's pack is. `failed`: the last try did not succeed; it is tried again unless `given_up`."""

    done: int
    of: int
    failed: bool
    given_up: bool
    next_try_at: dt.datetime

    @property
    def is_moving(self) -> bool:
        """Whether a page that waits will be told something new without anybody asking again."""
        return not self.given_up

    @property
    def step(self) -> str:
        """Changes only when there is something new to tell: a tenth more is done, or a try failed."""
        return f"{10 * self.done // (self.of or 1)}-{self.of}-{self.failed:d}{self.given_up:d}"

    def without_counts(self) -> "PackOrder":
        """For a reader who is not to know how many papers there are."""
        return replace(self, done=0, of=0)


def orders_of(meeting: Meeting) -> Mapping[int, PackOrder]:
    """By member, what is under way or has failed. One query."""
    jobs = Job.objects.filter(kind=MAKE_PACK, payload__meeting=meeting.pk, done_at=None).order_by("pk")
    return {job.payload["member"]: _order(job) for job in jobs}


def _order(job: Job) -> PackOrder:
    given_up = job.parked_at is not None
    return PackOrder(job.progress_done, job.progress_total, bool(job.last_error), given_up, job.due_at)


@transaction.atomic
def enqueue_pack(meeting: Meeting, *, member: User, at: dt.datetime) -> None:
    """Asked again while it is under way, it is one job; one that failed begins anew."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    payload = {"meeting": meeting.pk, "member": member.pk}
    job = Job.objects.filter(kind=MAKE_PACK, payload=payload, done_at=None).first()
    if job is None:
        outbox.enqueue(MAKE_PACK, payload, at=at)
    elif job.last_error:
        outbox.retry(job, at=at)


def report_progress(job: Job, done: int, of: int, *, at: dt.datetime) -> None:
    """Writes how far the job is, and keeps other workers away from it for a while longer."""
    Job.objects.filter(pk=job.pk).update(progress_done=done, progress_total=of, due_at=at + LEASE, last_error="")
