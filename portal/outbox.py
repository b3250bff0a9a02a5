"""Messages and jobs: enqueued in the act's transaction, run by the worker with retries, parked where staff see them."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from portal.models.job import Job

log = logging.getLogger(__name__)

Handler = Callable[[Job], None]

HANDLERS: dict[str, Handler] = {}
LONG: set[str] = set()

# Minutes until the next try; after the last the job is parked.
BACK_OFF_MINUTES = (1, 5, 30, 120, 720)
# A long job holds no lock while it runs, so nobody else may take it for this long.
LONG_LEASE = dt.timedelta(hours=6)
CHANNEL = "portal_jobs"


def job(kind: str, *, is_long: bool = False) -> Callable[[Handler], Handler]:
    """Registers the function that runs jobs of `kind`; it must be safe to run twice.

    It runs in one transaction with its own effects. A long one runs in none: it commits what it does in pieces,
    and the progress it writes on the row is seen at once.
    """

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        if is_long:
            LONG.add(kind)
        return handler

    return register


def enqueue(
    kind: str, payload: dict[str, Any], *, at: dt.datetime, due_at: dt.datetime | None = None, key: str | None = None
) -> None:
    """Writes the job into the caller's transaction; a key that was used before writes nothing.

    Payloads hold ids: whoever reads the queue learns nothing of a person.
    """
    if kind not in HANDLERS:
        raise LookupError(f"no job handler is registered for {kind!r}")
    Job.objects.bulk_create(
        [Job(kind=kind, payload=payload, key=key, enqueued_at=at, due_at=due_at or at)], ignore_conflicts=True
    )
    # PostgreSQL delivers the notification when the transaction commits, and not at all if it does not.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def run_next(*, at: dt.datetime) -> bool:
    """Runs the first due job; False when none is due.

    A job that fails keeps its error and waits longer each time; after the last wait it is parked. The try is counted
    before it begins, so that a job which takes the worker down with it is parked in the end too.
    """
    row = _claimed(at)
    if row is None:
        return False
    try:
        _run(row)
    except Exception as error:
        _put_back(row, error, at)
    else:
        Job.objects.filter(pk=row.pk).update(done_at=at, last_error="")
        log.info("%s: done", row.kind)
    return True


@transaction.atomic
def _claimed(at: dt.datetime) -> Job | None:
    """The first due job, counted as tried and out of everybody else's reach until its next try."""
    row = Job.objects.due(at).select_for_update(skip_locked=True).first()
    if row is None:
        return None
    row.attempts += 1
    row.due_at = at + (LONG_LEASE if row.kind in LONG else _wait(row.attempts))
    row.save(update_fields=["attempts", "due_at"])
    return row


def _wait(attempts: int) -> dt.timedelta:
    return dt.timedelta(minutes=BACK_OFF_MINUTES[min(attempts, len(BACK_OFF_MINUTES)) - 1])


def _run(row: Job) -> None:
    if row.attempts > len(BACK_OFF_MINUTES) + 1:
        raise WorkerLost
    if row.kind in LONG:
        HANDLERS[row.kind](row)
        return
    with transaction.atomic():
        # The lock keeps a second worker away if this run outlasts the wait.
        Job.objects.select_for_update().get(pk=row.pk)
        HANDLERS[row.kind](row)


class WorkerLost(Exception):
    """The last try of a job never came back."""


def _put_back(row: Job, error: Exception, at: dt.datetime) -> None:
    parked = row.attempts > len(BACK_OFF_MINUTES)
    # The error's kind only: its words may quote what somebody typed.
    Job.objects.filter(pk=row.pk).update(
        last_error=type(error).__name__, due_at=at + _wait(row.attempts), parked_at=at if parked else None
    )
    log.warning("%s: try %d failed with %s%s", row.kind, row.attempts, type(error).__name__, ", parked" * parked)


def retry(row: Job, *, at: dt.datetime) -> None:
    """Puts a job that failed back to the front of the queue with all its tries."""
    Job.objects.filter(pk=row.pk).update(parked_at=None, attempts=0, due_at=at, last_error="")
