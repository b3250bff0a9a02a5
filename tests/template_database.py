"""A database with every migration applied, kept in the test server: a run copies it instead of migrating anew.

Its name holds a digest of what makes it (migrations, what they import, packages), so that it cannot be out of date.
"""

import fcntl
import hashlib
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

PREFIX = "portal_template_"


def use_template() -> None:
    """To be called before Django makes the test database; makes the template at the first run after a change."""
    name = PREFIX + _digest()
    # The processes of one run wait for the one that is first.
    with (Path(tempfile.gettempdir()) / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _exists(name):
            _make(name)
    connection.settings_dict["TEST"]["TEMPLATE"] = name


def _digest() -> str:
    root = Path(settings.BASE_DIR)
    imported = [root / "portal" / "ledger.py", root / "search" / "triggers.py"]
    made_of = [root / "requirements.txt", *imported, *sorted(root.glob("*/migrations/*.py"))]
    digest = hashlib.sha256()
    for file in made_of:
        digest.update(f"{file.relative_to(root)}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _exists(name: str) -> bool:
    return bool(_on_server("SELECT 1 FROM pg_database WHERE datname = %s", [name]))


def _make(name: str) -> None:
    for (stale,) in _on_server("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"]):
        _on_server(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(stale)))
    unfinished = f"{PREFIX}unfinished"
    _on_server(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = unfinished
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
    # Under its own name only when it is whole: a run that was broken off leaves nothing to be copied.
    _on_server(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name)))


def _on_server(statement: Any, values: list[str] | None = None) -> list[tuple[Any, ...]]:
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []
