"""Building an index anew: beside the live one where the engine can, while people go on searching and saving."""

import datetime as dt
import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Max

from search import syncing
from search.engines.base import EngineDown
from search.engines.registry import engine, has_elasticsearch
from search.models import Entry, Index, Pending
from talent.models import Person

BATCH = 2_000
# So long at most a rebuild waits for saves that were begun before it; a longer one is search_check's to find.
OLDER_SAVES_SECONDS, LOOK_SECONDS = 60, 0.1
Tell = Callable[[int], None]


def rebuild(kind: str, *, at: dt.datetime, tell: Tell = lambda done: None) -> Index:
    """A complete index of every findable person, live when this returns; the one before it served until then."""
    if kind == Index.Engine.POSTGRESQL:
        index = _in_place(kind)
        _fill(index, at, tell)
        recount()
        with connection.cursor() as cursor:
            # Every search reads whatever has not been sorted into the index yet.
            cursor.execute("SELECT gin_clean_pending_list('entry_words')")
            # The planner has to know the new table at once, not when somebody has time for it.
            cursor.execute("ANALYZE search_entry, search_term")
        Index.objects.filter(pk=index.pk).update(shape=engine(kind).shape)
        return index
    index = _beside(kind, at)
    try:
        _fill(index, at, tell)
        _swap(index)
    except EngineDown:
        # Half an index would only gather changes that nobody puts in.
        Index.objects.filter(pk=index.pk).delete()
        raise
    return index


def _fill(index: Index, at: dt.datetime, tell: Tell) -> None:
    """Everyone, then whoever was changed meanwhile."""
    with _little_collecting():
        for people in batches():
            with transaction.atomic():
                syncing.take_turn(index, wait=True)
                syncing.write(index, people, at=at, refresh=False)
            tell(len(people))
    while syncing.sync(index, at=at):
        pass


@contextmanager
def _little_collecting() -> Iterator[None]:
    """What is in memory already is not looked through for garbage: that would take as long as reading the people."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def how_many() -> int:
    return Person.objects.count()


def batches() -> Iterator[list[int]]:
    """Every person's id, in order, so many at a time: also those who are not findable, for they may be in an index."""
    last = 0
    while True:
        ids = list(Person.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not ids:
            return
        yield ids
        last = ids[-1]


def _in_place(kind: str) -> Index:
    """PostgreSQL's table is written over person by person: each search sees all of the people all the time."""
    index = Index.objects.get(engine=kind, is_live=True)
    people = Person.objects.values("pk")
    Entry.objects.exclude(person_id__in=people).delete()
    return index


def _beside(kind: str, at: dt.datetime) -> Index:
    """From the moment its row stands, every change waits for the new index too."""
    made, number = engine(kind), (Index.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    name = f"{getattr(made, 'alias', kind)}-{number:06}"
    made.drop(name)
    made.create(name)
    index = Index.objects.create(engine=kind, name=name, shape=made.shape, made_at=at)
    _let_older_saves_end()
    return index


def _let_older_saves_end() -> None:
    """Waits for saves whose triggers ran before the new index could be seen; nobody waits for this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
        for _ in range(int(OLDER_SAVES_SECONDS / LOOK_SECONDS)):
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND xact_start < %s "
                "AND backend_xid IS NOT NULL AND pid <> pg_backend_pid())",
                [now],
            )
            if not cursor.fetchone()[0]:
                return
            time.sleep(LOOK_SECONDS)


@transaction.atomic
def _swap(index: Index) -> None:
    """The new index becomes the live one, for the database and the engine at once; the old one is dropped."""
    made = engine(index.engine)
    former = list(Index.objects.select_for_update().filter(engine=index.engine).exclude(pk=index.pk))
    Index.objects.filter(pk__in=[each.pk for each in former]).update(is_live=False)
    Index.objects.filter(pk=index.pk).update(is_live=True)
    index.is_live = True
    made.make_live(index.name)
    for each in former:
        made.drop(each.name)
        each.delete()


def retire_unused() -> None:
    """Forgets the indexes of an engine that is no longer set up: nothing would ever empty their Pending."""
    if not has_elasticsearch():
        Index.objects.filter(engine=Index.Engine.ELASTICSEARCH).delete()


def recount() -> None:
    """How many people have each word, from PostgreSQL's index; words that nobody has any more are forgotten."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH counted AS (SELECT word, ndoc FROM ts_stat('SELECT words FROM search_entry')) "
            "UPDATE search_term t SET people = coalesce(c.ndoc, 0) "
            "FROM search_term s LEFT JOIN counted c ON c.word = s.stem "
            "WHERE s.word = t.word AND t.people <> coalesce(c.ndoc, 0)"
        )
        cursor.execute("DELETE FROM search_term WHERE people = 0")


def waiting(index: Index) -> int:
    """How many changes are not in `index` yet."""
    return Pending.objects.filter(index=index).count()
