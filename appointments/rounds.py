"""What the clock does each day for campaigns: places on reserve lists end with their last day."""

from django.utils import timezone

from appointments import recommending
from portal import outbox, periodic
from portal.models import Job

DAY_MINUTES = 24 * 60
DAILY = "appointments.daily_round"


@outbox.job(DAILY)
def daily_round(job: Job) -> None:
    recommending.lapse_reserves(at=timezone.now())


periodic.every(DAY_MINUTES, DAILY)
