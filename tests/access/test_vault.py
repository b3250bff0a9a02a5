"""No equality answer reaches any page, list, search or export: a marker goes into the vault and is looked for."""

from typing import Any

from django.db import connection
from django.utils import timezone

from talent import equality
from talent.models import Application
from tests.access.conftest import rolled_back
from tests.access.table import ROLES
from tests.access.test_table import ROWS

MARKER = "marker-of-the-vault-7f3c"


def lock_away() -> None:
    for application in Application.objects.select_related("intake"):
        equality.store(application, {"ethnicity": MARKER, "under_represented": MARKER}, at=timezone.now())


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_no_answer_of_any_url_holds_an_equality_answer(world: Any, ask: Any, django_db_blocker: Any):
    with django_db_blocker.unblock(), rolled_back():
        lock_away()

        found = [
            (str(row), role)
            for row in ROWS
            if row.method == "get"
            for role in ROLES
            if MARKER.encode() in body(ask(role, "get", row.address(world), row.data))
        ]

        assert found == []


def test_no_table_holds_an_equality_answer_in_clear(world: Any, django_db_blocker: Any):
    with django_db_blocker.unblock(), rolled_back(), connection.cursor() as cursor:
        lock_away()
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        tables = [name for (name,) in cursor.fetchall()]

        holding = []
        for table in tables:
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {quoted} r WHERE r::text LIKE %s", [f"%{MARKER}%"])  # noqa: S608
            if cursor.fetchone() != (0,):
                holding.append(table)

        assert holding == []
