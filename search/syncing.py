"""Bringing indexes up to date with what waits in Pending: in batches, one writer an index, later when it is down."""

import datetime as dt
import logging
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from search.documents import documents
from search.engines.base import EngineDown, Written
from search.engines.registry import engine
from search.models import Index, Pending

log = logging.getLogger(__name__)

BATCH = 500
CHANNEL = "search_pending"
# Any number, the same everywhere: the first half of the advisory lock that an index's one writer holds.
LOCK = 20_178
# Seconds before an engine that was down is tried again, by how often it was; then minutes for a row it refused.
DOWN_SECONDS = (1, 2, 5, 10, 30)
REFUSED_MINUTES = (1, 5, 30, 120)


def sync(index: Index, *, at: dt.datetime, limit: int = BATCH) -> int:
    """Puts the next batch of people into `index`; how many.

    0 when none is due, another writer is at it, or it cannot be reached.
    """
    if index.retry_at and at < index.retry_at:
        return 0
    try:
        with transaction.atomic():
            done = _next_batch(index, at, limit) if take_turn(index) else 0
    except EngineDown as down:
        put_off(index, down, at)
        return 0
    if done and index.failures:
        Index.objects.filter(pk=index.pk).update(failures=0, retry_at=None, last_error="")
        index.failures, index.retry_at = 0, None
    return done


def take_turn(index: Index, *, wait: bool = False) -> bool:
    """Whether this transaction is the index's one writer now; with `wait`, it becomes it.

    Two writers could put an older state over a newer one, or bring somebody back who has left.
    """
    name = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}(%s, %s)", [LOCK, index.pk])
        return wait or bool(cursor.fetchone()[0])


def _next_batch(index: Index, at: dt.datetime, limit: int) -> int:
    waiting = Pending.objects.filter(index=index)
    first = waiting.due(at).order_by("pk").values_list("person_id", flat=True)[: limit * 4]
    people = list(dict.fromkeys(first))[:limit]
    if not people:
        return 0
    # Only rows that are seen now are done with: a change that commits later than this leaves one of its own.
    rows = list(waiting.filter(person_id__in=people).values_list("pk", flat=True))
    written = write(index, people, at=at)
    waiting.filter(pk__in=rows).exclude(person_id__in=written.refused).delete()
    for person_id, reason in written.refused.items():
        _refused(waiting.filter(pk__in=rows, person_id=person_id), reason, at)
    return len(people)


def write(index: Index, people: Iterable[int], *, at: dt.datetime, refresh: bool = True) -> Written:
    """Puts these people into `index` as they are now: in, or out. The caller holds the index's turn."""
    version = next_version()
    asked = list(people)
    found = documents(asked, day=timezone.localdate(at))
    gone = [person_id for person_id in asked if person_id not in found]
    return engine(index.engine).write(index.name, version, list(found.values()), gone, refresh=refresh)


def next_version() -> int:
    """Drawn before the rows are read: of two documents of a person, the later version has seen at least as much."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('search_version')")
        return int(cursor.fetchone()[0])


def _refused(rows: "Iterable[Pending]", reason: str, at: dt.datetime) -> None:
    tries = max(row.attempts for row in rows) + 1
    parked = tries > len(REFUSED_MINUTES)
    wait = dt.timedelta(minutes=REFUSED_MINUTES[min(tries, len(REFUSED_MINUTES)) - 1])
    Pending.objects.filter(pk__in=[row.pk for row in rows]).update(
        attempts=tries, last_error=reason, due_at=at + wait, parked_at=at if parked else None
    )
    log.warning("search: a person was refused (%s), try %d%s", reason, tries, ", parked" * parked)


def put_off(index: Index, down: EngineDown, at: dt.datetime) -> None:
    """The whole index is tried again later; everything stays in Pending."""
    seconds = DOWN_SECONDS[min(index.failures, len(DOWN_SECONDS) - 1)]
    index.failures, index.retry_at = index.failures + 1, at + dt.timedelta(seconds=seconds)
    Index.objects.filter(pk=index.pk).update(
        failures=F("failures") + 1, retry_at=index.retry_at, last_error=str(down)[:200]
    )
    log.warning("search: %s, trying again in %d s", down, seconds)


def drain(*, at: dt.datetime) -> int:
    """All that is due in every index that can be reached; how many people were put in."""
    mark_stale(day=timezone.localdate(at))
    # Marked in a transaction that was still open when their index was dropped.
    Pending.objects.exclude(index_id__in=Index.objects.values("pk")).delete()
    total = 0
    for index in Index.objects.order_by("-is_live", "pk"):
        while done := sync(index, at=at):
            total += done
    return total


def mark_stale(*, day: dt.date) -> None:
    """Marks whoever has an entry that rests on a consent which has run out meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT search_mark(array_agg(person_id), true) FROM search_entry e WHERE fresh_until <= %s "
            "AND NOT EXISTS (SELECT FROM search_pending p WHERE p.person_id = e.person_id)",
            [day],
        )


def retry(rows: "Iterable[Pending]") -> None:
    """Puts parked rows back into the queue with all their tries."""
    Pending.objects.filter(pk__in=[row.pk for row in rows]).update(attempts=0, due_at=None, parked_at=None)
