"""What the clock does each day for programmes: files of figures that nobody entered are forgotten."""

from django.utils import timezone

from portal import outbox, periodic
from portal.models import Job
from programmes import uploading

DAY_MINUTES = 24 * 60
DAILY = "programmes.daily_round"


@outbox.job(DAILY)
def daily_round(job: Job) -> None:
    uploading.drop_stale(at=timezone.now())


periodic.every(DAY_MINUTES, DAILY)
