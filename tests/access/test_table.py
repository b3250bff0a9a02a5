"""Walks the access table: every URL of ours x every role x own and another's record, the whole answer.

No answer of any of them may hold an equality answer: the world's applicants have given a marker, which is looked for.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.conftest import FLOORS, MARKER
from tests.access.table import ROLES, Row, answer_of

ROWS: list[Row] = [row for floor in FLOORS for row in floor.ROWS]
NAMESPACES = {"portal", "programmes", "talent", "appointments", "search"}


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, entry.namespace or namespace)
        elif namespace in NAMESPACES:
            yield f"{namespace}:{entry.name}", entry


OURS = dict(patterns(get_resolver()))


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.django_db  # so that the database is made also when this folder is run alone
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(row: Row, world: Any, ask: Any):
    address = row.address(world)

    responses = {role: ask(role, row.method, address, row.data) for role in ROLES}

    assert {role: answer_of(response) for role, response in responses.items()} == row.expected(world)
    assert [role for role, response in responses.items() if MARKER.encode() in body(response)] == []


def test_no_url_is_missing():
    assert set(OURS) - {row.name for row in ROWS} == set()


def test_every_url_has_a_name():
    assert [str(pattern.pattern) for name, pattern in OURS.items() if name.endswith(":None")] == []


def test_each_record_url_is_tried_on_own_and_other():
    with_arguments = {name for name, pattern in OURS.items() if pattern.pattern.converters}
    tried: dict[str, set[tuple[str, ...]]] = {name: set() for name in with_arguments}
    for row in ROWS:
        if row.name in tried:
            tried[row.name].add(row.paths)
    alike = {row.name for row in ROWS if row.alike}

    assert sorted(name for name, paths in tried.items() if len(paths) < 2 and name not in alike) == []
