"""Elasticsearch 8, holding the same terms: the only file that imports its client."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from itertools import chain, islice
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.dsl import A, MultiSearch, Q, Search
from elasticsearch.dsl.query import Query

from search import analysis
from search.documents import LEVELS, Document, indexed
from search.engines.base import EngineDown, Raw, Row, Written, points, points_for_meeting
from search.facets import FACETS
from search.fingerprint import fingerprint
from search.queries import Alternative, Clause, Plan

# Two words next to each other are one term: synonyms are phrases, and their words are in half of all texts.
_TEXT = {"type": "text", "analyzer": "whitespace", "norms": False, "index_phrases": True}
_NUMBER = {"type": "integer"}
# Read after each refresh rather than by the first search that counts.
_FACET = {"type": "keyword", "eager_global_ordinals": True}
_PROPERTIES: dict[str, Any] = {
    "person": {"type": "long"},
    "words": _TEXT,
    **{f"head_{level.lower()}": _TEXT for level in LEVELS},
    **{f"facet_{facet.name}": _FACET for facet in FACETS},
    "region": {"type": "long"},
    "fresh_until": {"type": "date", "format": "strict_date"},
    "sort_name": {"type": "keyword"},
    "readiness": _NUMBER,
    "days": _NUMBER,
    "fingerprint": {"type": "keyword", "index": False},
}
MAPPING = {"dynamic": "strict", "_source": {"includes": ["person", "fingerprint"]}, "properties": _PROPERTIES}
SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "1s",
    # A deletion is remembered this long, so that an older write which was held up cannot bring somebody back.
    "gc_deletes": "1h",
}
# Until an index is live nobody searches it, and if the server fails it is begun anew.
FILLING = {"refresh_interval": "-1", "translog.durability": "async"}
FLUSH_SECONDS = 600  # a million people are some gigabytes on what may be a slow disk
SORTS: Mapping[str, tuple[str, str]] = {
    "best": ("_score", "desc"),
    "name": ("sort_name", "asc"),
    "readiness": ("readiness", "asc"),
    "days": ("days", "desc"),
}
MOST_VALUES = 1_000
CHUNK, SENDERS = 250, 2
Act = tuple[dict[str, Any], ...]  # what is to be done, and with which document
# The cluster is busy, full or read-only: it will take the same batch later.
BUSY = frozenset({403, 408, 429, 502, 503, 504})


class ElasticsearchEngine:
    """One alias per installation, behind which indexes are swapped."""

    shape = f"elasticsearch-{analysis.VERSION}-" + analysis.digest(json.dumps([MAPPING, SETTINGS], sort_keys=True))

    def __init__(self, urls: Sequence[str], *, prefix: str, timeout: float) -> None:
        self.urls = tuple(urls)
        self.alias = f"{prefix}-people"
        self.timeout = timeout

    @cached_property
    def client(self) -> Elasticsearch:
        return Elasticsearch(list(self.urls), request_timeout=self.timeout, max_retries=len(self.urls))

    @cached_property
    def _patient(self) -> Elasticsearch:
        """For writes and whole indexes, which nobody waits for."""
        return self.client.options(request_timeout=60)

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        """Whatever the client says of a cluster that does not answer becomes EngineDown, without its words."""
        try:
            yield
        except TransportError as error:
            raise EngineDown(f"Elasticsearch does not answer ({type(error).__name__})") from error
        except ApiError as error:
            raise EngineDown(f"Elasticsearch refused ({error.meta.status})") from error

    def find(self, plan: Plan, *, index: str, hidden: frozenset[int]) -> Raw:
        with self._reaching():
            answer: Any = _whole(search(plan, hidden).using(self.client).index(self.alias).execute())
        size = plan.question.size
        hits = answer.hits.hits
        scored = plan.scores
        rows = tuple(
            Row(int(hit["sort"][1]), int(hit["sort"][0]) if scored else 0, tuple(hit["sort"])) for hit in hits[:size]
        )
        return Raw(int(answer.hits.total.value), rows, _counts(answer), has_more=len(hits) > size)

    def first(self, plans: Sequence[Plan], *, index: str, hidden: frozenset[int]) -> list[tuple[int, ...]]:
        if not plans:
            return []
        every = MultiSearch(using=self.client, index=self.alias)
        for plan in plans:
            every = every.add(search(plan, hidden))
        with self._reaching():
            answers: list[Any] = [_whole(answer) for answer in every.execute()]
        pages = zip(answers, (plan.question.size for plan in plans), strict=True)
        return [tuple(int(hit["sort"][1]) for hit in answer.hits.hits[:size]) for answer, size in pages]

    def create(self, index: str) -> None:
        with self._reaching():
            self._patient.indices.create(index=index, settings={"index": SETTINGS | FILLING}, mappings=MAPPING)

    def write(
        self, index: str, version: int, found: Sequence[Document], gone: Iterable[int], *, refresh: bool = True
    ) -> Written:
        acts = chain((_put(document, version) for document in found), (_take(person, version) for person in gone))
        refused: dict[int, str] = {}
        # Chunks are on their way while the words of the next are read.
        with ThreadPoolExecutor(max_workers=SENDERS) as sender:
            sent = [sender.submit(self._send, index, chunk) for chunk in _chunks(acts)]
            try:
                for answer in sent:
                    refused |= answer.result()
            finally:
                sender.shutdown(wait=False, cancel_futures=True)
        if refresh:
            with self._reaching():
                self._patient.indices.refresh(index=index)
        return Written(refused)

    def _send(self, index: str, acts: list[Act]) -> dict[int, str]:
        operations = [line for act in acts for line in act]
        with self._reaching():
            return _refusals(self._patient.bulk(index=index, operations=operations, timeout="10s"))

    def make_live(self, index: str) -> None:
        """One request takes the alias from the old index and gives it to the new one."""
        actions: list[dict[str, Any]] = [
            {"remove": {"index": "*", "alias": self.alias, "must_exist": False}},
            {"add": {"index": index, "alias": self.alias}},
        ]
        with self._reaching():
            self._patient.indices.put_settings(index=index, settings={name: SETTINGS.get(name) for name in FILLING})
            # What was written before is still only in memory: a node that died now would come back without it.
            self.client.options(request_timeout=FLUSH_SECONDS).indices.flush(index=index, wait_if_ongoing=True)
            self._patient.indices.refresh(index=index)
            self._patient.indices.update_aliases(actions=actions)

    def drop(self, index: str) -> None:
        with self._reaching():
            self._patient.indices.delete(index=index, ignore_unavailable=True)

    def versions(self, index: str) -> Iterable[tuple[int, str]]:
        after: list[int] = []
        while True:
            query = Search(using=self.client, index=index).sort("person").source(["fingerprint"])[:5000]
            with self._reaching():
                answer: Any = query.extra(**({"search_after": after} if after else {})).execute()
            hits = answer.hits.hits
            if not hits:
                return
            yield from ((int(hit["_id"]), hit["_source"]["fingerprint"]) for hit in hits)
            after = [int(hits[-1]["_id"])]

    def size(self, index: str) -> int:
        with self._reaching():
            return int(self.client.indices.stats(index=index)["_all"]["primaries"]["store"]["size_in_bytes"])


def _whole(answer: Any) -> Any:
    if answer.timed_out or answer._shards.failed:
        raise EngineDown("Elasticsearch answered only in part")
    return answer


def search(plan: Plan, hidden: frozenset[int] = frozenset()) -> Search[Any]:
    """The one request of a plan: facets filter after the query, so that each is counted under the others' choices."""
    question = plan.question
    chosen = {name: Q("terms", **{f"facet_{name}": list(map(str, v))}) for name, v in question.chosen.items() if v}
    request: Search[Any] = Search().query(_query(plan, hidden)).source(False)[: question.size + 1]
    if chosen:
        request = request.post_filter(Q("bool", filter=list(chosen.values())))
    for facet in FACETS:
        if question.counted is None or facet.name in question.counted:
            counted = A("terms", field=f"facet_{facet.name}", size=MOST_VALUES)
            others = [choice for name, choice in chosen.items() if name != facet.name]
            if others:
                request.aggs.bucket(facet.name, A("filter", Q("bool", filter=others))).bucket("values", counted)
            else:
                request.aggs.bucket(facet.name, counted)
    column, direction = SORTS[question.sort]
    request = request.sort({column: {"order": direction}}, {"person": {"order": "asc"}})
    extra: dict[str, Any] = {"track_total_hits": True}
    if question.after is not None:
        extra["search_after"] = list(question.after)
    return request.extra(**extra).params(allow_partial_search_results=False)


def _query(plan: Plan, hidden: frozenset[int]) -> Query:
    scope, question = plan.scope, plan.question
    filters = [Q("range", fresh_until={"gt": scope.day.isoformat()})]
    if scope.region_ids is not None:
        filters.append(Q("terms", region=sorted(scope.region_ids)))
    days = {
        sign: bound for sign, bound in (("gte", question.days_from), ("lte", question.days_to)) if bound is not None
    }
    if days:
        filters.append(Q("range", days=days))
    never = [_any_of(clause.alternatives, "words") for clause in plan.unwanted]
    if hidden or scope.barred:
        never.append(Q("terms", person=sorted(hidden | scope.barred)))
    wanted = [_clause(clause, plan) for clause in plan.wanted]
    if plan.scores:
        return Q("bool", should=wanted, minimum_should_match=_least(plan), filter=filters, must_not=never)
    if wanted:
        filters.append(Q("bool", should=wanted, minimum_should_match=_least(plan)))
    return Q("constant_score", filter=Q("bool", filter=filters, must_not=never), boost=0)


def _least(plan: Plan) -> int:
    return min(plan.at_least, len(plan.wanted)) or len(plan.wanted)


def _clause(clause: Clause, plan: Plan) -> Query:
    """The points of the best level at which the clause is met, and those for being met at all."""
    anywhere = _any_of(clause.alternatives, "words")
    if not plan.scores:
        return anywhere
    levels = [
        Q("constant_score", filter=_any_of(clause.alternatives, f"head_{level.lower()}"), boost=points(clause, level))
        for level in LEVELS
    ]
    met = Q("constant_score", filter=anywhere, boost=points_for_meeting(clause, plan))
    return Q("bool", must=[met], should=[Q("dis_max", queries=levels, tie_breaker=0)])


def _any_of(alternatives: Iterable[Alternative], field: str) -> Query:
    ways = [_way(alternative, field) for alternative in alternatives]
    return ways[0] if len(ways) == 1 else Q("bool", should=ways, minimum_should_match=1)


def _way(alternative: Alternative, field: str) -> Query:
    if alternative.is_prefix:
        return Q("prefix", **{field: {"value": alternative.terms[0]}})
    if len(alternative.terms) == 1:
        return Q("term", **{field: alternative.terms[0]})
    return Q("match_phrase", **{field: " ".join(alternative.terms)})


def _counts(answer: Any) -> dict[str, dict[int, int]]:
    found = answer.aggregations.to_dict() if "aggregations" in answer else {}
    buckets = {name: each.get("values", each)["buckets"] for name, each in found.items()}
    counts = {name: {int(b["key"]): b["doc_count"] for b in each} for name, each in buckets.items()}
    return {name: values for name, values in counts.items() if values}


def _chunks(acts: Iterator[Act]) -> Iterator[list[Act]]:
    while chunk := list(islice(acts, CHUNK)):
        yield chunk


def _put(document: Document, version: int) -> Act:
    terms = indexed(document)
    held: dict[str, Any] = {
        "person": document.person_id,
        "words": " ".join(terms.words),
        **{f"head_{level.lower()}": " ".join(found) for level, found in terms.levels.items()},
        **{f"facet_{name}": [str(value) for value in values] for name, values in document.facets.items()},
        "region": document.region_id,
        "fresh_until": document.fresh_until.isoformat(),
        "sort_name": document.sort_name,
        "readiness": document.readiness,
        "days": document.days,
        "fingerprint": fingerprint(document, terms),
    }
    return {"index": _about(document.person_id, version)}, held


def _take(person_id: int, version: int) -> Act:
    return ({"delete": _about(person_id, version)},)


def _about(person_id: int, version: int) -> dict[str, Any]:
    return {"_id": str(person_id), "version": version, "version_type": "external"}


def _refusals(answer: Any) -> dict[int, str]:
    """Those that will not be taken as they are; raises EngineDown when the cluster is only busy or full."""
    refused = {}
    for item in answer["items"] if answer["errors"] else ():
        ((_, result),) = item.items()
        status = result["status"]
        if status in BUSY:
            raise EngineDown(f"Elasticsearch takes no writes now ({status})")
        # 409: it holds something newer. 404: whoever was to go is gone.
        if status >= 400 and status not in (404, 409):
            refused[int(result["_id"])] = str(result["error"]["type"])[:200]
    return refused
