"""The roof's part of the demonstration: the vocabulary, an index of everyone who can be found, saved searches."""

from django.core.management import call_command

from portal.demo import Stage
from search.demo_saved import keep_searches
from search.models import Index
from search.rebuilding import how_many, rebuild


def load(stage: Stage) -> None:
    call_command("load_vocabulary", verbosity=0)
    with stage.bar("People to be found") as tell:
        done, total = 0, how_many()

        def one_batch(people: int) -> None:
            nonlocal done
            done += people
            tell(done, total)

        rebuild(Index.Engine.POSTGRESQL, at=stage.at, tell=one_batch)
    keep_searches(stage)
