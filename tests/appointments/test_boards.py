"""A board on a day: who sits where, what is vacant, how it is composed, and what its members may still serve."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from appointments import policies
from appointments.boards import board_of, day_shown
from appointments.seating import leave_seat
from portal.models import Organisation, Role
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory, member, sign_in

pytestmark = pytest.mark.django_db

D = dt.date
DAY = D(2018, 3, 31)


@pytest.fixture
def trust():
    policies.load()
    return OrganisationFactory()


def test_seats_stand_in_the_order_of_a_board(trust):
    for role, number in (("finance", 1), ("ned", 2), ("chief_executive", 1), ("ned", 1), ("chair", 1)):
        SeatFactory(board=trust, role=role, number=number)

    places = board_of(trust, DAY).places

    assert [(p.seat.role, p.seat.number) for p in places] == [
        ("chair", 1),
        ("ned", 1),
        ("ned", 2),
        ("chief_executive", 1),
        ("finance", 1),
    ]


def test_a_holder_and_their_service(trust):
    chair, ann = SeatFactory(board=trust, role="chair"), somebody("Ann")
    seated(SeatFactory(board=trust), "2010-04-01", "2012-03-31", person=ann)
    seated(chair, "2012-04-01", "2016-03-31", person=ann)
    tenure = seated(chair, "2016-04-01", "2020-03-31", person=ann)

    place = board_of(trust, DAY).places[0]

    assert (place.tenure, place.first_on, place.served) == (tenure, D(2012, 4, 1), "8 years")
    assert (place.standing.first_appointed_on, place.standing.needs_exception) == (D(2012, 4, 1), True)
    assert place.standing.why == (
        "8 years in this post, 2 terms. 2 terms are the normal limit: another needs an exceptional justification. "
        "(Governance Code 2016)"
    )


def test_an_executive_has_no_term_limit(trust):
    seated(SeatFactory(board=trust, role="finance"), "2010-04-01", None)

    place = board_of(trust, DAY).places[0]

    assert (place.standing, place.served, place.tenure.ends_on) == (None, "8 years", None)


def test_a_vacancy_counts_from_the_day_after_the_last_holder(trust):
    seat = SeatFactory(board=trust)
    seated(seat, "2010-04-01", "2014-03-31")
    left = seated(seat, "2014-04-01", "2018-03-31")
    leave_seat(left, kind="death", last_on=D(2017, 12, 24), by=None, at=timezone.now(), reason="Told")
    following = seated(seat, "2018-06-01", "2022-05-31")

    place = board_of(trust, DAY).places[0]

    assert (place.tenure, place.vacant_since, place.following) == (None, D(2017, 12, 25), following)


def test_a_seat_nobody_ever_sat_in_is_vacant_since_it_is_there(trust):
    SeatFactory(board=trust, opened_on=D(2018, 1, 1))

    assert board_of(trust, DAY).places[0].vacant_since == D(2018, 1, 1)


@pytest.mark.parametrize(
    ("role", "day", "pay"),
    [
        ("chair", DAY, "£18,621 to £23,600 a year, by the trust’s size"),
        ("ned", DAY, "£6,157 a year"),
        ("chair", D(2022, 4, 1), "£40,000 to £63,300 a year, by the trust’s size"),
        ("ned", D(2022, 4, 1), "£13,000 a year"),
        ("finance", DAY, ""),
    ],
)
def test_a_seat_shows_the_rate_in_force(trust, role, day, pay):
    SeatFactory(board=trust, role=role)

    assert board_of(trust, day).places[0].pay == pay


def test_a_foundation_trust_sets_its_own_pay():
    policies.load()
    own = SeatFactory(board=OrganisationFactory(kind=Organisation.Kind.FOUNDATION_TRUST))

    assert board_of(own.board, DAY).places[0].pay == ""


def test_board_detail_shows_pay_and_time(client: Client, trust):
    sign_in(client, member(Role.TALENT_TEAM))
    SeatFactory(board=trust, days_a_month="2.5")

    html = client.get(f"/trusts/{trust.ods_code}/board/").text

    assert "<br>2.5 days a month<br>£13,000 a year<span" in html


def test_the_composition_counts_seats_and_votes(trust):
    seated(SeatFactory(board=trust, role="chair"), "2016-04-01", "2020-03-31")
    seated(SeatFactory(board=trust), "2016-04-01", "2020-03-31")
    SeatFactory(board=trust)
    seated(SeatFactory(board=trust, role="chief_executive"), "2016-04-01", None)
    seated(SeatFactory(board=trust, role="workforce", voting=False), "2016-04-01", None)
    SeatFactory(board=trust, role="finance", closed_on=D(2018, 3, 31))

    board = board_of(trust, DAY)

    assert [(c.seats, c.filled, c.vacant, c.voting, c.non_voting) for c in board.composition] == [
        (3, 2, 1, 2, 0),
        (2, 2, 0, 1, 1),
        (5, 4, 1, 3, 1),
    ]


def test_a_foundation_trust_stands_under_the_code_that_binds_it():
    policies.load()
    trust = OrganisationFactory(kind=Organisation.Kind.FOUNDATION_TRUST)
    seated(SeatFactory(board=trust), "2016-04-01", "2025-03-31")

    before, after = board_of(trust, DAY), board_of(trust, D(2024, 1, 1))

    assert (before.rule, before.places[0].standing) == (None, None)
    assert (after.rule.name, after.places[0].standing.needs_exception) == ("NHS provider code 2023", True)


def test_a_closed_trust_shows_its_last_day():
    closed = OrganisationFactory(closed_on=D(2018, 4, 1))

    assert day_shown(closed, D(2020, 1, 1)) == DAY
    assert day_shown(closed, D(2017, 1, 1)) == D(2017, 1, 1)


def test_board_detail_takes_the_same_queries_for_one_seat_and_for_nine(
    client: Client, trust, django_assert_num_queries
):
    sign_in(client, member(Role.TALENT_TEAM))
    address = f"/trusts/{trust.ods_code}/board/"
    seated(SeatFactory(board=trust), "2016-04-01", "2030-03-31")
    client.get(address)

    with django_assert_num_queries(21):
        client.get(address)
    for _ in range(8):
        seated(SeatFactory(board=trust), "2016-04-01", "2030-03-31")
    with django_assert_num_queries(21):
        html = client.get(address).text

    assert html.count("<span>Non-executive director<br>£13,000 a year<span") == 9


def test_board_detail_says_who_appoints(client: Client):
    sign_in(client, member(Role.TALENT_TEAM))
    own = OrganisationFactory(kind=Organisation.Kind.FOUNDATION_TRUST)

    html = client.get(f"/trusts/{own.ods_code}/board/").text

    assert "This foundation trust appoints its own chair and non-executive directors." in html
    assert "are appointed nationally" not in html


def test_the_trust_page_leads_insiders_to_the_board(client: Client, trust):
    link = f'href="/trusts/{trust.ods_code}/board/"'
    outside = client.get(f"/trusts/{trust.ods_code}/").text
    sign_in(client, member(Role.TRUST_USER, organisation=trust))

    assert (link in outside, link in client.get(f"/trusts/{trust.ods_code}/").text) == (False, True)
