"""PostgreSQL's full text: page, exact total and all facets in one statement over search_entry."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection, transaction

from search import analysis
from search.documents import LEVELS, Document, indexed
from search.engines.base import Raw, Row, Written, points, points_for_meeting
from search.facets import BITS, BY_NAME, FACETS
from search.fingerprint import fingerprint
from search.models import Entry, Index, Term
from search.queries import Alternative, Clause, Plan

# SQL of each sort: the column, and its direction. Ties are always by person.
SORTS: Mapping[str, tuple[str, str]] = {
    "best": ("score", "DESC"),
    "name": ('sort_name COLLATE "C"', "ASC"),
    "readiness": ("readiness", "ASC"),
    "days": ("days", "DESC"),
}

FIND = """
WITH hits AS MATERIALIZED (
    SELECT * FROM (
        SELECT e.person_id, e.codes, e.sort_name, e.readiness, e.days, {score} AS score, {failed} AS failed
        FROM search_entry e
        WHERE {conditions}
    ) AS every
    WHERE failed & (failed - 1) = 0
), page AS (
    SELECT person_id, score, {sorted} AS place FROM hits
    WHERE failed = 0 {after} ORDER BY {sorted} {direction}, person_id LIMIT %(size)s
), counted AS (
    SELECT code, count(*) AS people FROM hits, unnest(codes) AS code
    WHERE code >> {bits} = ANY (%(counted)s) AND (failed = 0 OR failed = 1 << (code >> {bits}))
    GROUP BY code
)
SELECT (SELECT count(*) FROM hits WHERE failed = 0),
       (SELECT coalesce(json_agg(json_build_array(person_id, score, place) ORDER BY place {direction}, person_id), '[]')
        FROM page),
       (SELECT coalesce(json_object_agg(code, people), '{{}}') FROM counted)
"""
UPSERT = """
INSERT INTO search_entry (person_id, version, fingerprint, words, head, codes, region_id, fresh_until, sort_name,
                          readiness, days)
VALUES (%s, %s, %s, %s::tsvector, %s::tsvector, %s::int[], %s, %s, %s, %s, %s)
ON CONFLICT (person_id) DO UPDATE SET
    version = excluded.version, fingerprint = excluded.fingerprint, words = excluded.words, head = excluded.head,
    codes = excluded.codes, region_id = excluded.region_id, fresh_until = excluded.fresh_until,
    sort_name = excluded.sort_name, readiness = excluded.readiness, days = excluded.days
WHERE search_entry.version <= excluded.version
"""


class PostgreSQL:
    """The default engine. It has one index, which is brought up to date in place."""

    shape = f"postgresql-1-{analysis.VERSION}"

    def find(self, plan: Plan, *, index: str, hidden: frozenset[int] = frozenset()) -> Raw:
        """`hidden` is left to the statement itself: it sees what waits in the very snapshot that it reads."""
        sql, values = statement(plan)
        with transaction.atomic(), connection.cursor() as cursor:
            # Compiling a statement costs more than running it; the hits of a page belong in memory.
            cursor.execute("SELECT set_config('jit', 'off', true), set_config('work_mem', '64MB', true)")
            cursor.execute(sql, values)
            total, page, counts = cursor.fetchone()
        size = plan.question.size
        rows = tuple(Row(person, score, (place, person)) for person, score, place in page)
        return Raw(total, rows[:size], _by_facet(counts), has_more=len(rows) > size)

    def create(self, index: str) -> None:
        """There is one table, and it is always there."""

    def make_live(self, index: str) -> None:
        """It always is."""

    def drop(self, index: str) -> None:
        Entry.objects.all().delete()

    def write(
        self, index: str, version: int, found: Sequence[Document], gone: Iterable[int], *, refresh: bool = True
    ) -> Written:
        spelt: set[tuple[str, str]] = set()
        with transaction.atomic():
            # Bound on the server and sent one by one: it writes a person while the next one's words are read.
            with psycopg.Cursor(connection.connection) as cursor:
                cursor.executemany(UPSERT, (_row(document, version, spelt) for document in found))
                cursor.execute(
                    "DELETE FROM search_entry WHERE person_id = ANY (%s) AND version <= %s", [list(gone), version]
                )
            # Sorted, so that two writers wait for each other in order.
            terms = [Term(word=word, stem=term) for word, term in sorted(spelt)]
            Term.objects.bulk_create(terms, ignore_conflicts=True)
        return Written({})

    def versions(self, index: str) -> Iterable[tuple[int, str]]:
        return Entry.objects.order_by("person_id").values_list("person_id", "fingerprint").iterator(chunk_size=10_000)

    def size(self, index: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_total_relation_size('search_entry')")
            return int(cursor.fetchone()[0])


def statement(plan: Plan) -> tuple[str, dict[str, Any]]:
    """The one statement of a plan, with its parameters."""
    values: dict[str, Any] = {
        "size": plan.question.size + 1,
        "counted": [
            facet.number for facet in FACETS if plan.question.counted is None or facet.name in plan.question.counted
        ],
    }
    column, direction = SORTS[plan.question.sort]
    sql = FIND.format(
        score=_score(plan, values),
        failed=_failed(plan, values),
        conditions=" AND ".join(_conditions(plan, values)),
        sorted=column,
        direction=direction,
        after=_after(plan, column, direction, values),
        bits=BITS,
    )
    return sql, values


def _conditions(plan: Plan, values: dict[str, Any]) -> Iterable[str]:
    asked = _asked(plan)
    if asked:
        values["asked"] = asked
        yield "e.words @@ %(asked)s::tsquery"
    values["day"] = plan.scope.day
    yield "e.fresh_until > %(day)s"
    if plan.scope.region_ids is not None:
        values["regions"] = sorted(plan.scope.region_ids)
        yield "e.region_id = ANY (%(regions)s)"
    if plan.scope.barred:
        values["barred"] = sorted(plan.scope.barred)
        yield "NOT e.person_id = ANY (%(barred)s)"
    values["engine"] = Index.Engine.POSTGRESQL
    yield (
        "e.person_id NOT IN (SELECT p.person_id FROM search_pending p JOIN search_index i ON i.id = p.index_id "
        "WHERE p.hides AND i.engine = %(engine)s)"
    )
    for name, sign in (("days_from", ">="), ("days_to", "<=")):
        bound = getattr(plan.question, name)
        if bound is not None:
            values[name] = bound
            yield f"e.days {sign} %({name})s"


def _asked(plan: Plan) -> str:
    """The tsquery that decides who is found; empty when nothing narrows."""
    wanted = [_any_of(clause.alternatives) for clause in plan.wanted]
    parts = []
    if wanted:
        chosen = itertools.combinations(wanted, min(plan.at_least, len(wanted)) or len(wanted))
        parts.append(" | ".join(f"({' & '.join(some)})" for some in chosen))
    parts += [f"!({_any_of(clause.alternatives)})" for clause in plan.unwanted]
    return " & ".join(f"({part})" for part in parts)


def _any_of(alternatives: Iterable[Alternative], weight: str = "") -> str:
    return "(" + " | ".join(_phrase(alternative, weight) for alternative in alternatives) + ")"


def _phrase(alternative: Alternative, weight: str) -> str:
    mark = ("*" if alternative.is_prefix else "") + weight
    return "(" + " <-> ".join(_quoted(term) + (f":{mark}" if mark else "") for term in alternative.terms) + ")"


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def _score(plan: Plan, values: dict[str, Any]) -> str:
    if not plan.scores:
        return "0"
    return " + ".join(_points(clause, number, plan, values) for number, clause in enumerate(plan.wanted))


def _points(clause: Clause, number: int, plan: Plan, values: dict[str, Any]) -> str:
    """What one clause adds: by the best level at which it is met, and for being met at all."""
    met, steps = points_for_meeting(clause, plan), []
    for level in LEVELS:
        values[f"clause{number}{level}"] = _any_of(clause.alternatives, level)
        steps.append(f"WHEN e.head @@ %(clause{number}{level})s::tsquery THEN {met + points(clause, level)}")
    found = str(met)
    if plan.is_partial:
        values[f"clause{number}"] = _any_of(clause.alternatives)
        found = f"CASE WHEN e.words @@ %(clause{number})s::tsquery THEN {found} ELSE 0 END"
    return f"CASE {' '.join(steps)} ELSE {found} END"


def _failed(plan: Plan, values: dict[str, Any]) -> str:
    """One bit for each facet whose choice the person does not meet."""
    bits = []
    for name, chosen in plan.question.chosen.items():
        if chosen:
            facet = BY_NAME[name]
            values[f"chosen_{name}"] = [facet.code(value) for value in chosen]
            bits.append(f"CASE WHEN e.codes && %(chosen_{name})s::int[] THEN 0 ELSE {1 << facet.number} END")
    return " + ".join(bits) or "0"


def _after(plan: Plan, column: str, direction: str, values: dict[str, Any]) -> str:
    if plan.question.after is None:
        return ""
    values["after"], values["after_person"] = plan.question.after
    beyond = ">" if direction == "ASC" else "<"
    return f"AND ({column} {beyond} %(after)s OR {column} = %(after)s AND person_id > %(after_person)s)"


def _by_facet(counts: Mapping[str, int]) -> dict[str, dict[int, int]]:
    names = {facet.number: facet.name for facet in FACETS}
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for code, people in counts.items():
        found[names[int(code) >> BITS]][int(code) & ((1 << BITS) - 1)] = people
    return dict(found)


def _row(document: Document, version: int, spelt: set[tuple[str, str]]) -> tuple[Any, ...]:
    """The values of one entry; `spelt` is given its words."""
    terms = indexed(document)
    spelt |= terms.spelt
    return (
        document.person_id,
        version,
        fingerprint(document, terms),
        vector({"": terms.words}),
        vector(terms.levels),
        document.codes,
        document.region_id,
        document.fresh_until,
        document.sort_name,
        document.readiness,
        document.days,
    )


def vector(levels: Mapping[str, Sequence[str]]) -> str:
    """A tsvector written out, one level after another; a BREAK takes a position and is no word."""
    places: dict[str, list[str]] = defaultdict(list)
    position = 0
    for level, terms in levels.items():
        for place, term in enumerate(terms, start=position + 1):
            places[term].append(f"{place}{level}")
        position += len(terms) + 1
    places.pop(analysis.BREAK, None)
    # Terms are letters, digits and &: nothing in them needs quoting.
    return " ".join([f"'{term}':{','.join(found)}" for term, found in places.items()])
