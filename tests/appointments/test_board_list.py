"""The list of boards: what a line says on a day, who sees which boards, the same as a file, and how many queries."""

import csv
import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from appointments.board_list import at_a_glance
from portal.models import Organisation, Role
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory, member, sign_in

pytestmark = pytest.mark.django_db

DAY = dt.date(2018, 3, 31)
LIST, EXPORT = "/boards/", "/boards/export/"


def a_board(**more: Any) -> Organisation:
    """A chair until the summer, a director of nursing, an empty seat and one whose holder has left."""
    trust = OrganisationFactory(**more)
    seated(SeatFactory(board=trust, role="chair"), "2015-08-01", "2018-07-31", person=somebody("Ada Holt"))
    seated(SeatFactory(board=trust, role="nursing"), "2016-01-01", None)
    seated(SeatFactory(board=trust), "2014-04-01", "2018-03-30")
    SeatFactory(board=trust)
    SeatFactory(board=trust, closed_on=DAY)
    return trust


def test_a_line_says_how_a_board_stands_on_the_day(django_assert_num_queries: Any):
    a_board(name="Aire NHS Trust")
    OrganisationFactory(name="Exe NHS Trust")

    with django_assert_num_queries(1):
        rows = list(at_a_glance(Organisation.objects.trusts().order_by("sort_name"), DAY))

    found = [
        (r.name, r.chair, r.chair_until, r.chief_executive, r.seats_open, r.seats_vacant, r.terms_ending) for r in rows
    ]
    assert found == [
        ("Aire NHS Trust", "Ada Holt", dt.date(2018, 7, 31), None, 4, 2, 1),
        ("Exe NHS Trust", None, None, None, 0, 0, 0),
    ]


def test_each_sees_the_boards_that_are_theirs_in_list_count_and_file(client: Client):
    trust = a_board(name="Aire NHS Trust")
    a_board(name="Exe NHS Trust")
    everywhere = [member(Role.TALENT_TEAM), member(Role.COMMITTEE_MEMBER)]
    here = [member(Role.REGIONAL_LEAD, region=trust.region), member(Role.TRUST_USER, organisation=trust)]
    every = list(Organisation.objects.trusts().order_by("sort_name", "pk").values_list("name", flat=True))
    assert every[:2] == ["Aire NHS Trust", "Exe NHS Trust"]

    for user, sees in [(user, every) for user in everywhere] + [(user, every[:1]) for user in here]:
        sign_in(client, user)
        page = client.get(LIST).context["page"]
        lines = list(csv.DictReader(StringIO(client.get(EXPORT).getvalue().decode("utf-8-sig"))))
        assert ([row.name for row in page], page.paginator.count, [line["Trust"] for line in lines]) == (
            sees,
            len(sees),
            sees,
        )


def test_the_list_is_narrowed_by_name(client: Client):
    a_board(name="Aire NHS Trust")
    a_board(name="Exe NHS Trust")
    sign_in(client, member(Role.TALENT_TEAM))

    assert [row.name for row in client.get(LIST, {"q": "exe"}).context["page"]] == ["Exe NHS Trust"]


def test_the_file_says_what_the_list_says(client: Client):
    trust = a_board(name="=Aire NHS Trust", ods_code="RX1", region__name="North")
    chair = trust.seats.get(role="chair")
    today = timezone.localdate()
    seated(chair, str(today), str(today + dt.timedelta(days=30)), person=somebody("Ben Okoro"))
    sign_in(client, member(Role.TALENT_TEAM))

    lines = list(csv.reader(StringIO(client.get(EXPORT).getvalue().decode())))

    until = (today + dt.timedelta(days=30)).isoformat()
    assert lines[1] == ["RX1", "'=Aire NHS Trust", "North", "NHS trust", "Ben Okoro", until, "", "4", "2", "1"]


@pytest.mark.parametrize("boards", [1, 3])
def test_board_list(client: Client, boards: int, django_assert_num_queries: Any):
    for _ in range(boards):
        a_board()
    sign_in(client, member(Role.TALENT_TEAM))
    client.get(LIST)

    with django_assert_num_queries(10):
        assert len(client.get(LIST).context["page"]) == boards
