"""The demonstration socket: each floor's demo.py adds what its screens need, from the ground up, in one transaction."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from faker import Faker

from portal.models import User
from portal.planner import take_statistics

SEED = 201718
LONDON = ZoneInfo("Europe/London")
# Found by name, in floor order; an upper floor may use what a lower one left on the stage.
FLOORS = ("portal.demo_people", "programmes.demo", "talent.demo", "appointments.demo", "search.demo")

Row = TypeVar("Row")
Progress = Callable[[Iterable[Row], str], Iterable[Row]]
Tell = Callable[[int, int], None]  # how many are done, of how many


class NotADemonstration(Exception):
    """Made-up people never stand beside real ones."""


def without_progress(rows: Iterable[Row], title: str) -> Iterable[Row]:
    return rows


@contextmanager
def no_bar(title: str) -> Iterator[Tell]:
    yield lambda done, total: None


@dataclass
class Stage:
    """What the floors' loaders share: chance with a fixed seed, the day it is today, and who plays which part."""

    at: dt.datetime
    progress: Progress = without_progress
    bar: Callable[[str], AbstractContextManager[Tell]] = no_bar
    chance: Random = field(default_factory=lambda: Random(SEED))
    fake: Faker = field(default_factory=lambda: seeded_faker())
    names_taken: set[str] = field(default_factory=set)
    cast: dict[str, list[User]] = field(default_factory=dict)  # by role
    accounts: dict[str, User] = field(default_factory=dict)  # those to sign in as, by key
    left: dict[str, Any] = field(default_factory=dict)  # what a floor leaves for those above it

    def days_ago(self, days: int, *, hour: int = 10) -> dt.datetime:
        """That hour in London on the day `days` before today; a negative number is a day to come."""
        day = self.at.astimezone(LONDON).date() - dt.timedelta(days=days)
        return london(day, hour=hour)

    def new_name(self) -> str:
        """A name that nobody here has yet: women somewhat more often than men, as the schemes are for."""
        source = self.fake[self.chance.choices(list(NAMES), weights=list(NAMES.values()))[0]]
        while True:
            first = source.first_name_female() if self.chance.random() < 0.6 else source.first_name_male()
            name = f"{first} {source.last_name()}"
            if name not in self.names_taken:
                self.names_taken.add(name)
                return name


# The people of England have names from many places.
NAMES = {"en_GB": 62, "en_IN": 14, "yo_NG": 7, "tw_GH": 6, "ig_NG": 6, "en_IE": 5}


def seeded_faker(seed: int = SEED) -> Faker:
    fake = Faker(list(NAMES))
    fake.seed_instance(seed)
    return fake


def names_apart(stage: Stage, number: int, *, seed: int) -> list[str]:
    """New names from a source of their own: the stage's would give everybody after them another name."""
    fake, found = seeded_faker(seed), list[str]()
    while len(found) < number:
        name = f"{fake.first_name()} {fake.last_name()}"
        if name.isascii() and name not in stage.names_taken:
            stage.names_taken.add(name)
            found.append(name)
    return found


def london(day: dt.date, *, hour: int = 10, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=LONDON)


def refuse_outside_demonstration() -> None:
    if not settings.DEMONSTRATION:
        raise NotADemonstration(
            "This is no demonstration (settings.DEMONSTRATION is off), so no made-up people are loaded here."
        )


def is_loaded() -> bool:
    return User.objects.filter(email="talent.team@example.org").exists()


@transaction.atomic
def load(stage: Stage) -> Stage:
    """Fills an empty database with the demonstration year: the whole of it, or nothing."""
    refuse_outside_demonstration()
    for loader in loaders():
        loader(stage)
        take_statistics()
    return stage


def loaders() -> Iterator[Callable[[Stage], None]]:
    for name in FLOORS:
        if find_spec(name):
            yield import_module(name).load
