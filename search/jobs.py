"""The roof's jobs: counting words anew each night, and asking saved searches again for those who watch them."""

from django.utils import timezone

from portal import periodic
from portal.models import Job
from portal.outbox import job
from search.alerting import LOOK_MINUTES, TELL, run_due, tell
from search.rebuilding import recount

RECOUNT, ALERT = "search.recount", "search.alert"


@job(RECOUNT)
def recount_words(row: Job) -> None:
    """Rarity and did-you-mean rest on these counts; between two nights they may lag behind."""
    recount()


@job(ALERT, is_long=True)
def ask_again(row: Job) -> None:
    """Each watch in a transaction of its own."""
    run_due(at=timezone.now())


@job(TELL)
def tell_watcher(row: Job) -> None:
    tell(row.payload["watch"], people=row.payload["people"], total=row.payload["total"], at=timezone.now())


periodic.every(LOOK_MINUTES, ALERT)
periodic.every(24 * 60, RECOUNT)
