"""The demonstration year, loaded once for all figures and rolled back after them."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from portal import demo


@pytest.fixture(scope="package")
def year(django_db_setup: None, django_db_blocker: Any) -> Iterator[demo.Stage]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield demo.load(demo.Stage(at=dt.datetime.now(dt.UTC)))
        transaction.set_rollback(True)


@pytest.fixture
def rows(year: demo.Stage, db: None) -> demo.Stage:
    """Lets one test read the year's rows; what it changes is undone."""
    return year
