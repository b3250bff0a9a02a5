"""The board beside an item about one of its seats: figures, charts, and a pack that holds them."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from pypdf import PdfReader

from appointments.agenda import add_proposals
from appointments.composition import Composition, composition_of
from appointments.declaring import Interest, declare
from appointments.models import AgendaItem, Seat
from appointments.pack_papers import _paper_of
from appointments.packs import issue_pack
from portal.models import Organisation
from portal.words import long_date
from talent.models import ConflictKind
from tests.appointments.conftest import Sitting
from tests.factories.appointments import declared
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory
from tests.factories.proposals import proposed_new
from tests.verapdf import assert_pdf_ua

pytestmark = pytest.mark.django_db
DAY = dt.date(2018, 3, 1)


@pytest.fixture
def policies(db: None) -> None:
    call_command("load_policies", verbosity=0)


@pytest.fixture
def board() -> Organisation:
    """A chair to 2018-19, a non-executive to 2020-21, one vacant seat, a voting and a non-voting executive."""
    trust = OrganisationFactory(name="Fenmoor NHS Trust")
    seated(SeatFactory(board=trust, role=Seat.Role.CHAIR), "2015-07-01", "2018-06-30", person=somebody("Ida Chair"))
    seated(SeatFactory(board=trust), "2017-05-01", "2020-04-30", person=somebody("Noor Member"))
    SeatFactory(board=trust, opened_on=dt.date(2017, 10, 1))
    seated(SeatFactory(board=trust, role=Seat.Role.FINANCE), "2014-01-01", None)
    seated(SeatFactory(board=trust, role=Seat.Role.WORKFORCE, voting=False), "2016-01-01", None)
    return trust


def test_seats_are_counted_by_vote_and_vacancy(board: Organisation):
    counts = composition_of(board, DAY).counts

    assert [(c.label, c.seats, c.voting, c.non_voting, c.vacant) for c in counts] == [
        ("Chair and non-executive directors", 3, 2, 0, 1),
        ("Executive directors", 2, 1, 1, 0),
        ("Whole board", 5, 3, 1, 1),
    ]


def test_years_without_an_end_stand_between_those_with_one(board: Organisation):
    assert composition_of(board, DAY).ending == (("2018-19", 1), ("2019-20", 0), ("2020-21", 1))


def test_the_charts_say_their_figures(board: Organisation):
    shown = composition_of(board, DAY)

    assert "Executive directors: 2 of 2 seats filled. Whole board: 4 of 5 seats filled." in shown.seats_chart
    assert "By year: 1 in 2018-19, 0 in 2019-20, 1 in 2020-21." in shown.ending_chart


def test_a_board_without_seats_has_no_chart_to_draw():
    shown = composition_of(OrganisationFactory(), DAY)

    assert (shown.places, shown.ending, "seats filled" in shown.seats_chart) == ([], (), False)


def seat_item(sitting: Sitting, board: Organisation) -> AgendaItem:
    """A new appointment to the vacant seat before the meeting, about which everybody has declared."""
    vacant = board.seats.get(role=Seat.Role.NED, number=2)
    proposal = proposed_new(vacant, "2018-04-01", "2021-03-31", person=somebody("Zelda Newcomer"))
    [item] = add_proposals(sitting.meeting, [proposal], by=sitting.secretary, at=timezone.now())
    return item


def text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.usefixtures("policies")
def test_the_paper_about_a_seat_holds_its_board(sitting: Sitting, board: Organisation, tmp_path: Path):
    declared(seat_item(sitting, board), sitting.ann)

    content = issue_pack(sitting.meeting, member=sitting.ann, at=timezone.now()).file.read()

    said = text(content)
    wanted = ("The board of Fenmoor NHS Trust", "Who sits on", "Vacant", "No end set", "The same in figures")
    assert [word for word in wanted if word not in said] == []
    assert_pdf_ua(content, tmp_path)


@pytest.mark.usefixtures("policies")
def test_a_conflicted_members_pack_says_nothing_of_a_seat(sitting: Sitting, board: Organisation):
    item = seat_item(sitting, board)
    said_of = {item.pk: Interest(ConflictKind.PERSONAL, "A cousin."), sitting.item.pk: None}
    declare(sitting.meeting, said_of, by=sitting.ann, at=timezone.now())

    said = text(issue_pack(sitting.meeting, member=sitting.ann, at=timezone.now()).file.read())

    assert [word for word in (item.title, "Zelda Newcomer", "Fenmoor") if word in said] == []
    assert sitting.item.title in said


def test_who_comes_next_is_not_shown(board: Organisation):
    seated(board.seats.get(role=Seat.Role.CHAIR), "2018-07-01", "2021-06-30", person=somebody("Zelda Newcomer"))

    shown: Composition = composition_of(board, DAY)

    assert next(place.tenure.person.full_name for place in shown.places if place.tenure) == "Ida Chair"


@pytest.mark.usefixtures("policies")
def test_the_page_lays_the_board_out_from_the_meetings_day(sitting: Sitting, board: Organisation):
    item = seat_item(sitting, board)

    html = _paper_of(item).html

    assert f"Who sits on {long_date(sitting.meeting.day)}" in html
