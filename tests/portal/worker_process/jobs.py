"""Jobs that leave a region behind, so that a test can count what ran."""

import os

from django.db import connection

from portal.management.commands import worker
from portal.models import Job, Region
from portal.outbox import job

# Who waits for this lock is in the middle of a job; the test holds it as long as it likes.
GATE = 2018

worker.Command.poll_seconds = float(os.environ.get("TEST_POLL_SECONDS", worker.Command.poll_seconds))


@job("test.mark")
def mark(row: Job) -> None:
    """A second run would break the region's unique code, and be seen in the job's attempts."""
    Region.objects.create(code=f"mark-{row.payload['n']}", name=f"Mark {row.payload['n']}")


@job("test.wait")
def wait_then_mark(row: Job) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [GATE])
    mark(row)
