"""The vault: answers go in, only suppressed counts of closed stages come out, and one module holds the door."""

import ast
import datetime as dt
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from portal.models import Role
from talent import equality
from talent.disclosure import rounded, suppressed
from talent.equality import Stage, VaultClosed
from talent.models import State, VaultRead
from tests.factories.portal import UserFactory, member
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import ApplicationEventFactory, ApplicationFactory


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (7, None), (8, 10), (12, 10), (13, 15), (17, 15)])
def test_small_counts_are_stars_and_others_go_to_the_nearest_five(count: int, shown: int | None):
    assert rounded(count) == shown


def test_a_single_star_takes_the_next_smallest_with_it():
    total, cells = suppressed([("a", 30), ("b", 12), ("c", 3), ("d", 0)])

    assert (total.text, [cell.text for cell in cells]) == ("45", ["30", "*", "*", "0"])
    assert [cell.percent_text for cell in cells] == ["67%", "*", "*", "0%"]


def test_nothing_is_shown_of_a_total_below_eight():
    total, cells = suppressed([("a", 4), ("b", 0)])

    assert (total.text, [cell.text for cell in cells]) == ("*", ["*", "*"])


def counted_at(intake) -> dt.datetime:
    """When the intake takes no answers any more."""
    return equality.takes_answers_until(intake)


def sent(intake, number: int, sex: str = "") -> None:
    for _ in range(number):
        application = ApplicationFactory(intake=intake, state=State.UNSUCCESSFUL)
        ApplicationEventFactory(application=application)
        if sex:
            equality.store(application, {"sex": sex}, at=timezone.now())


@pytest.mark.django_db
def test_an_aggregate_of_a_closed_stage():
    intake, reader = IntakeFactory(closed=True), member(Role.TALENT_TEAM)
    sent(intake, 12, "female")
    sent(intake, 9, "male")
    sent(intake, 8)

    found = equality.aggregate(intake, Stage.APPLIED, "sex", by=reader, at=counted_at(intake))

    assert found.total.text == "30"
    assert [(cell.label, cell.text) for cell in found.cells] == [
        ("Female", "10"),
        ("Male", "10"),
        ("Prefer not to say", "0"),
        ("Not answered", "10"),
    ]
    assert list(VaultRead.objects.values_list("by", "intake", "stage", "field", "records")) == [
        (reader.pk, intake.pk, "applied", "sex", 21)
    ]


@pytest.mark.django_db
def test_an_open_stage_gives_nothing():
    reader, intake = member(Role.TALENT_TEAM), IntakeFactory(closed=True)
    ApplicationFactory(intake=intake, state=State.REVIEW)
    closed_at = counted_at(intake)

    for stage, at in ((Stage.APPLIED, closed_at - dt.timedelta(seconds=1)), (Stage.SHORTLISTED, closed_at)):
        with pytest.raises(VaultClosed):
            equality.aggregate(intake, stage, "sex", by=reader, at=at)
    assert VaultRead.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COMMITTEE_MEMBER, Role.REGIONAL_LEAD, Role.TRUST_USER])
def test_only_the_talent_team_reads(role: str):
    intake = IntakeFactory(closed=True)

    with pytest.raises(VaultClosed):
        equality.aggregate(intake, Stage.APPLIED, "sex", by=member(role), at=counted_at(intake))


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
    intake, reader = IntakeFactory(closed=True), member(Role.TALENT_TEAM)
    sent(intake, 10, "female")
    old, new = settings.EQUALITY_KEYS[0], Fernet.generate_key().decode()

    settings.EQUALITY_KEYS = [new, old]
    call_command("rotate_equality_keys")
    settings.EQUALITY_KEYS = [new]

    found = equality.aggregate(intake, Stage.APPLIED, "sex", by=reader, at=counted_at(intake))
    assert found.cells[0].text == "10"


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
