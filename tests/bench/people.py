"""`python -m tests.bench.people [SIZE ...]`: finding people on both engines, beside the ILIKE list search."""

import logging
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db.models import Count, Exists, OuterRef, Q  # noqa: E402
from django.utils import timezone  # noqa: E402
from tqdm import tqdm  # noqa: E402

from search.asking import ask  # noqa: E402
from search.engines import registry  # noqa: E402
from search.models import Index  # noqa: E402
from search.preparing import prepare as plan_of  # noqa: E402
from search.queries import Question, Scope  # noqa: E402
from search.rebuilding import rebuild  # noqa: E402
from talent.models import Person, PostHeld  # noqa: E402
from tests.bench.__main__ import machine  # noqa: E402
from tests.bench.people_rows import grow, prepare  # noqa: E402
from tests.bench.people_writes import indexer, killed_under_writes, rebuilt_under_writes  # noqa: E402
from tests.bench.scratch import scratch_database  # noqa: E402
from tests.search.elastic import Server, unpacked  # noqa: E402

SIZES = (10_000, 100_000, 1_000_000)
SIX = ("region", "sector", "role", "readiness", "background", "pool")
ROUNDS, SAVES = 5, 25
WRITES_UP_TO = 100_000  # people; of more than that, a rebuild is measured without saves, and fewer ILIKE searches
ILIKE_ROUNDS, ILIKE_ASKED, ILIKE_ASKED_OF_MORE = 1, 2, 1
# What the talent team asks: common and rare words, several, synonyms, phrases, exclusions, with and without choices.
ASKED: tuple[tuple[str, dict[str, tuple[int, ...]]], ...] = (
    ("finance director", {}),
    ("nurse mental health", {}),
    ("chief executive turnaround", {"readiness": (0,)}),
    ("NED audit", {"sector": (3,)}),
    ('"intensive care" ward', {}),
    ("safeguarding -charity", {"readiness": (0, 1)}),
    ("procurement merger", {}),
    ("cyber*", {}),
    ("ICU", {"role": (1,)}),
    ("psychiatrist dementia governance", {}),
)


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one way to search: median and 95th percentile; and the latter of each act's fastest round.

    The last is what remains when other work of the machine disturbed some rounds.
    """

    p50: float
    p95: float
    calm: float

    def __str__(self) -> str:
        return f"{self.p50:,.0f} / {self.p95:,.0f} ({self.calm:,.0f})"


def times(acts: list[Callable[[], object]], rounds: int, title: str) -> Times:
    """Each act once to warm up (unless there is one round only), then so many rounds of all."""
    taken: list[list[float]] = [[] for _ in acts]
    for number in tqdm(range(rounds + (rounds > 1)), desc=title, leave=False):
        for act, kept in zip(acts, taken, strict=True):
            began = time.perf_counter()
            act()
            if number or rounds == 1:
                kept.append((time.perf_counter() - began) * 1000)
    every = [each for kept in taken for each in kept]
    return Times(statistics.median(every), p95(every), p95([min(kept) for kept in taken]))


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[18]


def scopes() -> list[Scope]:
    """The talent team's, and a regional lead's of one region."""
    today = timezone.localdate()
    first = Person.objects.exclude(region=None).order_by("pk").values_list("region", flat=True)[0]
    return [Scope(day=today), Scope(day=today, region_ids=frozenset([first]))]


def searches(kind: str) -> list[Callable[[], object]]:
    """The whole answer: prepared, found, looked up in the database again, explained."""
    return [
        lambda text=text, chosen=chosen, scope=scope: ask(
            Question(text=text, chosen=chosen, counted=SIX), scope, engine=kind
        )
        for text, chosen in ASKED
        for scope in scopes()
    ]


def engine_alone(kind: str) -> list[Callable[[], object]]:
    """The page of ids, the exact total and the six facets."""
    live = Index.objects.get(engine=kind, is_live=True)
    plans = [
        plan_of(Question(text=text, chosen=chosen, counted=SIX), scope)[0]
        for text, chosen in ASKED
        for scope in scopes()
    ]
    engine = registry.engine(kind)
    return [lambda plan=plan: engine.find(plan, index=live.name, hidden=frozenset()) for plan in plans]


def ilike(size: int) -> list[Callable[[], object]]:
    """The list search of most such products: each word anywhere in any text, a count, and a GROUP BY for each facet."""

    def search(text: str, scope: Scope) -> None:
        found = Person.objects.filter(pool_memberships__left_at=None)
        if scope.region_ids is not None:
            found = found.filter(region__in=scope.region_ids)
        for word in text.replace('"', "").replace("*", "").split():
            if not word.startswith("-"):
                found = found.filter(_anywhere(word))
        ids = Person.objects.filter(pk__in=found.values("pk"))
        list(ids.order_by("sort_name", "pk")[:20])
        ids.count()
        for facet in ("region", "sectors", "roles_sought", "readiness", "background", "pool_memberships__pool"):
            list(ids.order_by().values_list(facet).annotate(n=Count("pk")))

    asked = ASKED[: ILIKE_ASKED if size <= WRITES_UP_TO else ILIKE_ASKED_OF_MORE]
    return [lambda text=text, scope=scope: search(text, scope) for text, _ in asked for scope in scopes()]


def _anywhere(word: str) -> Q:
    """In any text of the person or, asked for once, of a post: without the join that multiplies rows."""
    q = Q()
    for field in ("full_name", "headline", "summary", "cv_text"):
        q |= Q(**{f"{field}__icontains": word})
    held = Q()
    for field in ("title", "employer", "description"):
        held |= Q(**{f"{field}__icontains": word})
    return q | Exists(PostHeld.objects.filter(held, person=OuterRef("pk")))


def lag(kind: str) -> str:
    """From a save until a search finds what was saved."""
    today, taken = timezone.localdate(), []
    people = list(Person.objects.filter(email__startswith="bench").order_by("pk").values_list("pk", flat=True)[:SAVES])
    with indexer():
        time.sleep(2)
        for number, pk in enumerate(people):
            word = f"zq{kind[0]}{number}{int(time.time())}"
            began = time.perf_counter()
            Person.objects.filter(pk=pk).update(headline=f"Director {word}")
            while not ask(Question(text=word, counted=()), Scope(day=today), engine=kind).total:
                time.sleep(0.02)
            taken.append((time.perf_counter() - began) * 1000)
    return f"{statistics.median(taken):,.0f} / {p95(taken):,.0f}"


class Printed(dict[str, str]):
    """Says each figure as it comes: a run at a million takes hours."""

    def __setitem__(self, name: str, figure: str) -> None:
        print(f"{timezone.now():%H:%M} {name}: {figure}", flush=True)
        super().__setitem__(name, figure)


def measure(facts: dict[str, object], size: int, server: Server) -> dict[str, str]:
    grow(facts, size)
    row = Printed()
    for kind, name in ((Index.Engine.POSTGRESQL, "PostgreSQL"), (Index.Engine.ELASTICSEARCH, "Elasticsearch")):
        began, used = time.perf_counter(), time.process_time()
        rebuild(kind, at=timezone.now())
        row[f"{name}: people indexed a second"] = f"{size / (time.perf_counter() - began):,.0f}"
        row[f"{name}: a second of Python's core"] = f"{size / (time.process_time() - used):,.0f}"
        live = Index.objects.get(engine=kind, is_live=True)
        row[f"{name}: index, MB"] = f"{registry.engine(kind).size(live.name) / 1e6:,.0f}"
        row[f"{name}: page, total, six facets"] = str(times(engine_alone(kind), ROUNDS, name))
        row[f"{name}: whole answer with why"] = str(times(searches(kind), ROUNDS, name))
        row[f"{name}: a save is findable after"] = str(lag(kind))
    if size <= WRITES_UP_TO:
        row["Rebuilt under 20 saves a second"] = rebuilt_under_writes()
        row["Killed for 30 seconds"] = killed_under_writes(server)
    row["ILIKE: page, total, six facets"] = str(times(ilike(size), ILIKE_ROUNDS, "ILIKE"))
    return row


def table(results: dict[int, dict[str, str]]) -> str:
    sizes = list(results)
    lines = [
        "| p50 / p95 (p95 of the fastest rounds) in milliseconds | " + " | ".join(f"{size:,}" for size in sizes) + " |",
        "|---" * (len(sizes) + 1) + "|",
    ]
    for name in results[sizes[0]]:
        lines.append(f"| {name} | " + " | ".join(results[size].get(name, "") for size in sizes) + " |")
    return "\n".join(lines)


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    server = Server(unpacked(), heap="2g" if max(sizes) > WRITES_UP_TO else "512m").start()
    logging.disable(logging.WARNING)
    settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_TIMEOUT = [server.url], 60.0
    try:
        with scratch_database():
            call_command("load_vocabulary", verbosity=0)
            facts, results = prepare(), {}
            for size in tqdm(sizes, desc="Sizes"):
                results[size] = measure(facts, size, server)
                print(table(results), flush=True)
            print(f"\nMeasured on {machine()}.")
    finally:
        server.stop()


if __name__ == "__main__":
    main()
