"""Every ledger of the portal: PostgreSQL itself refuses to change or delete a row; a truncated one is found."""

from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from appointments import chain
from appointments.agenda import add_business, close_meeting
from appointments.bookkeeping import keep
from appointments.decisions import record_decision
from appointments.erasing import ErasureRefused, erase_text
from appointments.jobs import issue_minutes
from appointments.models import Decision, Declaration, MinutesIssued, TextErasure
from appointments.papers import minutes_facts, minutes_html
from appointments.tallies import ledgers, tally
from portal.ledger import LedgerRow
from portal.models import Job, Role
from tests.appointments.conftest import Sitting
from tests.factories.portal import member
from tests.factories.talent import DeclaredInterestFactory

pytestmark = pytest.mark.django_db

LEDGERS = sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, LedgerRow))
PLAIN = {
    "ARRAY": "'{}'",
    "boolean": "false",
    "jsonb": "'{}'",
    "bytea": "'x'",
    "date": "'2018-03-08'",
    "timestamp with time zone": "now()",
}


def put_a_row(table: str) -> None:
    """Any row, past every rule but the columns' own: what stands in it is not the matter."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_name = %s AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'",
            [table],
        )
        columns = cursor.fetchall()
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        values = ", ".join(
            PLAIN.get(kind, "'x'" if kind.startswith("char") or kind == "text" else "1") for _, kind in columns
        )
        names = ", ".join(f'"{name}"' for name, _ in columns)
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({values})")  # noqa: S608
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.parametrize("table", LEDGERS)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE {} SET at = at + interval '1 day'",
        "UPDATE {} SET by_id = NULL, at = now() + interval '1 day'",
        "DELETE FROM {}",
    ],
)
def test_raw_sql_is_refused_on_every_ledger(table: str, sql: str):
    put_a_row(table)

    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))


@pytest.mark.parametrize("table", LEDGERS)
def test_truncate_is_refused_on_every_ledger(table: str):
    """But for the test database's own connections, which say that they may."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL portal.may_truncate = ''")
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


def decided(sitting: Sitting, **more: Any) -> Decision:
    return record_decision(
        sitting.item, outcome="approved", votes=sitting.all_for, reason="A strong field.", by=sitting.secretary,
        at=timezone.now(), **more,
    )  # fmt: skip


def verified(*args: str) -> str:
    out = StringIO()
    call_command("verify_ledger", *args, stdout=out)
    return out.getvalue().strip()


def test_a_decision_seals_how_many_rows_the_other_ledgers_have(sitting: Sitting):
    decision = decided(sitting)

    assert set(decision.facts["ledgers"]) == set(ledgers())
    assert decision.facts["ledgers"]["appointments_declaration"] == 3
    assert "appointments_decision" not in decision.facts["ledgers"]


def test_a_truncated_ledger_is_named(sitting: Sitting):
    decided(sitting)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE appointments_declaration")

    with pytest.raises(CommandError) as error:
        verified()

    assert str(error.value) == ("Ledger appointments_declaration: 3 of the 3 rows that were sealed are missing.")


def test_a_ledger_that_grew_is_whole(sitting: Sitting):
    decision = decided(sitting)
    sitting.meeting.place = "Elsewhere"
    keep(sitting.meeting, by=sitting.secretary, at=timezone.now())

    assert verified() == f"1 decisions, unbroken. Head: {decision.digest}"


def test_counting_is_one_query(django_assert_num_queries: Any):
    with django_assert_num_queries(1):
        assert set(tally()) == set(ledgers())


def test_erased_words_leave_the_chain_whole_and_are_on_record(sitting: Sitting):
    decision = decided(sitting)

    erasure = erase_text(decision, by=sitting.secretary, at=timezone.now(), reason="The applicant’s wish of 3 May.")

    assert Decision.objects.values_list("reason", "reason_salt").get() == ("", "")
    assert (erasure.table, erasure.row, erasure.columns, erasure.by) == (
        "appointments_decision",
        decision.pk,
        ["reason", "reason_salt"],
        sitting.secretary,
    )
    assert verified("--head", decision.digest) == f"1 decisions, unbroken. Head: {decision.digest}"


def test_words_of_any_ledger_can_be_erased(sitting: Sitting):
    said = Declaration.objects.create(
        item=sitting.item, member=sitting.ann, interest=True, by=sitting.ann, at=timezone.now(), reason="My cousin."
    )

    erase_text(said, by=sitting.secretary, at=timezone.now(), reason="Her wish.")

    assert Declaration.objects.get().reason == ""
    with pytest.raises(ErasureRefused, match="holds no words"):
        erase_text(said, by=sitting.secretary, at=timezone.now(), reason="Her wish.")


def test_an_erasure_needs_its_reason(sitting: Sitting):
    with pytest.raises(ErasureRefused, match="Say at whose wish"):
        erase_text(decided(sitting), by=sitting.secretary, at=timezone.now(), reason=" ")

    assert TextErasure.objects.count() == 0


@pytest.mark.parametrize("who", ["a member", "a secretary with a conflict"])
def test_who_erases_nothing(sitting: Sitting, who: str):
    decision = decided(sitting)
    user = sitting.ann
    if who != "a member":
        user = member(Role.TALENT_TEAM)
        DeclaredInterestFactory(user=user, application=sitting.item.application)

    with pytest.raises(PermissionDenied):
        erase_text(decision, by=user, at=timezone.now(), reason="Please.")

    assert Decision.objects.get().reason == "A strong field."


def test_the_minutes_print_the_head_that_proves_the_chain(sitting: Sitting):
    decision = decided(sitting)
    close_meeting(sitting.meeting, by=sitting.secretary, at=timezone.now())
    issue_minutes(Job.objects.get(kind="appointments.keep_minutes"))

    assert set(MinutesIssued.objects.values_list("head", flat=True)) == {decision.digest}
    assert decision.digest in minutes_html(minutes_facts(sitting.meeting, reader=sitting.secretary))
    assert verified("--head", decision.digest) == f"1 decisions, unbroken. Head: {chain.head()}"


def test_business_is_sealed_like_everything_else(sitting: Sitting):
    item = add_business(sitting.meeting, title="Dates", note="", by=sitting.secretary, at=timezone.now())

    decision = record_decision(
        item, outcome="approved", votes=sitting.all_for, reason="Agreed.", by=sitting.secretary, at=timezone.now()
    )

    assert chain.first_fault([decision]) is None
