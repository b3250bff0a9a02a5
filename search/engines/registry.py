"""Which engines there are, which one is asked first, and for how long one that failed is left alone."""

import time
from functools import lru_cache

from django.conf import settings

from search.engines.base import MOST_HIDDEN, Engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.postgresql import PostgreSQL
from search.models import Index, Pending

# Seconds for which a process does not ask an engine again that did not answer.
LEFT_ALONE = 10.0
_failed_at: dict[str, float] = {}
_POSTGRESQL = PostgreSQL()


@lru_cache(maxsize=8)
def _elasticsearch(urls: tuple[str, ...], prefix: str, timeout: float) -> ElasticsearchEngine:
    return ElasticsearchEngine(urls, prefix=prefix, timeout=timeout)


def has_elasticsearch() -> bool:
    return bool(settings.ELASTICSEARCH_URL)


def engine(kind: str) -> Engine:
    """The engine of that kind; LookupError where Elasticsearch is not set up."""
    if kind == Index.Engine.POSTGRESQL:
        return _POSTGRESQL
    if not has_elasticsearch():
        raise LookupError("ELASTICSEARCH_URL is not set")
    return _elasticsearch(
        tuple(settings.ELASTICSEARCH_URL), settings.ELASTICSEARCH_PREFIX, settings.ELASTICSEARCH_TIMEOUT
    )


def why_not_elasticsearch() -> str:
    """Why PostgreSQL answers although Elasticsearch is set up; empty when Elasticsearch may be asked."""
    if not has_elasticsearch():
        return "Elasticsearch is not set up"
    live = Index.objects.filter(engine=Index.Engine.ELASTICSEARCH, is_live=True).first()
    if live is None:
        return "Elasticsearch has no index yet"
    if live.shape != engine(Index.Engine.ELASTICSEARCH).shape:
        return "the index on Elasticsearch is from another version"
    if time.monotonic() - _failed_at.get(Index.Engine.ELASTICSEARCH, -LEFT_ALONE) < LEFT_ALONE:
        return "Elasticsearch did not answer a moment ago"
    if len(hidden_from(live)) > MOST_HIDDEN:
        return "the index on Elasticsearch is too far behind"
    return ""


def hidden_from(index: Index) -> frozenset[int]:
    """Whom this index must not show: their consent, region or record changed since it was last told."""
    waiting = Pending.objects.hiding().filter(index=index).values_list("person_id", flat=True)
    return frozenset(waiting[: 4 * MOST_HIDDEN + 1])


def note_failure(kind: str) -> None:
    _failed_at[kind] = time.monotonic()


def forget_failures() -> None:
    _failed_at.clear()
