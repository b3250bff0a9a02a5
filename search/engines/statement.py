"""The one statement by which PostgreSQL answers a plan: page, exact total and all facets over search_entry."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from search.documents import LEVELS
from search.engines.base import points, points_for_meeting
from search.facets import BY_NAME, FACETS
from search.models import Index
from search.phrases import Terms, word_of
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
        SELECT e.person_id, e.sort_name, e.readiness, e.days, {score} AS score, {failed} AS failed {facets}
        FROM ({sources}) e
    ) AS every
    WHERE failed & (failed - 1) = 0
), page AS (
    SELECT person_id, score, {sorted} AS place FROM hits
    WHERE failed = 0 {after} ORDER BY {sorted} {direction}, person_id LIMIT %(size)s
), grouped AS (
    SELECT failed, count(*) AS people {names} FROM hits GROUP BY GROUPING SETS ((failed) {sets})
), counted AS (
    SELECT facet, value, sum(people)::int AS people
    FROM grouped, LATERAL (VALUES (-1, '') {held}) v (facet, held), string_to_table(btrim(held, ','), ',') value
    WHERE failed = 0 OR failed = 1 << facet
    GROUP BY facet, value
)
SELECT (SELECT coalesce(sum(people), 0)::int FROM grouped WHERE failed = 0 {ungrouped}),
       (SELECT coalesce(json_agg(json_build_array(person_id, score, place) ORDER BY place {direction}, person_id), '[]')
        FROM page),
       (SELECT coalesce(json_agg(json_build_array(facet, value::int, people)), '[]') FROM counted)
"""
# The first people of one of several plans.
FIRST = """
SELECT {number} AS number, ARRAY(
    SELECT person_id FROM (
        SELECT e.person_id, e.sort_name, e.readiness, e.days, {score} AS score, {failed} AS failed FROM ({sources}) e
    ) AS every
    WHERE failed = 0 ORDER BY {sorted} {direction}, person_id LIMIT %(size)s
)
"""
SOURCE = "SELECT e.* FROM search_entry e WHERE {conditions}"
Values = dict[str, Any]


def first_of_each(plans: Sequence[Plan], as_words: frozenset[Terms] = frozenset()) -> tuple[str, Values]:
    """One statement for several plans: a row for each, its number and the first people in order."""
    parts: list[str] = []
    every: Values = {}
    for number, plan in enumerate(plans):
        values: Values = {"size": plan.question.size}
        sql = FIRST.format(number=number, **_finding(plan, as_words, values))
        parts.append(sql.replace("%(", f"%(plan{number}_"))
        every |= {f"plan{number}_{name}": value for name, value in values.items()}
    return " UNION ALL ".join(parts), every


def phrases_of(plan: Plan) -> set[Terms]:
    """The ways of several words, which may be in the index as one."""
    return {way.terms for clause in plan.clauses for way in clause.alternatives if len(way.terms) > 1}


def statement(plan: Plan, as_words: frozenset[Terms] = frozenset()) -> tuple[str, Values]:
    """The statement, with its parameters. The phrases `as_words` are one word each in every entry."""
    values: Values = {"size": plan.question.size + 1}
    parts = _finding(plan, as_words, values)
    return FIND.format(after=_after(plan, values), **parts, **_counting(plan.question.counted)), values


def _finding(plan: Plan, as_words: frozenset[Terms], values: Values) -> dict[str, str]:
    """The parts that find people and put them in order."""
    plan = replace(plan, clauses=tuple(_by_words(clause, as_words) for clause in plan.clauses))
    column, direction = SORTS[plan.question.sort]
    return {
        "score": _score(plan, values),
        "failed": _failed(plan, values),
        "sources": " UNION ALL ".join(_sources(plan, values)),
        "sorted": column,
        "direction": direction,
    }


def _by_words(clause: Clause, as_words: frozenset[Terms]) -> Clause:
    ways = (replace(way, terms=(word_of(way.terms),)) if way.terms in as_words else way for way in clause.alternatives)
    return replace(clause, alternatives=tuple(ways))


def region_lexeme(region_id: int) -> str:
    """Stands in the words of whoever lives in a region: no word begins like it."""
    return f"':{region_id}'"


def _counting(counted: Sequence[str] | None) -> dict[str, str]:
    """The parts that count facets: people by all they hold of each, then each value in it by itself."""
    numbers = [facet.number for facet in FACETS if counted is None or facet.name in counted]
    return {
        "facets": "".join(f", coalesce(e.facets[{number + 1}], '') AS facet{number}" for number in numbers),
        "names": "".join(f", facet{number}" for number in numbers),
        "sets": "".join(f", (failed, facet{number})" for number in numbers),
        "held": "".join(f", ({number}, facet{number})" for number in numbers),
        "ungrouped": "".join(f" AND facet{number} IS NULL" for number in numbers),
    }


def _sources(plan: Plan, values: Values) -> Iterator[str]:
    """Whoever is found: first by single words, which the index knows for certain; then, of the others, by phrases.

    For a phrase a person's own words have to be read, which takes most of the time: so they are of as few as can be.
    """
    scope, also = list(_scope(plan, values)), _narrowing(plan)
    if not plan.wanted:
        yield _source(scope, values, "asked", also.removeprefix(" & "))
        return
    perhaps = _asked(plan, _loose)
    # Of many combinations one look at the words is cheaper than asking for each twice.
    surely = "" if plan.is_partial else _asked(plan, _single)
    if surely:
        yield _source(scope, values, "surely", f"({surely}){also}")
    if perhaps != surely:
        apart = f" & !({surely})" if surely else ""
        yield _source([*scope, *_phrases_met(plan, values)], values, "perhaps", f"({perhaps}){apart}{also}")


def _source(conditions: Sequence[str], values: Values, name: str, asked: str) -> str:
    if asked:
        values[name] = asked
        conditions = [f"e.words @@ %({name})s::tsquery", *conditions]
    return SOURCE.format(conditions=" AND ".join(conditions))


def _narrowing(plan: Plan) -> str:
    """What the index is asked besides: without excluded words, and in the asker's regions only."""
    never = " | ".join(filter(None, map(_single, plan.unwanted)))
    regions = " | ".join(map(region_lexeme, sorted(plan.scope.region_ids or ())))
    return (f" & !({never})" if never else "") + (f" & ({regions})" if regions else "")


def _scope(plan: Plan, values: Values) -> Iterable[str]:
    """Who may be shown at all; excluded phrases too, for which words have to be read."""
    values["day"] = plan.scope.day
    # Written so that no index is tempting: nearly everybody's consent is in force.
    yield "e.fresh_until - %(day)s > 0"
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
    phrases = [way for clause in plan.unwanted for way in clause.alternatives if len(way.terms) > 1]
    if phrases:
        values["never_phrases"] = _any_of(phrases)
        yield "NOT e.words @@ %(never_phrases)s::tsquery"


def _phrases_met(plan: Plan, values: Values) -> Iterable[str]:
    """Asks the few words of posts and skills first, and only whoever has it not there, all words."""
    asked = [_exact(clause) for clause in plan.wanted if _single(clause) != _loose(clause)]
    if asked and plan.is_partial:
        asked = [_asked(plan, _exact)]
    for number, query in enumerate(asked):
        name = f"met{number}"
        values[name] = query
        yield f"(e.head @@ %({name})s::tsquery OR e.words @@ %({name})s::tsquery)"


def _asked(plan: Plan, written: Callable[[Clause], str]) -> str:
    """The tsquery of whoever meets enough, each clause as `written`; empty when nobody could."""
    enough = min(plan.at_least, len(plan.wanted)) or len(plan.wanted)
    wanted = [query for clause in plan.wanted if (query := written(clause))]
    return " | ".join(f"({' & '.join(some)})" for some in combinations(wanted, enough)) if wanted else ""


def _single(clause: Clause) -> str:
    """Of a clause's ways those of one word, which the index answers by itself; empty where there are none."""
    ways = [way for way in clause.alternatives if len(way.terms) == 1]
    return _any_of(ways) if ways else ""


def _loose(clause: Clause) -> str:
    """The clause with its phrases as words that stand anywhere: nobody who meets it is left out."""
    return "(" + " | ".join(_phrase(way, "", " & ") for way in clause.alternatives) + ")"


def _exact(clause: Clause) -> str:
    return _any_of(clause.alternatives)


def _any_of(alternatives: Iterable[Alternative], weight: str = "") -> str:
    return "(" + " | ".join(_phrase(way, weight) for way in alternatives) + ")"


def _phrase(way: Alternative, weight: str, joined: str = " <-> ") -> str:
    mark = ("*" if way.is_prefix else "") + weight
    return "(" + joined.join(_quoted(term) + (f":{mark}" if mark else "") for term in way.terms) + ")"


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def _score(plan: Plan, values: Values) -> str:
    if not plan.scores:
        return "0"
    return " + ".join(_points(clause, number, plan, values) for number, clause in enumerate(plan.wanted))


def _points(clause: Clause, number: int, plan: Plan, values: Values) -> str:
    """What one clause adds: by the best level at which it is met, and for being met at all."""
    met, name = points_for_meeting(clause, plan), f"clause{number}"
    values[name] = _any_of(clause.alternatives)
    found = str(met)
    if plan.is_partial:
        found = f"CASE WHEN e.words @@ %({name})s::tsquery THEN {found} ELSE 0 END"
    # Most have it at no level, which one look tells; whoever has it at none of the others has it at the last.
    steps = [f"WHEN NOT e.head @@ %({name})s::tsquery THEN {found}"]
    *levels, last = LEVELS
    for level in levels:
        values[f"{name}{level}"] = _any_of(clause.alternatives, level)
        steps.append(f"WHEN e.head @@ %({name}{level})s::tsquery THEN {met + points(clause, level)}")
    return f"CASE {' '.join(steps)} ELSE {met + points(clause, last)} END"


def _failed(plan: Plan, values: Values) -> str:
    """One bit for each facet whose choice the person does not meet."""
    bits = []
    for name, chosen in plan.question.chosen.items():
        if chosen:
            facet = BY_NAME[name]
            values[f"chosen_{name}"] = [f"%,{value},%" for value in chosen]
            held = f"coalesce(e.facets[{facet.number + 1}], '')"
            bits.append(f"CASE WHEN {held} LIKE ANY (%(chosen_{name})s) THEN 0 ELSE {1 << facet.number} END")
    return " + ".join(bits) or "0"


def _after(plan: Plan, values: Values) -> str:
    if plan.question.after is None:
        return ""
    column, direction = SORTS[plan.question.sort]
    values["after"], values["after_person"] = plan.question.after
    beyond = ">" if direction == "ASC" else "<"
    return f"AND ({column} {beyond} %(after)s OR {column} = %(after)s AND person_id > %(after_person)s)"
