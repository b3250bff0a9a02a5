"""The vault: answers go in, only suppressed counts of closed stages come out, and one module holds the door."""

import ast
import datetime as dt
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.utils import timezone

from portal.models import Role
from talent import equality
from talent.equality import People, Unit, VaultClosed
from talent.models import Application, EqualityTable, State, VaultRead
from talent.monitoring import PUBLISHED
from talent.passing import Step
from tests.factories.portal import UserFactory, member
from tests.factories.talent import ApplicationFactory, PersonFactory

D = dt.date


def sent(number: int, **answers: str) -> set[str]:
    """So many applications, all with these answers; who they are to the vault."""
    applications = [ApplicationFactory(state=State.UNSUCCESSFUL) for _ in range(number)]
    for application in applications:
        if answers:
            equality.store(application, answers, at=timezone.now())
    return {equality.subject_of(application) for application in applications}


def unit(applied: set[str], appointed: set[str] | None = None) -> Unit:
    groups = [People("applied", "Applied", None, frozenset(applied))]
    if appointed is not None:
        groups.append(People("appointed", "Appointed", "applied", frozenset(appointed)))
    steps = (Step("applied", "appointed"),) if appointed is not None else ()
    return Unit("scheme:next-director", 2017, "NExT Director", tuple(groups), steps)


def published(one: Unit, question: str) -> EqualityTable:
    tables = equality.publish(one, by=member(Role.TALENT_TEAM), at=timezone.now())
    return next(table for table in tables if table.question == question)


@pytest.mark.django_db
def test_what_is_published_of_a_unit():
    women, men, silent = sent(12, sex="female"), sent(9, sex="male"), sent(8)

    table = published(unit(women | men | silent), "sex")

    assert table.facts == {
        "answers": ["Women", "Men", "Prefer not to say", "Not answered"],
        "groups": [{"key": "applied", "label": "Applied", "total": 30, "cells": [10, 10, 0, 10]}],
        "ratios": [],
    }
    assert EqualityTable.objects.values_list("question", flat=True).count() == len(PUBLISHED)


@pytest.mark.django_db
def test_ethnic_groups_are_published_as_two():
    table = published(
        unit(sent(9, ethnicity="white") | sent(8, ethnicity="asian") | sent(9, ethnicity="mixed")), "ethnicity"
    )

    assert table.facts["groups"][0]["cells"] == [10, 15, 0, 0]


@pytest.mark.django_db
def test_the_vault_says_who_opened_it_and_over_how_many_records():
    reader = member(Role.TALENT_TEAM)

    equality.publish(unit(sent(3, sex="female") | sent(2)), by=reader, at=timezone.now())

    assert list(VaultRead.objects.values_list("by", "unit", "records")) == [(reader.pk, "scheme:next-director", 3)]


@pytest.mark.django_db
def test_a_unit_is_published_once_whatever_happens_to_the_answers():
    people, reader = sent(20, sex="female"), member(Role.TALENT_TEAM)
    equality.publish(unit(people), by=reader, at=timezone.now())
    equality.erase(Application.objects.first())

    with pytest.raises(VaultClosed, match="published once"):
        equality.publish(unit(people), by=reader, at=timezone.now())
    assert EqualityTable.objects.get(question="sex").facts["groups"][0]["cells"] == [20, 0, 0, 0]


@pytest.mark.django_db
def test_a_published_table_cannot_be_changed():
    equality.publish(unit(sent(1)), by=member(Role.TALENT_TEAM), at=timezone.now())

    with pytest.raises(IntegrityError, match="written once"), connection.cursor() as cursor:
        cursor.execute("UPDATE talent_equalitytable SET facts = '{}'")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role", [Role.REVIEWER, Role.COMMITTEE_MEMBER, Role.REGIONAL_LEAD, Role.TRUST_USER, Role.EDITOR]
)
def test_only_the_talent_team_publishes(role: str):
    people = sent(20, sex="female")

    with pytest.raises(VaultClosed, match="Only the talent team"):
        equality.publish(unit(people), by=member(role), at=timezone.now())
    assert (EqualityTable.objects.count(), VaultRead.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_the_relative_likelihood_rests_on_exact_counts_and_is_kept_to_one_place():
    # 16 of 20 white applicants and 8 of 19 others: 0.8 / 0.421 = 1.9.
    white, bme = sorted(sent(20, ethnicity="white")), sorted(sent(19, ethnicity="black"))

    table = published(unit({*white, *bme}, {*white[:16], *bme[:8]}), "ethnicity")

    assert table.facts["ratios"] == [{"before": "applied", "after": "appointed", "value": 1.9, "low": 1.1, "high": 3.4}]


@pytest.mark.django_db
def test_no_likelihood_where_its_exact_counts_would_give_somebody_away():
    # With 20 and 19 known exactly, two stars share what is left of 42: they could only be 1 and 2.
    white, bme = sorted(sent(20, ethnicity="white")), sorted(sent(19, ethnicity="black"))
    unsaid = sent(1, ethnicity="prefer_not") | sent(2)

    table = published(unit({*white, *bme, *unsaid}, {*white[:16], *bme[:8]}), "ethnicity")

    assert (table.facts["ratios"], table.facts["groups"][0]["cells"]) == ([], [20, 20, None, None])


@pytest.mark.django_db
def test_those_who_sit_on_boards_have_answers_of_their_own():
    person = PersonFactory()
    other = ApplicationFactory(pk=person.pk)
    equality.store_of_person(person, {"sex": "male"}, counted_on=D(2018, 3, 31))

    assert (equality.has_answered(person), equality.has_answered(other)) == (True, False)
    assert equality.purge(at=dt.datetime(2020, 3, 29, tzinfo=dt.UTC)) == 0
    assert equality.purge(at=dt.datetime(2020, 3, 30, tzinfo=dt.UTC)) == 1


@pytest.mark.django_db
def test_the_table_tells_nothing():
    application = ApplicationFactory(user=UserFactory())
    equality.store(application, {"ethnicity": "mixed"}, at=timezone.now())

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(r)::text FROM talent_equalityrecord r")
        (row,) = cursor.fetchone()

    assert "mixed" not in row
    assert "ethnicity" not in row
    assert equality.has_answered(application) is True


@pytest.mark.django_db
def test_keys_can_be_rotated(settings):
    people, person = sent(20, sex="female"), PersonFactory()
    equality.store_of_person(person, {"sex": "male"}, counted_on=D(2018, 3, 31))
    old, new = settings.EQUALITY_KEYS[0], Fernet.generate_key().decode()

    settings.EQUALITY_KEYS = [new, old]
    call_command("rotate_equality_keys")
    settings.EQUALITY_KEYS = [new]

    assert published(unit(people), "sex").facts["groups"][0]["cells"] == [20, 0, 0, 0]
    assert equality.has_answered(person) is True


@pytest.mark.django_db
def test_purge_deletes_after_retention():
    application = ApplicationFactory()
    equality.store(application, {"sex": "male"}, at=timezone.now())
    last_day = application.intake.closes_at + equality.RETENTION

    assert equality.purge(at=last_day - dt.timedelta(days=1)) == 0
    assert equality.purge(at=last_day + dt.timedelta(days=1)) == 1
    assert equality.has_answered(application) is False


def test_one_module_opens_the_vault():
    root = Path(settings.BASE_DIR)
    apps = ("portal", "programmes", "talent", "appointments", "search")
    files = [path for app in apps for path in (root / app).rglob("*.py") if "migrations" not in path.parts]

    naming = {str(p.relative_to(root)) for p in files if _names(p, "EqualityRecord")}

    assert naming == {"talent/equality.py", "talent/models/equality.py"}


def _names(path: Path, wanted: str) -> bool:
    tree = ast.parse(path.read_text())
    names = {getattr(node, "id", getattr(node, "name", getattr(node, "attr", None))) for node in ast.walk(tree)}
    return wanted in names
