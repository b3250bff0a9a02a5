"""`manage.py prepare` on a database with nothing in it, as the first start of a real installation finds it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings
from django.db import connection

NAME = f"prepare_scratch_{os.getpid()}"


def connected(name: str) -> psycopg.Connection:
    """To another database of the server that the tests run on."""
    database = connection.settings_dict
    return psycopg.connect(
        host=database["HOST"] or None,
        port=database["PORT"] or None,
        user=database["USER"] or None,
        password=database.get("PASSWORD") or None,
        dbname=name,
        autocommit=True,
    )


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a new database, which is gone after the test."""
    with connected("postgres") as server:
        server.execute(f"CREATE DATABASE {NAME}")
    database = connection.settings_dict
    # The host in the query: an embedded server has a folder for its name.
    names = {"host": database["HOST"], "port": database["PORT"], "password": database.get("PASSWORD")}
    query = urlencode({name: value for name, value in names.items() if value})
    yield f"postgres://{database['USER']}@/{NAME}?{query}"
    with connected("postgres") as server:
        server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def prepare(url: str) -> subprocess.CompletedProcess[str]:
    """As a real installation runs it: its own settings, whose cache is a table of the same database."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "DATABASE_URL": url,
        "DJANGO_SECRET_KEY": "tests-only-not-a-secret-0123456789-0123456789-0123",
        "DJANGO_ALLOWED_HOSTS": "localhost",
        "EQUALITY_KEYS": settings.EQUALITY_KEYS[0],
        "PORTAL_BASE_URL": "https://portal.example.org",
        "EMAIL_URL": "consolemail://",
        "DEFAULT_FROM_EMAIL": "portal@example.org",
    }
    command = [sys.executable, settings.BASE_DIR / "manage.py", "prepare", "--database-only"]
    return subprocess.run(  # noqa: S603
        command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )


def counted() -> dict[str, int]:
    tables = ("portal_homepage", "portal_cache", "auth_group", "appointments_termpolicy", "portal_user")
    with connected(NAME) as prepared:
        return {table: prepared.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608


@pytest.mark.django_db(transaction=True)
def test_an_empty_database_becomes_an_installation_and_stays_one(empty_database: str):
    first = prepare(empty_database)
    assert (first.returncode, first.stdout) == (0, ""), first.stderr
    made = counted()

    again = prepare(empty_database)

    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert {**made, "portal_cache": 0} == {
        "portal_homepage": 1,
        "portal_cache": 0,
        "auth_group": 3,
        "appointments_termpolicy": 2,
        "portal_user": 0,
    }
    assert {**counted(), "portal_cache": 0} == {**made, "portal_cache": 0}
