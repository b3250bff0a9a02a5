"""The demonstration's command: refused where real people are, once is enough, an account for each role."""

import datetime as dt
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal import demo
from portal.demo_people import ACCOUNTS, PASSWORD
from portal.models import Role, User
from tests.factories.portal import UserFactory

AT = dt.datetime(2018, 11, 20, 12, tzinfo=dt.UTC)
REPOSITORY = Path(__file__).parents[2]


@pytest.mark.parametrize("command", ["load_demo", "demo_accounts"])
def test_refused_outside_a_demonstration(settings, command: str):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match="This is no demonstration"):
        call_command(command)


@pytest.mark.django_db
def test_a_second_run_changes_nothing():
    UserFactory(email="talent.team@example.org")
    said = StringIO()

    call_command("load_demo", stdout=said)

    assert said.getvalue() == "The demonstration year is there already; nothing was changed.\n"
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_fresh_is_refused_unless_confirmed(monkeypatch):
    kept = UserFactory()
    monkeypatch.setattr("builtins.input", lambda question: "no")

    with pytest.raises(CommandError, match="Not confirmed; nothing was changed"):
        call_command("load_demo", "--fresh")

    assert list(User.objects.all()) == [kept]


@pytest.mark.django_db
def test_no_accounts_without_a_demonstration_loaded():
    with pytest.raises(CommandError, match="No demonstration is loaded"):
        call_command("demo_accounts")


@pytest.mark.django_db
def test_accounts_are_printed_with_their_password():
    UserFactory(email="reviewer@example.org")
    said = StringIO()

    call_command("demo_accounts", stdout=said)

    lines = said.getvalue().splitlines()
    assert lines[0] == f"Demonstration accounts; the password of each is {PASSWORD}"
    assert [line.split()[0] for line in lines[1:]] == ["reviewer@example.org"]


def test_every_role_has_an_account():
    assert {account.role for account in ACCOUNTS} == {"", *Role.values}


def test_the_same_seed_makes_the_same_names():
    first, second = demo.Stage(at=AT), demo.Stage(at=AT)

    assert [first.new_name() for _ in range(20)] == [second.new_name() for _ in range(20)]


def test_product_code_knows_nothing_of_the_demonstration():
    """Only the socket, the commands and the loaders themselves name it."""
    apps = ("portal", "programmes", "talent", "appointments", "search")
    code = [path.relative_to(REPOSITORY) for app in apps for path in (REPOSITORY / app).rglob("*.py")]

    naming = [
        str(path)
        for path in code
        if "demo" not in str(path) and re.search(r"import.*demo_people|demo\.load", (REPOSITORY / path).read_text())
    ]

    assert naming == []
