"""What every test shares: what migrations made stands again after a flush; which PostgreSQL the tests ran on."""

import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key
from wagtail.models import Page

from tests.search.elastic import end_shared
from tests.template_database import use_template

# A busy machine is no fault of a rule that is being tried.
hypothesis.settings.register_profile("portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("portal")

# What migrations put into a new database (Wagtail's root page, groups, permissions), as Django serialises it.
FIRST_ROWS = pytest.StashKey[str]()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        use_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker, request: Any) -> None:
    with django_db_blocker.unblock():
        # A run in which no test asks for the database has made none.
        if connection.settings_dict["NAME"].startswith("test_"):
            request.config.stash[FIRST_ROWS] = connection.creation.serialize_db_to_string()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test on real connections ends with a flush, which also empties what migrations filled: it is put back."""
    yield
    if nextitem is None:  # the database is gone with the session
        return
    marker = item.get_closest_marker("django_db")
    on_real_connections = "live_server" in item.fixturenames or (marker and marker.kwargs.get("transaction"))
    if on_real_connections and FIRST_ROWS in item.config.stash:
        with item.config.stash[blocking_manager_key].unblock():
            put_back(item.config.stash[FIRST_ROWS])


def put_back(first_rows: str) -> None:
    if Page.objects.exists():
        return
    # What Django makes by itself after a flush stands in the way of the same rows coming back.
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    connection.creation.deserialize_db_from_string(first_rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
    ContentType.objects.clear_cache()
    cache.clear()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The process that began the run ends the shared Elasticsearch; it reads no conftest but this one."""
    if not hasattr(session.config, "workerinput"):
        end_shared()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """So that "passes on PostgreSQL 15" can be read off the run that claims it."""
    where = "DATABASE_URL" if os.environ.get("DATABASE_URL") else "embedded"
    terminalreporter.write_line(f"PostgreSQL {_server_version()} ({where})")


def _server_version() -> str:
    database = settings.DATABASES["default"]
    with psycopg.connect(
        host=database["HOST"] or None,
        port=database["PORT"] or None,
        user=database["USER"] or None,
        password=database.get("PASSWORD") or None,
        dbname="postgres",
    ) as connection:
        return connection.info.parameter_status("server_version") or "of unknown version"
