"""The running order: numbers and times follow from the minutes, and what is hidden leaves no gap in either."""

import datetime as dt

import pytest

from appointments.models import AgendaItem, Meeting
from appointments.papers import minutes_facts
from appointments.running import running_order
from tests.appointments.conftest import Sitting
from tests.factories.appointments import AgendaItemFactory, AgendaSectionFactory, MeetingFactory
from tests.factories.talent import DeclaredInterestFactory

pytestmark = pytest.mark.django_db

BEGIN = dt.datetime(2018, 3, 8, 14, tzinfo=dt.UTC)


@pytest.fixture
def meeting() -> Meeting:
    """Welcome of 10 minutes; items of 15 and 5 minutes; an empty part; one item of 20 minutes in no part."""
    meeting = MeetingFactory(starts_at=BEGIN)
    AgendaSectionFactory(meeting=meeting, title="Welcome", minutes=10)
    part = AgendaSectionFactory(meeting=meeting, title="Schemes")
    AgendaSectionFactory(meeting=meeting, title="Empty")
    AgendaItemFactory(meeting=meeting, section=part, minutes=15, title="First")
    AgendaItemFactory(meeting=meeting, section=part, minutes=5, title="Second")
    AgendaItemFactory(meeting=meeting, minutes=20, title="Third")
    return meeting


def clocks(meeting: Meeting, **without: str) -> list[tuple[str, str, list[tuple[int, str, str]]]]:
    order = running_order(meeting, meeting.items.exclude(**without) if without else meeting.items.all())
    return [
        (part.title, f"{part.starts_at:%H:%M}", [(x.number, f"{x.starts_at:%H:%M}", x.item.title) for x in part.lines])
        for part in order.parts
    ]


def test_each_begins_when_the_one_before_it_ends(meeting: Meeting):
    assert clocks(meeting) == [
        ("Welcome", "14:00", []),
        ("Schemes", "14:10", [(1, "14:10", "First"), (2, "14:25", "Second")]),
        ("", "14:30", [(3, "14:30", "Third")]),
    ]
    assert running_order(meeting, meeting.items.all()).ends_at == BEGIN + dt.timedelta(minutes=50)


def test_what_is_hidden_leaves_no_gap(meeting: Meeting):
    assert clocks(meeting, title="First") == [
        ("Welcome", "14:00", []),
        ("Schemes", "14:10", [(1, "14:10", "Second")]),
        ("", "14:15", [(2, "14:15", "Third")]),
    ]


def test_a_part_with_nothing_to_see_is_not_shown(meeting: Meeting):
    AgendaItem.objects.filter(title="Second").delete()

    assert [title for title, _, _ in clocks(meeting, title="First")] == ["Welcome", ""]


def test_whoever_builds_sees_the_empty_parts(meeting: Meeting):
    order = running_order(meeting, meeting.items.all(), with_empty=True)

    assert [part.title for part in order.parts] == ["Welcome", "Schemes", "Empty", ""]


def test_beside_an_item_stand_its_neighbours_across_the_parts(meeting: Meeting):
    order = running_order(meeting, meeting.items.exclude(title="Second"))

    beside = [[line and (line.number, line.item.title) for line in order.beside(x.item)] for x in order.lines]

    assert beside == [[None, (2, "Third")], [(1, "First"), None]]


def test_an_empty_agenda_ends_when_it_begins():
    meeting = MeetingFactory(starts_at=BEGIN)

    assert (running_order(meeting, []).parts, running_order(meeting, []).ends_at) == ((), BEGIN)


def test_the_minutes_have_parts_and_times_without_a_gap(sitting: Sitting):
    part = AgendaSectionFactory(meeting=sitting.meeting, title="Schemes")
    other = AgendaItemFactory(meeting=sitting.meeting, section=part, presenter="Director of people")
    AgendaItem.objects.filter(pk=sitting.item.pk).update(section=part)
    DeclaredInterestFactory(user=sitting.ann, application=sitting.item.application)

    [minute] = minutes_facts(sitting.meeting, reader=sitting.ann).items

    assert (minute.number, minute.section, minute.title, minute.presenter, minute.starts_at) == (
        1,
        "Schemes",
        other.title,
        "Director of people",
        sitting.meeting.starts_at,
    )
