"""No table holds an equality answer in clear.

That none reaches a page, list, search or export is looked for where each URL is asked: tests/access/test_table.py.
"""

from typing import Any

import pytest
from django.db import connection

from talent.equality import has_answered
from talent.models import Application
from tests.access.conftest import MARKER


@pytest.mark.django_db
def test_no_table_holds_an_equality_answer_in_clear(world: Any):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        tables = [name for (name,) in cursor.fetchall()]

        holding = []
        for table in tables:
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {quoted} r WHERE r::text LIKE %s", [f"%{MARKER}%"])  # noqa: S608
            if cursor.fetchone() != (0,):
                holding.append(table)

        assert holding == []


@pytest.mark.django_db
def test_the_applicants_of_this_world_have_answered(world: Any):
    assert {has_answered(application) for application in Application.objects.all()} == {True}
