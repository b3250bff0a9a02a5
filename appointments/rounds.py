"""What the clock does each day: places on reserve lists are told of, and end; checks that run out count as open."""

from django.utils import timezone

from appointments import checking, reserving, self_declaring
from portal import outbox, periodic
from portal.models import Job

DAY_MINUTES = 24 * 60
DAILY = "appointments.daily_round"


@outbox.job(DAILY)
def daily_round(job: Job) -> None:
    now = timezone.now()
    reserving.remind_reserves(at=now)
    reserving.lapse_reserves(at=now)
    checking.sum_up_overdue(at=now)
    self_declaring.ask_again(at=now)


periodic.every(DAY_MINUTES, DAILY)
