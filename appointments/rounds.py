"""What the clock does each day: reserve lists are told of and end, cases of seats go on, checks run out."""

from django.utils import timezone

from appointments import cases, checking, reserving, self_declaring
from portal import outbox, periodic
from portal.models import Job

DAY_MINUTES = 24 * 60
DAILY = "appointments.daily_round"


@outbox.job(DAILY)
def daily_round(job: Job) -> None:
    now = timezone.now()
    reserving.remind_reserves(at=now)
    reserving.lapse_reserves(at=now)
    cases.daily_round(at=now)
    checking.sum_up_overdue(at=now)
    self_declaring.ask_again(at=now)


periodic.every(DAY_MINUTES, DAILY)
