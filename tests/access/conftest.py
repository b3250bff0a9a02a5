"""Builds the world once for the whole table; every request is rolled back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from talent import equality
from talent.models import Application
from tests.access import (
    rows_appointments,
    rows_awards,
    rows_campaigns,
    rows_cases,
    rows_checks,
    rows_cohorts,
    rows_equality,
    rows_events,
    rows_executives,
    rows_hub,
    rows_learning,
    rows_networks,
    rows_placements,
    rows_portal,
    rows_programmes,
    rows_register,
    rows_reports,
    rows_search,
    rows_sharing,
    rows_succession,
    rows_talent,
)
from tests.access.world import World
from tests.factories.portal import sign_in

FLOORS = (
    rows_portal,
    rows_programmes,
    rows_hub,
    rows_events,
    rows_learning,
    rows_cohorts,
    rows_talent,
    rows_awards,
    rows_placements,
    rows_appointments,
    rows_networks,
    rows_search,
    rows_sharing,
    rows_succession,
    rows_campaigns,
    rows_register,
    rows_cases,
    rows_checks,
    rows_executives,
    rows_reports,
    rows_equality,
)
Ask = Callable[[str, str, str, dict[str, Any]], Any]


# What every applicant of this world has answered about equality, and no answer may hold: the table looks for it.
MARKER = "marker-of-the-vault-7f3c"


def lock_away() -> None:
    for application in Application.objects.select_related("intake"):
        equality.store(application, {"ethnicity": MARKER, "under_represented": MARKER}, at=timezone.now())


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), rolled_back():
        built = World()
        for floor in FLOORS:
            floor.build(built)
        lock_away()
        yield built


@pytest.fixture
def ask(world: World, db: None) -> Ask:
    """Asks as a role (method, address, data) in the world as it was built; what happened is undone."""

    def asked(role: str, method: str, address: str, data: dict[str, Any]) -> Any:
        client = Client()
        cache.clear()
        with rolled_back():
            if role != "anonymous":
                sign_in(client, world.people[role])
            return getattr(client, method)(address, data)

    return asked
