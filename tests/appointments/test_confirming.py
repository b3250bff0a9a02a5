"""A trust answers for its board once in a half-year; what it says is wrong waits for the talent team."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from appointments import confirming
from appointments.models import BoardConfirmation
from appointments.waiting import boards_said_to_be_wrong, boards_to_confirm
from portal.models import Role
from tests.factories.boards import BoardConfirmationFactory, SeatFactory, seated
from tests.factories.portal import OrganisationFactory, member, sign_in

pytestmark = pytest.mark.django_db

D = dt.date
AT = dt.datetime(2018, 5, 14, 10, tzinfo=dt.UTC)


@pytest.fixture
def trust():
    board = OrganisationFactory()
    seated(SeatFactory(board=board), "2016-04-01", "2100-03-31")
    return board


@pytest.fixture
def secretary(trust):
    return member(Role.TRUST_USER, organisation=trust, is_administrator=True)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (D(2018, 3, 31), D(2017, 10, 1)),
        (D(2018, 4, 1), D(2018, 4, 1)),
        (D(2018, 9, 30), D(2018, 4, 1)),
        (D(2018, 10, 1), D(2018, 10, 1)),
        (D(2018, 12, 31), D(2018, 10, 1)),
        (D(2019, 1, 1), D(2018, 10, 1)),
    ],
)
def test_the_half_of_the_financial_year(day, expected):
    assert confirming.half_of(day) == expected


def test_trusts_owe_that_have_a_board_on_record(trust):
    OrganisationFactory()
    closed = OrganisationFactory(closed_on=D(2018, 4, 1))
    seated(SeatFactory(board=closed), "2016-04-01", "2018-03-31")

    assert list(confirming.owing(at=AT)) == [trust]


def test_a_confirmation_keeps_what_was_shown_and_ends_the_debt(trust, secretary):
    empty = SeatFactory(board=trust)

    given = confirming.confirm_board(trust, by=secretary, at=AT)

    tenure = trust.seats.get(tenures__isnull=False).tenures.get()
    assert (given.half_starts_on, given.confirmed_by, given.wrong) == (D(2018, 4, 1), secretary, "")
    assert given.listed == [
        {"seat": tenure.seat_id, "tenure": tenure.pk},
        {"seat": empty.pk, "tenure": None},
    ]
    assert list(confirming.owing(at=AT)) == []
    assert list(confirming.owing(at=AT + dt.timedelta(days=150))) == [trust]


def test_a_second_answer_in_a_half_year_is_refused(trust, secretary):
    confirming.confirm_board(trust, by=secretary, at=AT)

    with pytest.raises(confirming.ConfirmationRefused, match="already answered"):
        confirming.confirm_board(trust, by=secretary, at=AT, wrong="More")

    assert BoardConfirmation.objects.count() == 1


@pytest.mark.parametrize("is_administrator", [True, False])
def test_nobody_answers_for_another_trust_or_without_looking_after_it(trust, is_administrator):
    organisation = OrganisationFactory() if is_administrator else trust
    other = member(Role.TRUST_USER, organisation=organisation, is_administrator=is_administrator)

    with pytest.raises(PermissionDenied):
        confirming.confirm_board(trust, by=other, at=AT)


def test_board_confirm_asks_for_the_fault(client: Client, trust, secretary):
    sign_in(client, secretary)
    address = f"/trusts/{trust.ods_code}/board/confirm/"

    html = client.post(address, {"right": "no"}).text

    assert "<title>Error: Confirm your board" in html
    assert "Say what is wrong" in html
    assert BoardConfirmation.objects.count() == 0


def test_what_is_wrong_waits_for_the_talent_team_until_it_is_put_right(client: Client, trust, secretary):
    address, staff = f"/trusts/{trust.ods_code}/board/", member(Role.TALENT_TEAM)
    sign_in(client, secretary)
    assert [e.url for e in boards_to_confirm(secretary, timezone.now())] == [f"{address}confirm/"]

    answer = client.post(f"{address}confirm/", {"right": "no", "wrong": "The chair is another."})

    said = BoardConfirmation.objects.get()
    assert (answer.url, said.wrong) == (address, "The chair is another.")
    assert list(boards_to_confirm(secretary, timezone.now())) == []
    assert [(e.url, e.detail) for e in boards_said_to_be_wrong(staff, timezone.now())] == [(address, trust.name)]

    sign_in(client, staff)
    client.post(f"/boards/confirmations/{said.pk}/settle/")

    said.refresh_from_db()
    assert said.settled_by == staff
    assert list(boards_said_to_be_wrong(staff, timezone.now())) == []


def test_only_the_talent_team_settles(trust):
    said = BoardConfirmationFactory(board=trust, wrong="The chair is another.")

    with pytest.raises(PermissionDenied):
        confirming.settle(said, by=member(Role.REGIONAL_LEAD, region=trust.region), at=AT)


def test_what_a_trust_said_is_not_shown_to_a_committee_member_or_a_colleague(client: Client, trust):
    BoardConfirmationFactory(board=trust, wrong="The chair is another.")
    seen = {}
    for role, more in (
        (Role.TALENT_TEAM, {}),
        (Role.REGIONAL_LEAD, {"region": trust.region}),
        (Role.COMMITTEE_MEMBER, {}),
        (Role.TRUST_USER, {"organisation": trust}),
    ):
        sign_in(client, member(role, **more))
        seen[role] = "The chair is another." in client.get(f"/trusts/{trust.ods_code}/board/").text

    assert seen == {
        Role.TALENT_TEAM: True,
        Role.REGIONAL_LEAD: True,
        Role.COMMITTEE_MEMBER: False,
        Role.TRUST_USER: False,
    }
