"""The roof's jobs: counting anew, each night, how many people have each word."""

from portal import periodic
from portal.models import Job
from portal.outbox import job
from search.rebuilding import recount

RECOUNT = "search.recount"


@job(RECOUNT)
def recount_words(row: Job) -> None:
    """Rarity and did-you-mean rest on these counts; between two nights they may lag behind."""
    recount()


periodic.every(24 * 60, RECOUNT)
