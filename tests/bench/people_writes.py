"""Saves that go on while an index is rebuilt, and while Elasticsearch is dead: what is missed, failed or lost."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.utils import timezone

from search import checking
from search.asking import ask
from search.engines import registry
from search.engines.base import EngineDown
from search.management.commands.search_sync import Command as Sync
from search.models import Index, Pending
from search.queries import Question, Scope
from search.rebuilding import rebuild
from talent.models import Person
from tests.search.elastic import Server

A_SECOND = 20
DEAD_SECONDS = 30
PATIENCE = 300  # seconds for everything to arrive


@dataclass
class Traffic:
    """People saved one after another, twenty a second, and a search after each."""

    engine: str = ""
    saves: int = 0
    failed: int = 0
    slowest: float = 0.0  # seconds of one save
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, people: list[int]) -> None:
        try:
            day = timezone.localdate()
            while not self.stop.is_set():
                began = time.perf_counter()
                Person.objects.filter(pk=people[self.saves % len(people)]).update(headline=f"Saved zw{self.saves}")
                taken = time.perf_counter() - began
                self.saves, self.slowest = self.saves + 1, max(self.slowest, taken)
                try:
                    ask(Question(text="finance director", counted=()), Scope(day=day), engine=self.engine)
                except EngineDown:
                    self.failed += 1
                self.stop.wait(max(0.0, 1 / A_SECOND - (time.perf_counter() - began)))
        finally:
            connection.close()

    def __str__(self) -> str:
        return f"{self.saves} saves (slowest {self.slowest * 1000:,.0f} ms), {self.failed} searches failed"


@contextmanager
def traffic(engine: str = "") -> Iterator[Traffic]:
    """From `engine` alone if one is named; otherwise as in use, where PostgreSQL takes over."""
    going = Traffic(engine)
    people = list(Person.objects.filter(email__startswith="bench").order_by("-pk").values_list("pk", flat=True)[:500])
    thread = threading.Thread(target=going.run, args=(people,), daemon=True)
    thread.start()
    try:
        yield going
    finally:
        going.stop.set()
        thread.join(timeout=60)


@contextmanager
def indexer() -> Iterator[None]:
    """`search_sync` as it runs in use, in a thread of this process."""
    command = Sync()

    def run() -> None:
        try:
            command.listen()
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        command.stopping = True
        thread.join(timeout=60)


def rebuilt_under_writes() -> str:
    """Elasticsearch rebuilt with `search_sync` running: what the new index lacks once everything waiting is in."""
    with indexer(), traffic(Index.Engine.ELASTICSEARCH) as going:
        index = rebuild(Index.Engine.ELASTICSEARCH, at=timezone.now())
        time.sleep(2)
    return f"{going}, {_missed(index)} missed"


def killed_under_writes(server: Server) -> str:
    """Elasticsearch killed for half a minute and started again: what is lost of what was saved meanwhile."""
    with indexer():
        with traffic() as going:
            time.sleep(3)
            server.stop(kill=True)
            time.sleep(DEAD_SECONDS)
            server.start()
            registry.forget_failures()
        index = Index.objects.get(engine=Index.Engine.ELASTICSEARCH, is_live=True)
        until = time.monotonic() + PATIENCE
        while Pending.objects.exists() and time.monotonic() < until:
            time.sleep(0.5)
    return f"{going}, {_missed(index)} lost"


def _missed(index: Index) -> int:
    Sync().handle(once=True)
    return len(checking.compare(index, at=timezone.now()).people) + Pending.objects.count()
