"""What the clock does for programmes: each day what is stale is forgotten, each hour people are reminded of events."""

from django.utils import timezone

from portal import outbox, periodic
from portal.models import Job
from programmes import event_round, uploading

DAY_MINUTES = 24 * 60
DAILY = "programmes.daily_round"


@outbox.job(DAILY)
def daily_round(job: Job) -> None:
    now = timezone.now()
    uploading.drop_stale(at=now)
    event_round.forget_needs(at=now)


HOURLY = "programmes.hourly_round"


@outbox.job(HOURLY)
def hourly_round(job: Job) -> None:
    event_round.remind(at=timezone.now())


periodic.every(DAY_MINUTES, DAILY)
periodic.every(60, HOURLY)
