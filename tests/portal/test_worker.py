"""manage.py worker as it runs: a process of its own on real connections, woken, stopped, cut off, and in company."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from portal import outbox
from portal.models import Job, Region
from tests.portal.worker_process.jobs import GATE

PATIENCE = 90  # seconds for a loaded machine; a condition that comes true earlier ends the wait
NEVER = "3600"  # seconds between polls: what runs was announced


def until(what: str, condition: Callable[[], Any]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.05)


# Committed for real: another process has to see it.
pytestmark = pytest.mark.django_db(transaction=True)


class Worker:
    """One `manage.py worker`; `name` is how PostgreSQL lists its connections."""

    def __init__(self, name: str, log: Path, *arguments: str, poll: str = NEVER) -> None:
        self.name, self.log = name, log
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.portal.worker_process.settings",
            "TEST_DATABASE": connection.settings_dict["NAME"],
            "TEST_POLL_SECONDS": poll,
            "PGAPPNAME": name,
        }
        with log.open("w") as output:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, settings.BASE_DIR / "manage.py", "worker", *arguments],
                env=environment,
                cwd=settings.BASE_DIR,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def said(self, words: str) -> int:
        return self.log.read_text().count(words)

    def rests(self) -> bool:
        """Its first turn is over, so that only an announcement brings the next."""
        return self.said("jobs run") > 0

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


@contextmanager
def working(log: Path, name: str = "worker-under-test", poll: str = NEVER) -> Iterator[Worker]:
    worker = Worker(name, log, poll=poll)
    try:
        yield worker
    finally:
        worker.process.kill()
        worker.process.wait(PATIENCE)


@contextmanager
def gate_closed() -> Iterator[None]:
    """While this lasts, a job of the kind test.wait stays in hand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [GATE])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [GATE])


def at_the_gate() -> set[str]:
    """The names of the workers that wait in the middle of a job."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE locktype = 'advisory' AND objid = %s AND NOT granted",
            [GATE],
        )
        return {name for (name,) in cursor.fetchall()}


def enqueue(kind: str, n: int) -> None:
    outbox.enqueue(kind, {"n": n}, at=timezone.now())


def is_done(n: int) -> bool:
    return Job.objects.filter(kind__startswith="test.", payload__n=n, done_at__isnull=False).exists()


def ran() -> list[tuple[int, int, str]]:
    """Each job of ours as (number, tries, error), those that are done."""
    done = Job.objects.filter(kind__startswith="test.", done_at__isnull=False).order_by("payload__n")
    return [(job.payload["n"], job.attempts, job.last_error) for job in done]


def marks() -> set[str]:
    return set(Region.objects.filter(code__startswith="mark-").values_list("code", flat=True))


def test_a_resting_worker_wakes_on_each_new_job(tmp_path: Path) -> None:
    with working(tmp_path / "log") as worker:
        until("its first turn is over", worker.rests)
        for n in (1, 2):
            enqueue("test.mark", n)
            until(f"job {n} is done", lambda n=n: is_done(n))

        assert worker.stop() == 0

    assert ran() == [(1, 1, ""), (2, 1, "")]
    assert worker.said("worker stopped") == 1


def test_told_to_stop_it_finishes_the_job_in_hand_and_takes_no_other(tmp_path: Path) -> None:
    with working(tmp_path / "log") as worker:
        with gate_closed():
            enqueue("test.wait", 1)
            until("the job is in hand", at_the_gate)
            enqueue("test.mark", 2)
            worker.process.send_signal(signal.SIGTERM)

        assert worker.process.wait(PATIENCE) == 0

    assert ran() == [(1, 1, "")]
    assert marks() == {"mark-1"}


def test_once_runs_all_that_is_due_and_stops(tmp_path: Path) -> None:
    for n in (1, 2, 3):
        enqueue("test.mark", n)
    outbox.enqueue("test.mark", {"n": 4}, at=timezone.now(), due_at=timezone.now() + dt.timedelta(hours=1))

    worker = Worker("worker-once", tmp_path / "log", "--once")

    assert worker.process.wait(PATIENCE) == 0
    assert worker.said("Jobs run: 3") == 1
    assert marks() == {"mark-1", "mark-2", "mark-3"}


def test_cut_off_from_the_database_it_comes_back(tmp_path: Path) -> None:
    with working(tmp_path / "log", poll="0.2") as worker:
        until("its first turn is over", worker.rests)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s", [worker.name]
            )
        until("it has noticed", lambda: worker.said("database not reachable"))
        enqueue("test.mark", 1)
        until("the job is done", lambda: is_done(1))

        assert worker.stop() == 0

    assert ran() == [(1, 1, "")]


def test_two_workers_share_the_jobs_and_run_none_twice(tmp_path: Path) -> None:
    names = {"worker-left", "worker-right"}
    with ExitStack() as stack:
        with gate_closed():
            for n in (1, 2):
                enqueue("test.wait", n)
            workers = [stack.enter_context(working(tmp_path / name, name)) for name in sorted(names)]
            until("both have a job in hand", lambda: at_the_gate() == names)
            for n in range(3, 33):
                enqueue("test.mark", n)
        until("all are done", lambda: len(ran()) == 32)

        assert [worker.stop() for worker in workers] == [0, 0]

    assert ran() == [(n, 1, "") for n in range(1, 33)]
    assert marks() == {f"mark-{n}" for n in range(1, 33)}
