"""Rows that are written once: refused by Python and, for whoever goes round it, by PostgreSQL."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.db import DatabaseError, connection, models, transaction

from portal.ledger import LedgerRow, RewriteRefused, write_once
from portal.models import AccessEvent
from tests.factories.portal import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

AT = dt.datetime(2018, 3, 8, 12, tzinfo=dt.UTC)
Sql = Callable[..., None]


@pytest.fixture
def event() -> AccessEvent:
    return AccessEvent.objects.create(
        kind="ended", organisation=OrganisationFactory(), by=UserFactory(), at=AT, reason="Left the trust"
    )


def as_stored() -> list[dict]:
    return list(AccessEvent.objects.order_by("pk").values())


def run(sql: str, *params: object) -> None:
    """Raw SQL, as somebody at the database's own prompt would send it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params or None)


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: AccessEvent.objects.update(reason="Another"),
        lambda event: AccessEvent.objects.filter(pk=event.pk).delete(),
        lambda event: AccessEvent.objects.all().delete(),
    ],
)
def test_python_refuses_to_change_or_delete(event: AccessEvent, rewrite: Callable[[AccessEvent], object]) -> None:
    before = as_stored()

    with pytest.raises(RewriteRefused):
        rewrite(event)

    assert as_stored() == before


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE portal_accessevent SET kind = 'granted'",
        "UPDATE portal_accessevent SET at = at + interval '1 day'",
        "UPDATE portal_accessevent SET by_id = NULL",
        "UPDATE portal_accessevent SET reason = 'Reworded'",
        "UPDATE portal_accessevent SET reason = ' '",
        "UPDATE portal_accessevent SET reason = '', kind = 'granted'",
        "DELETE FROM portal_accessevent",
    ],
)
def test_the_database_refuses_to_change_or_delete(event: AccessEvent, sql: str) -> None:
    before = as_stored()

    with pytest.raises(DatabaseError, match=r"portal_accessevent is written once: (UPDATE|DELETE) refused"):
        run(sql)

    assert as_stored() == before


@pytest.mark.parametrize("write", ["bulk_update", "base manager", "save of a loaded copy"])
def test_what_goes_round_our_manager_meets_the_database(event: AccessEvent, write: str) -> None:
    event.reason = "Reworded"
    rewrites = {
        "bulk_update": lambda: models.QuerySet(AccessEvent).bulk_update([event], ["reason"]),
        "base manager": lambda: models.QuerySet(AccessEvent).filter(pk=event.pk).update(kind="granted"),
        "save of a loaded copy": lambda: models.Model.save(event),
    }

    with pytest.raises(DatabaseError, match="written once: UPDATE refused"), transaction.atomic():
        rewrites[write]()

    assert AccessEvent.objects.get().reason == "Left the trust"


def test_erasing_empties_the_text_and_keeps_the_facts(event: AccessEvent) -> None:
    before = as_stored()

    erased = AccessEvent.objects.filter(pk=event.pk).erase_text("reason")

    assert erased == 1
    assert as_stored() == [before[0] | {"reason": ""}]


def test_erasing_twice_harms_nothing(event: AccessEvent) -> None:
    AccessEvent.objects.erase_text("reason")

    assert AccessEvent.objects.erase_text("reason") == 1


def test_what_was_erased_cannot_be_filled_again(event: AccessEvent) -> None:
    AccessEvent.objects.erase_text("reason")

    with pytest.raises(DatabaseError, match="written once"):
        run("UPDATE portal_accessevent SET reason = 'Something else'")


@pytest.mark.parametrize("columns", [("kind",), ("reason", "kind")])
def test_no_other_column_can_be_erased(event: AccessEvent, columns: tuple[str, ...]) -> None:
    before = as_stored()

    with pytest.raises(DatabaseError, match="written once: UPDATE refused"), transaction.atomic():
        AccessEvent.objects.erase_text(*columns)

    assert as_stored() == before


@pytest.fixture
def table() -> Iterator[Sql]:
    """A table of two texts; calling it lays the trigger with the columns that may be erased."""
    run("CREATE TABLE scrap (id int PRIMARY KEY, said text, kept text)")
    run("INSERT INTO scrap VALUES (1, 'words', 'more words')")

    def lay(*erasable: str) -> None:
        for sql, _ in write_once("scrap", erasable=erasable).sql:
            run(sql)

    yield lay
    run("DROP TABLE scrap")


def test_a_table_with_nothing_to_erase_refuses_every_update(table: Sql) -> None:
    table()

    with pytest.raises(DatabaseError, match="scrap is written once"):
        run("UPDATE scrap SET said = ''")


def test_each_erasable_column_is_erased_alone_or_with_the_others(table: Sql) -> None:
    table("said", "kept")

    run("UPDATE scrap SET said = ''")
    run("UPDATE scrap SET kept = ''")

    with connection.cursor() as cursor:
        cursor.execute("SELECT said, kept FROM scrap")
        assert cursor.fetchall() == [("", "")]


def test_the_migration_can_be_taken_back(table: Sql) -> None:
    table("said")

    run(write_once("scrap").reverse_sql[0][0])

    run("UPDATE scrap SET said = 'reworded'")


def test_every_ledger_row_of_the_portal_has_its_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_write_once'")
        guarded = {table for (table,) in cursor.fetchall()}

    ledgers = {model._meta.db_table for model in LedgerRow.__subclasses__() if not model._meta.abstract}
    assert ledgers - guarded == set()
