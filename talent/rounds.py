"""What the clock does each day for people and applications: reminders, closing what is late, forgetting in time."""

from django.utils import timezone

from portal import mail, outbox, periodic
from portal.models import Job
from talent import drafts, duplicates, equality, offers, own_copy, pooling, readiness

DAY_MINUTES = 24 * 60
DAILY = "talent.daily_round"


@outbox.job(DAILY)
def daily_round(job: Job) -> None:
    now = timezone.now()
    drafts.remind(at=now)
    drafts.lapse(at=now)
    offers.remind(at=now)
    offers.lapse(at=now)
    equality.purge(at=now)
    own_copy.remove_expired(at=now)
    mail.forget(at=now)
    pooling.remind(at=now)
    readiness.remind(at=now)
    readiness.lapse(at=now)
    # People register, change their address, add posts: what looks alike since is proposed too.
    duplicates.propose(at=now)


periodic.every(DAY_MINUTES, DAILY)
