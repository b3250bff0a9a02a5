"""Jobs run once with their own effects, wait longer after each failure, and are parked in the end."""

import datetime as dt

import pytest

from portal import outbox
from portal.models import Job, Region

pytestmark = pytest.mark.django_db

AT = dt.datetime(2018, 3, 8, 12, tzinfo=dt.UTC)


@pytest.fixture
def handlers(monkeypatch: pytest.MonkeyPatch) -> dict[str, outbox.Handler]:
    """Two kinds of job: one makes a region, one makes a region and fails."""

    def fails(row: Job) -> None:
        Region.objects.create(code="half", name="Half done")
        raise ValueError("somebody's words")

    monkeypatch.setattr(outbox, "LONG", {"long"})
    monkeypatch.setattr(
        outbox,
        "HANDLERS",
        {"works": lambda row: Region.objects.create(code="done", name="Done"), "fails": fails, "long": fails},
    )
    return outbox.HANDLERS


def test_a_job_runs_once_with_its_effects(handlers):
    outbox.enqueue("works", {}, at=AT)

    assert [outbox.run_next(at=AT), outbox.run_next(at=AT)] == [True, False]
    assert Region.objects.get().code == "done"
    assert Job.objects.get().done_at == AT


def test_the_same_key_is_the_same_job(handlers):
    outbox.enqueue("works", {}, at=AT, key="letter 1")
    outbox.enqueue("works", {}, at=AT, key="letter 1")

    assert Job.objects.count() == 1


def test_a_kind_nobody_runs_is_refused(handlers):
    with pytest.raises(LookupError):
        outbox.enqueue("unknown", {}, at=AT)


def test_a_job_waits_for_its_time(handlers):
    outbox.enqueue("works", {}, at=AT, due_at=AT + dt.timedelta(hours=1))

    assert outbox.run_next(at=AT) is False
    assert outbox.run_next(at=AT + dt.timedelta(hours=1)) is True


def test_a_failure_leaves_nothing_behind_and_keeps_no_words(handlers):
    outbox.enqueue("fails", {}, at=AT)

    outbox.run_next(at=AT)

    job = Job.objects.get()
    assert Region.objects.count() == 0
    assert (job.attempts, job.last_error, job.due_at) == (1, "ValueError", AT + dt.timedelta(minutes=1))


def test_after_the_last_wait_a_job_is_parked_and_can_be_put_back(handlers):
    outbox.enqueue("fails", {}, at=AT)
    at, waits = AT, []

    while outbox.run_next(at=at):
        due_at = Job.objects.get().due_at
        waits.append(int((due_at - at).total_seconds() / 60))
        at = due_at

    job = Job.objects.parked().get()
    assert waits == [1, 5, 30, 120, 720, 720]
    outbox.retry(job, at=at)
    assert list(Job.objects.due(at).values_list("attempts", flat=True)) == [0]


def test_a_job_that_takes_its_worker_down_is_parked_in_the_end(handlers):
    outbox.enqueue("works", {}, at=AT)
    at = AT
    for _ in range(6):  # claimed, and never heard of again
        at = outbox._claimed(at).due_at

    outbox.run_next(at=at)

    assert Job.objects.parked().get().last_error == "WorkerLost"
    assert Region.objects.count() == 0


def test_a_long_job_commits_as_it_goes_and_is_left_alone_for_hours(handlers):
    outbox.enqueue("long", {}, at=AT)

    claimed = outbox._claimed(AT)

    assert claimed.due_at == AT + outbox.LONG_LEASE
    with pytest.raises(ValueError, match="somebody's words"):
        outbox._run(claimed)
    assert Region.objects.get().code == "half"
