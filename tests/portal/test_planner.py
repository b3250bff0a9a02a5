"""Statistics are taken inside a transaction without standing in anybody else's way."""

import pytest
from django.db import connection

from portal.planner import take_statistics
from tests.factories.portal import RegionFactory

LOCKED = """
    SELECT DISTINCT database = 0 FROM pg_locks
    WHERE pid = pg_backend_pid() AND locktype = 'relation' AND mode = 'ShareUpdateExclusiveLock'
"""


@pytest.mark.django_db
def test_rows_of_the_open_transaction_are_counted():
    RegionFactory.create_batch(7)

    take_statistics()

    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'portal_region'::regclass")
        assert cursor.fetchone() == (7.0,)


@pytest.mark.django_db
def test_no_table_that_all_databases_share_is_locked():
    take_statistics()

    with connection.cursor() as cursor:
        cursor.execute(LOCKED)
        assert cursor.fetchall() == [(False,)]
