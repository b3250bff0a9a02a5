"""The parts of an agenda: where an item goes, moving parts and items, and that arranging gives nothing hidden away."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments.agenda import add_applications, add_business
from appointments.models import AgendaItem, AgendaSection
from appointments.preparing import AgendaRefused
from appointments.sections import (
    add_section,
    add_usual_sections,
    change_item,
    change_section,
    remove_section,
    shift_item,
    shift_section,
)
from talent.models import State
from tests.appointments.conftest import Sitting
from tests.factories.appointments import AgendaItemFactory, AgendaSectionFactory, DecisionFactory, MeetingFactory
from tests.factories.portal import sign_in
from tests.factories.talent import ApplicationFactory, DeclaredInterestFactory

pytestmark = pytest.mark.django_db

USUAL = ["Welcome and declarations", "Appointments", "Remuneration", "Schemes", "Policy", "Any other business"]


def titles(sitting: Sitting) -> list[str]:
    return list(sitting.meeting.sections.values_list("title", flat=True))


def laid_out(sitting: Sitting) -> list[tuple[str, str]]:
    """Each item of the whole agenda with its part."""
    rows = sitting.meeting.items.standing().order_by("position").select_related("section")
    return [(row.section.title if row.section else "-", row.title) for row in rows]


def two_parts(sitting: Sitting) -> tuple[list[AgendaSection], list[AgendaItem]]:
    """Parts A with items 1 and 2, and B with 3; the sitting's own item is taken away."""
    AgendaItem.objects.all().delete()
    parts = [AgendaSectionFactory(meeting=sitting.meeting, title=name) for name in "AB"]
    items = [
        AgendaItemFactory(meeting=sitting.meeting, business=True, title=title, section=parts[n])
        for title, n in (("1", 0), ("2", 0), ("3", 1))
    ]
    return parts, items


def test_an_item_goes_into_the_part_of_its_kind(sitting: Sitting):
    sitting.item.delete()
    now, by = timezone.now(), sitting.secretary
    add_business(sitting.meeting, title="Closing words", note="", section="other", by=by, at=now)
    add_business(sitting.meeting, title="Pay policy", note="", by=by, at=now)
    application = ApplicationFactory(state=State.RECOMMENDED)

    [item] = add_applications(sitting.meeting, [application], by=by, at=now)

    assert titles(sitting) == ["Schemes", "Policy", "Any other business"]
    assert laid_out(sitting) == [
        ("Schemes", item.title),
        ("Policy", "Pay policy"),
        ("Any other business", "Closing words"),
    ]


def test_the_usual_parts_come_in_their_order_around_those_that_are_there(sitting: Sitting):
    add_business(sitting.meeting, title="Pay policy", note="", by=sitting.secretary, at=timezone.now())

    add_usual_sections(sitting.meeting, by=sitting.secretary)
    add_usual_sections(sitting.meeting, by=sitting.secretary)

    assert titles(sitting) == USUAL
    assert list(sitting.meeting.sections.values_list("minutes", flat=True)) == [10, 0, 0, 0, 0, 0]


def test_a_part_moves_with_its_items(sitting: Sitting):
    (_, second), _ = two_parts(sitting)

    shift_section(second, earlier=True, by=sitting.secretary)

    assert titles(sitting) == ["B", "A"]
    assert laid_out(sitting) == [("B", "3"), ("A", "1"), ("A", "2")]


def test_the_first_part_cannot_go_up(sitting: Sitting):
    (first, _), _ = two_parts(sitting)

    shift_section(first, earlier=True, by=sitting.secretary)

    assert titles(sitting) == ["A", "B"]


@pytest.mark.parametrize(
    ("title", "earlier", "after"),
    [
        ("2", True, [("A", "2"), ("A", "1"), ("B", "3")]),
        ("1", False, [("A", "2"), ("A", "1"), ("B", "3")]),
        ("3", True, [("A", "1"), ("A", "2"), ("A", "3")]),
        ("2", False, [("A", "1"), ("B", "2"), ("B", "3")]),
        ("1", True, [("A", "1"), ("A", "2"), ("B", "3")]),
        ("3", False, [("A", "1"), ("A", "2"), ("B", "3")]),
    ],
)
def test_an_item_moves_past_its_neighbour_and_into_the_next_part(
    sitting: Sitting, title: str, earlier: bool, after: list[tuple[str, str]]
):
    _, items = two_parts(sitting)
    item = next(item for item in items if item.title == title)

    shift_item(item, earlier=earlier, by=sitting.secretary)

    assert laid_out(sitting) == after


def test_a_conflicted_secretary_moves_past_what_is_hidden(sitting: Sitting):
    first, _, last = [
        sitting.item,
        AgendaItemFactory(meeting=sitting.meeting),
        AgendaItemFactory(meeting=sitting.meeting),
    ]
    hidden = sitting.meeting.items.get(position=2)
    DeclaredInterestFactory(user=sitting.secretary, application=hidden.application)

    shift_item(last, earlier=True, by=sitting.secretary)

    shown = AgendaItem.objects.listed_for(sitting.secretary).order_by("position")
    assert list(shown) == [last, first]
    assert list(sitting.meeting.items.order_by("position")) == [last, first, hidden]


def test_an_item_is_retitled_and_put_elsewhere(sitting: Sitting):
    (_, second), (item, *_) = two_parts(sitting)

    change_item(
        item, title="One", section=second, minutes=25, presenter="Director of people", note="New.", by=sitting.secretary
    )

    item.refresh_from_db()
    assert (item.title, item.section, item.minutes, item.presenter, item.note) == (
        "One",
        second,
        25,
        "Director of people",
        "New.",
    )
    assert laid_out(sitting) == [("A", "2"), ("B", "3"), ("B", "One")]


def test_a_decided_item_stays_as_it_is(sitting: Sitting):
    DecisionFactory(item=sitting.item)

    with pytest.raises(AgendaRefused, match="has been decided and stays as it is"):
        change_item(sitting.item, title="Other", section=None, minutes=5, presenter="", note="", by=sitting.secretary)


def test_an_item_cannot_go_into_another_meetings_part(sitting: Sitting):
    elsewhere = AgendaSectionFactory(meeting=MeetingFactory())

    with pytest.raises(AgendaRefused, match="belongs to another meeting"):
        change_item(sitting.item, title="T", section=elsewhere, minutes=5, presenter="", note="", by=sitting.secretary)


def test_an_empty_part_is_removed_and_one_in_use_is_not(sitting: Sitting):
    (first, _), _ = two_parts(sitting)
    own = add_section(sitting.meeting, title="Visit", minutes=30, by=sitting.secretary)

    remove_section(own, by=sitting.secretary)

    with pytest.raises(AgendaRefused, match="Something was put into this part"):
        remove_section(first, by=sitting.secretary)
    assert titles(sitting) == ["A", "B"]


def test_only_the_secretariat_arranges(sitting: Sitting):
    (first, _), _ = two_parts(sitting)

    with pytest.raises(AgendaRefused, match="the secretariat's to prepare"):
        change_section(first, title="Z", minutes=0, by=sitting.chair)

    assert titles(sitting) == ["A", "B"]


def test_parts_are_built_on_the_page(client: Client, sitting: Sitting):
    sign_in(client, sitting.secretary)
    builder = reverse("appointments:agenda_edit", args=[sitting.meeting.pk])

    client.post(reverse("appointments:section_add", args=[sitting.meeting.pk]), {"title": "Visit", "minutes": "45"})
    part = AgendaSection.objects.get()
    client.post(reverse("appointments:section_edit", args=[part.pk]), {"title": "Site visit", "minutes": "50"})
    line = {"title": "A place", "section": part.pk, "minutes": "20", "presenter": "Dr Hale", "note": ""}
    response = client.post(reverse("appointments:item_edit", args=[sitting.item.pk]), line, follow=True)

    assert response.redirect_chain == [(f"{builder}#item-{sitting.item.pk}", 302)]
    [shown] = response.context["order"].parts
    assert (shown.title, shown.minutes, [one.item.title for one in shown.lines]) == ("Site visit", 50, ["A place"])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_builder_takes_the_same_queries(client: Client, sitting: Sitting, rows: int, django_assert_num_queries):
    for _ in range(rows):
        section = AgendaSectionFactory(meeting=sitting.meeting)
        AgendaItemFactory(meeting=sitting.meeting, section=section, business=True)
    sign_in(client, sitting.secretary)

    with django_assert_num_queries(13):
        response = client.get(reverse("appointments:agenda_edit", args=[sitting.meeting.pk]))

    assert len(response.context["order"].parts) == rows + 1
