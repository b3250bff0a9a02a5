"""What the clock does each day for campaigns: places on reserve lists are told of, and end with, their last day."""

from django.utils import timezone

from appointments import reserving
from portal import outbox, periodic
from portal.models import Job

DAY_MINUTES = 24 * 60
DAILY = "appointments.daily_round"


@outbox.job(DAILY)
def daily_round(job: Job) -> None:
    now = timezone.now()
    reserving.remind_reserves(at=now)
    reserving.lapse_reserves(at=now)


periodic.every(DAY_MINUTES, DAILY)
