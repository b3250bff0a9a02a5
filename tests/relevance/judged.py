"""The judged set, read from its files and put into the database."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from talent.models import Person, Skill
from talent.skills import load as load_skills
from tests.factories.search import findable
from tests.factories.skills import PersonSkillFactory
from tests.factories.talent import PostHeldFactory

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    grades: dict[str, int]


def questions() -> list[Question]:
    with open(HERE / "questions.toml", "rb") as file:
        return [Question(**each) for each in tomllib.load(file)["question"]]


def people() -> dict[str, Person]:
    """Everyone of the set, findable, by key; with the list of skills that they name theirs from."""
    load_skills()
    with open(HERE / "people.toml", "rb") as file:
        return {key: _person(key, facts) for key, facts in tomllib.load(file).items()}


def _person(key: str, facts: dict[str, Any]) -> Person:
    person = findable(
        full_name=f"Person {key.title()}",
        headline=facts["now"][0],
        summary=facts["summary"],
        sectors=facts["sectors"],
        roles_sought=facts["roles"],
    )
    for title in facts["now"]:
        _post(person, title, ended_on=None)
    for title in facts.get("before", ()):
        _post(person, title, ended_on=dt.date(2014, 3, 31))
    for name, evidence in facts.get("skills", ()):
        PersonSkillFactory(person=person, skill=Skill.objects.get(name=name), evidence=evidence)
    return person


def _post(person: Person, text: str, **kwargs: Any) -> None:
    title, _, employer = text.partition(", ")
    PostHeldFactory(person=person, title=title, employer=employer or "Self-employed", **kwargs)
