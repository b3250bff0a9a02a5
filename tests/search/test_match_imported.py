"""People from a file are matched like anybody else, by both engines, and nothing protected moves a match."""

import datetime as dt
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.models import Index
from talent import skills
from talent.models import Person
from tests.factories.portal import RegionFactory
from tests.factories.search import findable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]
AGREED = {"consent_given_on": "2026-01-15", "consent_wording": "Form 3", "consent_expires_on": "2090-01-01"}
FILE = [
    {
        "full_name": "Ada Achebe",
        "reference": "T-1",
        "region": "Here",
        "days_a_month": 4,
        "posts": [
            {"title": "Finance director", "employer": "Aldermere Water", "started_on": "2009", "ended_on": "2015"}
        ],
        "skills": ["audit"],
        "cv_text": "Career\nFinance director, Aldermere Water, 2009 - 2015\nI chaired the audit committee.",
    },
    {"full_name": "Ben Brook", "reference": "T-2", "region": "Here", "days_a_month": 1, "headline": "Finance director"},
    {"full_name": "Cy Dale", "reference": "T-3", "region": "There", "days_a_month": 5, "cv_text": "A merger."},
]
SPEC = {
    "title": "Audit chair",
    "essential": ["Finance director"],
    "desirable": ["Experience of chairing an audit committee", "Experience of mergers"],
    "region": "Here",
    "days_a_month": 2.5,
}


@pytest.fixture
def imported(vocabulary: None, tmp_path: Path) -> dict[str, int]:
    """The file's people: reference -> id."""
    skills.load()
    RegionFactory(name="Here", code="here"), RegionFactory(name="There", code="there")
    path = tmp_path / "people.jsonl"
    path.write_text("".join(json.dumps(row | AGREED) + "\n" for row in FILE))
    call_command("import_people", str(path), stdout=StringIO(), stderr=StringIO())
    return dict(Person.objects.values_list("reference", "pk"))


def answer(path: Path, engine: str, spec: dict[str, Any] = SPEC) -> dict[str, Any]:
    path.write_text(json.dumps(spec))
    out = StringIO()
    call_command("match", str(path), "--json", "--engine", engine, stdout=out, stderr=StringIO())
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def said(found: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    people = [(one["id"], one["met"], one["missed"]) for one in found["people"]]
    return people, sorted((one["id"], one["reasons"]) for one in found["left_out"])


def as_expected(ids: dict[str, int]) -> tuple[list[Any], list[Any]]:
    met = ["Finance director", "Experience of chairing an audit committee"]
    return (
        [(ids["T-1"], met, ["Experience of mergers"])],
        [
            (ids["T-2"], ["Has 1 days a month; 2.5 are needed"]),
            (ids["T-3"], ["Neither lives in the region nor would serve there"]),
        ],
    )


def test_people_from_a_file_are_matched_by_postgresql(imported: dict[str, int], tmp_path: Path):
    assert said(answer(tmp_path / "a.json", "postgresql")) == as_expected(imported)


def test_people_from_a_file_are_matched_by_elasticsearch(
    elasticsearch: Index, imported: dict[str, int], tmp_path: Path
):
    found = answer(tmp_path / "a.json", "elasticsearch")

    assert (found["engine"], said(found)) == ("elasticsearch", as_expected(imported))
    assert found["people"] == answer(tmp_path / "a.json", "postgresql")["people"]


CV = """{name}
Date of birth: {born:%-d %B %Y}
{school} {first} - {last}
{about}
Career
Finance director, Aldermere Water, 2009 - 2015
I chaired the audit committee and led the merger with Riverhead Water.
"""
# Names and schools that hold the words that are asked for, and some that say where somebody comes from.
NAMES = st.sampled_from(
    [
        "Jordan Example",
        "Adaeze Okonkwo",
        "Barrister Audit-Chair",
        "Mohammed Merger",
        "Sr Mary Finance",
        "李小龙",
        "O'Neill",
    ]
)
SCHOOLS = st.sampled_from(
    ["Fenbridge Grammar School", "St Finance Girls' School", "Merger Madrasa", "Audit Committee Boys' College School"]
)
ABOUT = st.sampled_from(
    ["", "Married, three children", "Nationality: Nigerian", "Religion: Muslim", "Gender: female", "Disability: yes"]
)
YEARS = st.integers(1950, 1995)


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=NAMES, school=SCHOOLS, about=ABOUT, year=YEARS, mail=st.emails(), postcode=st.sampled_from(["", "LS1 4AP"]))
def test_whatever_is_protected_nothing_of_the_answer_moves(
    vocabulary: None, tmp_path: Path, name: str, school: str, about: str, year: int, mail: str, postcode: str
):
    spec = {
        "essential": ["Experience of chairing an audit committee", "Finance director", "Barrister"],
        "desirable": ["Experience of mergers", "School governor", "Married", "Nigerian"],
    }
    one = Person.objects.filter(reference="swapped").first()
    if one is None:
        one = findable(reference="swapped", full_name="A B", cv_text=written("A B", "A School", "", 1960))
        for title in ("Finance director", "Barrister", "Director of nursing"):
            findable(full_name=f"Known {title}", posts=(title,), summary="Audit, and a merger.")
    path = tmp_path / "a.json"
    swap(one, "A B", "A School", "", 1960, "a.b@example.org", "")
    before = answer(path, "postgresql", spec)

    swap(one, name, school, about, year, mail, postcode)

    assert answer(path, "postgresql", spec) == before
    assert one.pk in [found["id"] for found in before["people"]]


def swap(one: Person, name: str, school: str, about: str, year: int, mail: str, postcode: str) -> None:
    Person.objects.filter(pk=one.pk).update(
        full_name=name,
        sort_name=name.lower(),
        email=mail[:254],
        postcode=postcode,
        born_on=dt.date(year, 5, 4),
        cv_text=written(name, school, about, year),
    )


def written(name: str, school: str, about: str, year: int) -> str:
    return CV.format(name=name, born=dt.date(year, 5, 4), school=school, first=year + 11, last=year + 18, about=about)
