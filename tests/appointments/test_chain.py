"""The register's chain: no row is changed or lost without `verify_ledger` naming it; erasing breaks nothing."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from appointments import chain
from appointments.decisions import record_decision
from appointments.models import Decision
from tests.appointments.conftest import Sitting
from tests.factories.appointments import AgendaItemFactory


@pytest.fixture
def register(sitting: Sitting) -> list[Decision]:
    """Three decisions in a row."""
    items = [AgendaItemFactory(meeting=sitting.meeting, business=True) for _ in range(3)]
    return [
        record_decision(
            item,
            outcome="approved",
            votes=sitting.all_for,
            reason=f"Reason {n}.",
            by=sitting.secretary,
            at=timezone.now(),
        )
        for n, item in enumerate(items, start=1)
    ]


def verified(*args: str) -> str:
    out = StringIO()
    call_command("verify_ledger", *args, stdout=out)
    return out.getvalue().strip()


def broken(*args: str) -> str:
    with pytest.raises(CommandError) as error:
        verified(*args)
    return str(error.value)


def tamper(sql: str, *params: Any) -> None:
    """What somebody with the keys to the database could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE appointments_decision DISABLE TRIGGER appointments_decision_write_once")
        cursor.execute(sql, params)
        cursor.execute("ALTER TABLE appointments_decision ENABLE TRIGGER appointments_decision_write_once")


def test_each_decision_is_sealed_to_the_one_before(register: list[Decision]):
    first, second, third = register

    assert [d.number for d in register] == [1, 2, 3]
    assert (first.previous_digest, second.previous_digest, third.previous_digest) == (
        chain.GENESIS,
        first.digest,
        second.digest,
    )
    assert chain.head() == third.digest


def test_a_whole_register_is_said_to_be_whole(register: list[Decision]):
    assert verified() == f"3 decisions, unbroken. Head: {register[2].digest}"


@pytest.mark.django_db
def test_an_empty_register_is_whole():
    assert verified() == f"0 decisions, unbroken. Head: {chain.GENESIS}"


def test_the_head_of_older_minutes_is_still_met(register: list[Decision]):
    assert verified("--head", register[1].digest) == f"3 decisions, unbroken. Head: {register[2].digest}"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE appointments_decision SET outcome = 'not_approved'",
        "UPDATE appointments_decision SET reason = 'Another reason.'",
        "UPDATE appointments_decision SET facts = '{}'",
        "DELETE FROM appointments_decision",
        "UPDATE appointments_declaration SET interest = true",
        "DELETE FROM appointments_declaration",
    ],
)
def test_raw_sql_is_refused(register: list[Decision], sql: str):
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_erased_reason_leaves_the_chain_whole(register: list[Decision]):
    assert Decision.objects.filter(number=2).erase_text("reason", "reason_salt") == 1

    assert Decision.objects.filter(number=2).values_list("reason", "reason_salt").get() == ("", "")
    assert verified() == f"3 decisions, unbroken. Head: {register[2].digest}"


def test_a_changed_fact_is_found(register: list[Decision]):
    tamper("""UPDATE appointments_decision SET facts = jsonb_set(facts, '{votes}', '{}') WHERE number = 2""")

    assert broken() == "Decision 2: its facts are not those that were sealed."


def test_a_changed_column_is_found(register: list[Decision]):
    tamper("UPDATE appointments_decision SET outcome = 'deferred' WHERE number = 2")

    assert broken() == "Decision 2: its columns disagree with its facts."


def test_a_reworded_reason_is_found(register: list[Decision]):
    tamper("UPDATE appointments_decision SET reason = 'Another.' WHERE number = 3")

    assert broken() == "Decision 3: its reason is not the one that was sealed."


def test_a_missing_row_is_found(register: list[Decision]):
    tamper("DELETE FROM appointments_decision WHERE number = 2")

    assert broken() == "Decision 2: missing."


def test_a_forged_row_is_found(register: list[Decision]):
    first, second, _third = register
    facts = {**second.facts, "outcome": "not_approved"}
    digest = chain.seal(number=2, previous=first.digest, facts=facts, reason_digest=second.reason_digest)
    tamper(
        "UPDATE appointments_decision SET outcome = 'not_approved', digest = %s, "
        "facts = jsonb_set(facts, '{outcome}', '\"not_approved\"') WHERE number = 2",
        digest,
    )

    assert broken() == "Decision 3: does not follow from the row before it."


def test_a_cut_off_end_is_found_by_a_printed_head(register: list[Decision]):
    tamper("DELETE FROM appointments_decision WHERE number = 3")

    assert verified() == f"2 decisions, unbroken. Head: {register[1].digest}"
    assert broken("--head", register[2].digest) == (
        "Decision 3: the printed head is not in the register: rows after this are missing or replaced."
    )


def test_a_truncated_register_is_found_by_a_printed_head(register: list[Decision]):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE appointments_decision CASCADE")

    assert broken("--head", register[0].digest) == (
        "Decision 1: the printed head is not in the register: rows after this are missing or replaced."
    )
