"""What waits for somebody: from every app, what is due first on top, under headings."""

import datetime as dt
import random
from collections.abc import Iterable

import pytest

from portal import worklist
from portal.models import User
from portal.worklist import Entry, entries_for, grouped, waits

AT = dt.datetime(2018, 3, 8, 12, tzinfo=dt.UTC)
MARCH, APRIL = dt.date(2018, 3, 20), dt.date(2018, 4, 1)


def entry(title: str, group: str = "Reviews", due_on: dt.date | None = None) -> Entry:
    return Entry(title=title, url=f"/{title}/", group=group, due_on=due_on)


IN_ORDER = [
    entry("b", "Applications", MARCH),
    entry("a", "Reviews", MARCH),
    entry("z", "Reviews", MARCH),
    entry("a", "Applications", APRIL),
    entry("c", "Applications"),
    entry("a", "Reviews"),
]


@pytest.fixture(autouse=True)
def no_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist, "_SOURCES", [])


def test_nothing_waits_where_nothing_is_plugged_in() -> None:
    assert entries_for(User(), at=AT) == []


def test_what_is_due_first_comes_first_then_heading_then_title() -> None:
    shuffled = random.Random(1).sample(IN_ORDER, len(IN_ORDER))
    waits(lambda user, at: shuffled[:2])
    waits(lambda user, at: shuffled[2:])

    assert entries_for(User(), at=AT) == IN_ORDER


def test_each_source_is_asked_for_the_person_at_the_moment() -> None:
    asked: list[tuple[User, dt.datetime]] = []

    @waits
    def source(user: User, at: dt.datetime) -> Iterable[Entry]:
        asked.append((user, at))
        return iter([entry("one")])

    user = User(pk=7)

    assert entries_for(user, at=AT) == [entry("one")]
    assert asked == [(user, AT)]


def test_entries_stand_under_their_headings_the_most_urgent_first() -> None:
    assert grouped(IN_ORDER) == [
        ("Applications", [IN_ORDER[0], IN_ORDER[3], IN_ORDER[4]]),
        ("Reviews", [IN_ORDER[1], IN_ORDER[2], IN_ORDER[5]]),
    ]


def test_no_entries_no_headings() -> None:
    assert grouped([]) == []
