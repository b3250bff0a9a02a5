"""Jobs that come round by the clock, and pages published by one of them."""

import datetime as dt

import pytest
from django.utils import timezone

from portal import outbox, periodic
from portal.jobs import PUBLISH_SCHEDULED
from portal.models import Job, StandardPage
from tests.factories import pages

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2018, 3, 8, 12, 0, tzinfo=dt.UTC)


def test_each_slot_gets_one_job_however_often_it_is_asked_for() -> None:
    for minutes in (0, 1, 4, 5, 9):
        periodic.enqueue_due(at=NOON + dt.timedelta(minutes=minutes))
    periodic._asked.clear()  # as another worker would
    periodic.enqueue_due(at=NOON)

    jobs = Job.objects.filter(kind=PUBLISH_SCHEDULED).order_by("enqueued_at")
    assert [job.enqueued_at for job in jobs] == [NOON, NOON + dt.timedelta(minutes=5)]


def test_a_page_is_published_when_its_time_has_come() -> None:
    now = timezone.now()
    due, later = (pages.standard_page(title, live=False) for title in ("Due", "Later"))
    for page, moment in ((due, now - dt.timedelta(minutes=1)), (later, now + dt.timedelta(hours=1))):
        page.go_live_at = moment
        page.save_revision(approved_go_live_at=moment)
    outbox.enqueue(PUBLISH_SCHEDULED, {}, at=now)

    assert outbox.run_next(at=now)

    assert list(StandardPage.objects.live().values_list("title", flat=True)) == ["Due"]
