"""A file of people: loaded whole with consents, posts and skills, or not at all with every fault named."""

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.models import Role
from talent import people_import, skills
from talent.models import DuplicatePair, PeopleImport, Person, Pool, PoolMembership
from tests.factories.portal import RegionFactory, member
from tests.factories.talent import PersonFactory, PoolFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
AGREED = {"consent_given_on": "2018-01-15", "consent_wording": "Form 3 of 2018"}
ADA = {
    "full_name": "Ada Achebe",
    "reference": "T-17",
    "email": "Ada@Example.org",
    "born_on": "1960-02-29",
    "region": "Here",
    "readiness": "Ready in 1 to 2 years",
    "days_a_month": "2.5",
    "background": "nursing",
    "sectors": "acute; Charities and community groups",
    "roles_sought": "ned",
    "works_in": "Here; there",
    "travel_minutes": "60",
    "skills": "audit; Accountancy qualification",
    "posts": "Director of nursing | Harbour Trust | 2012-04 | | yes | 900 staff; two sites\n"
    "Ward sister | Vale | 2001 | 2006",
    "cv_text": "Led a service, “twice”.\nThen another.",
    "consent_expires_on": "2090-01-01",
    "consent_share": "yes",
    **AGREED,
}


@pytest.fixture(autouse=True)
def vocabulary():
    skills.load()
    RegionFactory(name="Here", code="here"), RegionFactory(name="There", code="there")


def csv_file(tmp_path: Path, *rows: dict[str, str]) -> Path:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    path = tmp_path / "people.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def json_file(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "people.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(people_import.BadFile) as refused:
        people_import.load(path, by=None, at=NOW)
    return [str(fault) for fault in refused.value.faults]


def test_a_row_brings_the_person_with_posts_skills_and_consent(tmp_path):
    loaded = people_import.load(csv_file(tmp_path, ADA), by=None, at=NOW)

    ada, consent = Person.objects.get(), PoolMembership.objects.get()
    assert (ada.email, ada.born_on, ada.sort_name) == ("ada@example.org", dt.date(1960, 2, 29), "ada achebe")
    assert (ada.readiness, ada.days_a_month, ada.background) == ("1-2", Decimal("2.5"), "nursing")
    assert (ada.readiness_on, ada.travel_minutes, ada.region.name) == (timezone.localdate(NOW), 60, "Here")
    assert (ada.sectors, ada.roles_sought) == (["acute", "charity"], ["ned"])
    assert sorted(region.name for region in ada.works_in.all()) == ["Here", "There"]
    assert ada.cv_text == "Led a service, “twice”.\nThen another."
    assert [(p.title, p.started_on, p.ended_on, p.board_level, p.description) for p in ada.posts.all()] == [
        ("Director of nursing", dt.date(2012, 4, 1), None, True, "900 staff; two sites"),
        ("Ward sister", dt.date(2001, 1, 1), dt.date(2006, 1, 1), False, ""),
    ]
    assert sorted((held.skill.code, held.source) for held in ada.skills.all()) == [
        ("accounting", "imported"),
        ("audit", "imported"),
    ]
    assert (consent.pool.slug, consent.wording, consent.may_be_shared) == ("talent-database", "Form 3 of 2018", True)
    assert timezone.localdate(consent.consented_at) == dt.date(2018, 1, 15)
    assert consent.expires_on == dt.date(2090, 1, 1)
    assert (loaded.read, loaded.people, loaded.posts, loaded.skills, loaded.consents) == (1, 1, 2, 2, 1)
    assert ada.imported_in == PeopleImport.objects.get()


def test_json_lines_say_the_same(tmp_path):
    posts = [{"title": "Chair", "employer": "Vale", "started_on": "2014-02", "ended_on": None, "board_level": True}]
    row = {"full_name": "Ben Brook", "days_a_month": 3, "skills": ["audit"], "travel_minutes": 999, "posts": posts}
    PoolFactory(name="Audit chairs", slug="audit-chairs", consent_months=6)

    people_import.load(json_file(tmp_path, row | AGREED | {"consent_pool": ["Audit chairs"]}), by=None, at=NOW)

    ben = Person.objects.get()
    assert (ben.days_a_month, ben.travel_minutes) == (Decimal("3"), 999)
    assert [(post.title, post.board_level) for post in ben.posts.all()] == [("Chair", True)]
    assert [(m.pool.slug, m.expires_on) for m in ben.pool_memberships.all()] == [("audit-chairs", dt.date(2018, 7, 15))]


def test_every_fault_is_named_by_row_and_column_and_nothing_is_loaded(tmp_path):
    path = csv_file(
        tmp_path,
        ADA,
        ADA | {"full_name": "", "reference": "T-18", "email": "ada", "days_a_month": "40"},
        ADA | {"region": "Nowhere", "skills": "audit; juggling", "consent_wording": ""},
        ADA | {"reference": "", "consent_given_on": "2089-01-01", "posts": "Chair | Vale | 2020 | 2019"},
        ADA | {"reference": "", "consent_given_on": "", "consent_expires_on": "", "posts": "Chair"},
        ADA | {"reference": "", "consent_pool": "Unknown", "born_on": "1960-02-30", "cv_text": "a\0b"},
    )

    found = faults(path)

    assert found == [
        "Line 5, full_name: is empty",
        "Line 5, email: “ada” is no email address",
        "Line 5, days_a_month: “40” is not between 0.5 and 31, with one decimal at most",
        "Line 8, region: “Nowhere” is no region that is known",
        "Line 8, skills: “juggling” is no skill of the vocabulary that is known",
        "Line 8, consent_wording: is empty; say what the person agreed to, or the form and its version",
        "Line 8, reference: stands on line 2 already",
        "Line 11, posts: post 1: ended before it began",
        "Line 11, consent_given_on: 2089-01-01 is in the future",
        "Line 13, posts: post 1, employer: is empty",
        "Line 13, consent_share: needs the day the person agreed, in consent_given_on",
        "Line 15, born_on: “1960-02-30” is no real date; write year-month-day, such as 2017-04-01",
        "Line 15, cv_text: holds a sign that no text has (NUL)",
        "Line 15, consent_pool: “Unknown” is no pool that is known",
    ]
    assert (Person.objects.count(), PeopleImport.objects.count(), Pool.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"full_name,age\nAda,3\n", ["Line 1, age: is no column of this file; see --help"]),
        (b"email\nada@example.org\n", ["Line 1, full_name: is missing from the header"]),
        (b"full_name,email,email\nAda,,\n", ["Line 1, email: stands twice in the header"]),
        (b"full_name\n", ["Line 1: the file holds no people"]),
        (b"", ["Line 1, full_name: is missing from the header"]),
        (b"full_name\nAda,Ben\n", ["Line 2: has 2 columns instead of 1"]),
        (b"full_name\nAda\nB\xe9n\n", ["Line 1: not readable as UTF-8; save the file as UTF-8"]),
        (b'{"full_name": "Ada", "age": 3}\n', ["Line 1, age: is no column of this file; see --help"]),
        (
            b'{"full_name": "Ada"}\n{"full_name": \n[1]\n',
            ["Line 2: is no JSON: Expecting value: line 2 column 1 (char 15)", "Line 3: is no object with columns"],
        ),
        (
            b'{"full_name": ["Ada"], "consent_share": 1}\n',
            ["Line 1, full_name: is no text", "Line 1, consent_share: “1” is neither yes nor no"],
        ),
    ],
)
def test_a_file_that_is_no_such_file_says_why(tmp_path, text, expected):
    path = tmp_path / "people.csv"
    path.write_bytes(text)

    assert faults(path) == expected


def test_the_same_file_is_not_loaded_twice_and_a_known_reference_is_left_alone(tmp_path):
    first = csv_file(tmp_path, ADA)
    people_import.load(first, by=None, at=NOW)

    assert faults(first) == [f"Line 1: this very file was loaded on {timezone.localdate(NOW):%-d %B %Y}"]
    again = people_import.load(
        csv_file(tmp_path, ADA | {"headline": "Changed"}, ADA | {"reference": "T-18"}), by=None, at=NOW
    )

    assert (again.read, again.people) == (2, 1)
    assert list(Person.objects.order_by("pk").values_list("reference", "headline")) == [("T-17", ""), ("T-18", "")]


def test_without_consent_or_after_its_end_nobody_is_found(tmp_path):
    bare = {"full_name": "Ben Brook"}
    ended = {"full_name": "Cora Clay", **AGREED}

    loaded = people_import.load(csv_file(tmp_path, ADA, bare | dict.fromkeys(AGREED, ""), ended), by=None, at=NOW)

    assert (loaded.people, loaded.consents, loaded.unfindable) == (3, 2, 2)
    assert [p.full_name for p in Person.objects.visible_to(member(Role.TALENT_TEAM))] == ["Ada Achebe"]


def test_likely_duplicates_are_proposed_once(tmp_path):
    there = PersonFactory(user=None, full_name="Somebody Else", email="ADA@example.org")
    rows = [
        ADA,
        {"full_name": "Ada  ACHEBE", "born_on": "1960-02-29"},
        {"full_name": "Áda Achebe", "posts": "ward sister | VALE | 2003"},
        {"full_name": "Ada Achebe", "born_on": "1960-03-01"},
    ]

    loaded = people_import.load(csv_file(tmp_path, *rows), by=None, at=NOW)

    ada, birthday, post, _ = Person.objects.exclude(pk=there.pk).order_by("pk")
    pairs = {(pair.first, pair.second): pair.reasons for pair in DuplicatePair.objects.all()}
    assert pairs == {(there, ada): ["email"], (ada, birthday): ["birthday"], (ada, post): ["post"]}
    assert loaded.duplicates == 3


def test_the_command_says_what_came_and_is_found_by_the_search(tmp_path, capsys):
    path = csv_file(tmp_path, ADA)

    call_command("import_people", str(path))
    call_command("talent_search", "nursing service", "--engine", "postgresql", "--json")

    said = capsys.readouterr().out
    lines = said.splitlines()
    assert lines[:2] == [
        "1 read, 1 new people, 0 on record already and left alone.",
        "2 posts, 2 skills, 1 consents; 0 people are in no pool today and found by nobody.",
    ]
    answer = json.loads(said[said.index("{") :])
    assert (answer["total"], [found["id"] for found in answer["people"]]) == (1, [Person.objects.get().pk])


def test_the_command_names_the_faults_and_a_missing_file(tmp_path):
    with pytest.raises(CommandError, match="Line 2, full_name: is empty"):
        call_command("import_people", str(csv_file(tmp_path, {"full_name": "", "email": "ada@example.org"})))
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_people", str(tmp_path / "none.csv"))
