"""PostgreSQL's full text: page, exact total and all facets in one statement over search_entry."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from search import analysis
from search.documents import LEVELS, Document, indexed
from search.engines.base import Raw, Row, Written
from search.engines.statement import first_of_each, phrases_of, region_lexeme, statement
from search.facets import BY_NAME, FACETS
from search.fingerprint import fingerprint
from search.models import Entry, Term
from search.phrases import Phrases, Terms, to_write
from search.queries import Plan

# Compiling a statement costs more than running it; the hits of a page belong in memory; and the planner does not know
# that reading everybody's words takes longer than asking their index. With it: the phrases that are in every entry.
SET = """
SELECT set_config('jit', 'off', true), set_config('work_mem', '64MB', true), set_config('enable_seqscan', %s, true),
    ARRAY(SELECT text FROM search_phrase WHERE text = ANY (%s) AND since <= (SELECT min(version) FROM search_entry))
"""
# Every position that a word can have, written out once.
_PLACES = {level: [f"{place}{level}" for place in range(1, analysis.MOST_TERMS + 100)] for level in ("", *LEVELS)}
UPSERT = """
INSERT INTO search_entry (person_id, version, fingerprint, words, head, facets, region_id, fresh_until, sort_name,
                          readiness, days)
VALUES (%s, %s, %s, %s::tsvector, %s::tsvector, %s::text[], %s, %s, %s, %s, %s)
ON CONFLICT (person_id) DO UPDATE SET
    version = excluded.version, fingerprint = excluded.fingerprint, words = excluded.words, head = excluded.head,
    facets = excluded.facets, region_id = excluded.region_id, fresh_until = excluded.fresh_until,
    sort_name = excluded.sort_name, readiness = excluded.readiness, days = excluded.days
WHERE search_entry.version <= excluded.version
"""


class PostgreSQL:
    """The default engine. It has one index, which is brought up to date in place."""

    shape = f"postgresql-2-{analysis.VERSION}"

    def find(self, plan: Plan, *, index: str, hidden: frozenset[int] = frozenset()) -> Raw:
        """`hidden` is left to the statement itself: it sees what waits in the very snapshot that it reads."""
        with transaction.atomic(), connection.cursor() as cursor:
            as_words = _set_up(cursor, [plan])
            cursor.execute(*statement(plan, as_words))
            total, page, counts = cursor.fetchone()
        size = plan.question.size
        rows = tuple(Row(person, score, (place, person)) for person, score, place in page)
        return Raw(total, rows[:size], _by_facet(counts), has_more=len(rows) > size)

    def first(
        self, plans: Sequence[Plan], *, index: str, hidden: frozenset[int] = frozenset()
    ) -> list[tuple[int, ...]]:
        if not plans:
            return []
        with transaction.atomic(), connection.cursor() as cursor:
            as_words = _set_up(cursor, plans)
            cursor.execute(*first_of_each(plans, as_words))
            return [tuple(people) for _, people in sorted(cursor.fetchall())]

    def create(self, index: str) -> None:
        """There is one table, and it is always there."""

    def make_live(self, index: str) -> None:
        """It always is."""

    def drop(self, index: str) -> None:
        Entry.objects.all().delete()

    def write(
        self, index: str, version: int, found: Sequence[Document], gone: Iterable[int], *, refresh: bool = True
    ) -> Written:
        stretches: set[str] = set()
        with transaction.atomic():
            phrases = to_write(version)
            # Bound on the server and sent one by one: it writes a person while the next one's words are read.
            with psycopg.Cursor(connection.connection) as cursor:
                cursor.executemany(UPSERT, (_row(document, version, phrases, stretches) for document in found))
                cursor.execute(
                    "DELETE FROM search_entry WHERE person_id = ANY (%s) AND version <= %s", [list(gone), version]
                )
            # Sorted, so that two writers wait for each other in order.
            spelt = sorted(set(chain.from_iterable(map(analysis.spellings, stretches))))
            terms = [Term(word=word, stem=term) for word, term in spelt]
            Term.objects.bulk_create(terms, ignore_conflicts=True)
        return Written({})

    def versions(self, index: str) -> Iterable[tuple[int, str]]:
        return Entry.objects.order_by("person_id").values_list("person_id", "fingerprint").iterator(chunk_size=10_000)

    def size(self, index: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_total_relation_size('search_entry')")
            return int(cursor.fetchone()[0])


def _set_up(cursor: CursorWrapper, plans: Sequence[Plan]) -> frozenset[Terms]:
    """Sets the server up for what follows in this transaction; the phrases of `plans` that are words of the index."""
    phrases = {" ".join(terms) for plan in plans for terms in phrases_of(plan)}
    cursor.execute(SET, ["off" if all(plan.wanted for plan in plans) else "on", list(phrases)])
    *_, as_words = cursor.fetchone()
    return frozenset(tuple(text.split()) for text in as_words)


def _by_facet(counts: Iterable[tuple[int, int, int]]) -> dict[str, dict[int, int]]:
    names = {facet.number: facet.name for facet in FACETS}
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for facet, value, people in counts:
        found[names[facet]][value] = people
    return dict(found)


def facets_held(document: Document) -> list[str]:
    """What a person holds of each facet, by the facets' numbers: ",3,7," or "" for nothing."""
    held = [""] * (1 + max(facet.number for facet in FACETS))
    for name, values in document.facets.items():
        held[BY_NAME[name].number] = f",{','.join(map(str, values))},"
    return held


def _row(document: Document, version: int, phrases: Phrases, stretches: set[str]) -> tuple[Any, ...]:
    """The values of one entry; `stretches` is given those of its text."""
    terms = indexed(document)
    stretches |= terms.stretches
    return (
        document.person_id,
        version,
        fingerprint(document, terms),
        vector({"": terms.words}, phrases) + (f" {region_lexeme(document.region_id)}" if document.region_id else ""),
        vector(terms.levels, phrases),
        facets_held(document),
        document.region_id,
        document.fresh_until,
        document.sort_name,
        document.readiness,
        document.days,
    )


def vector(levels: Mapping[str, Sequence[str]], phrases: Phrases) -> str:
    """A tsvector written out, one level after another; a BREAK takes a position and is no word."""
    places: dict[str, str] = {}
    position = 0
    for level, terms in levels.items():
        here = _PLACES[level][position : position + len(terms)]
        for term, place in zip(terms, here, strict=True):
            places[term] = f"{places[term]},{place}" if term in places else place
        for start, phrase in phrases.held(terms):
            places[phrase] = f"{places[phrase]},{here[start]}" if phrase in places else here[start]
        position += len(terms) + 1
    places.pop(analysis.BREAK, None)
    # Terms are letters, digits and &: nothing in them needs quoting.
    return " ".join([f"'{term}':{found}" for term, found in places.items()])
