"""Pay that no decision set: entered with its source, the newest entry standing; and its page."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from appointments import policies
from appointments.models import Proposal, Seat, Tenure, TenureEvent
from appointments.pay import pay_of_board
from appointments.paying import PayRefused, record_pay
from appointments.proposing import propose
from portal.models import Role, User
from tests.factories.boards import SeatFactory, seated
from tests.factories.portal import member, sign_in
from tests.factories.proposals import decided
from tests.factories.talent import PersonFactory

pytestmark = pytest.mark.django_db

D = dt.date
REPORT = "Annual report of 2016/17."


def an_executive(role: str = Seat.Role.FINANCE, **more: Any) -> Tenure:
    return seated(SeatFactory(role=role), "2016-04-01", None, **more)


def paid(tenure: Tenure, by: User | None = None, **given: Any) -> TenureEvent:
    facts = {"pounds": 120_000, "from_on": tenure.starts_on, "reason": REPORT} | given
    return record_pay(tenure, by=by or member(Role.TALENT_TEAM), at=timezone.now(), **facts)


def pounds_on(tenure: Tenure, day: dt.date) -> tuple[int | None, bool]:
    [line] = pay_of_board(tenure.seat.board, day).lines
    return line.pounds, line.is_decided


def test_the_newest_entry_that_holds_on_the_day_stands():
    tenure = an_executive()
    paid(tenure)
    paid(tenure, pounds=125_000, from_on=D(2017, 4, 1))
    paid(tenure, pounds=126_000, from_on=D(2017, 4, 1), reason="The report was misread.")

    assert [pounds_on(tenure, day) for day in (D(2016, 4, 1), D(2017, 3, 31), D(2017, 4, 1))] == [
        (120_000, False),
        (120_000, False),
        (126_000, False),
    ]
    first = tenure.events.filter(kind="paid").earliest("pk")
    assert (first.facts, first.reason) == ({"pounds": 120_000, "from_on": "2016-04-01"}, REPORT)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": " "}, "Say where this figure comes from."),
        ({"pounds": 0}, "Enter the pay of a year in pounds."),
        ({"from_on": D(2016, 3, 31)}, "The pay must begin on a day on which they sit in the seat."),
        ({"from_on": D(2100, 1, 1)}, "Pay that is still to come is proposed, not recorded."),
    ],
)
def test_entries_that_cannot_be(given: dict[str, Any], said: str):
    tenure = an_executive()

    with pytest.raises(PayRefused) as refused:
        paid(tenure, **given)

    assert str(refused.value) == said
    assert tenure.events.filter(kind="paid").count() == 0


def test_what_the_committee_decided_is_not_entered_over():
    policies.load()
    tenure = an_executive()
    paid(tenure)
    facts = {"person": tenure.person, "tenure": tenure, "starts_on": D(2018, 1, 1), "remuneration": 130_000}
    said = {"by": member(Role.TALENT_TEAM), "at": timezone.now(), "reason": "After a year."}
    decided(propose(kind=Proposal.Kind.REMUNERATION, seat=tenure.seat, **facts, **said))

    with pytest.raises(PayRefused, match="The committee decided this pay"):
        paid(tenure)

    assert [pounds_on(tenure, day) for day in (D(2017, 12, 31), D(2018, 1, 1))] == [(120_000, False), (130_000, True)]


def test_who_may_enter_pay():
    team = member(Role.TALENT_TEAM)
    own, non_executive = (
        an_executive(person=PersonFactory(user=team)),
        seated(SeatFactory(), "2016-04-01", "2100-03-31"),
    )
    trusts = member(Role.TRUST_USER, organisation=own.seat.board, is_administrator=True)

    for tenure, by in ((own, team), (own, trusts), (non_executive, team), (an_executive(), member(Role.REGIONAL_LEAD))):
        with pytest.raises(PermissionDenied):
            paid(tenure, by)

    assert TenureEvent.objects.filter(kind="paid").count() == 0


def test_the_team_enters_pay_from_the_boards_page(client: Client):
    tenure = an_executive()
    sign_in(client, member(Role.TALENT_TEAM))
    board, address = f"/trusts/{tenure.seat.board.ods_code}/board/pay/", f"/boards/tenures/{tenure.pk}/pay/"
    first = {"from_on_day": "1", "from_on_month": "4", "from_on_year": "2016"}

    offered = address in client.get(board).text
    wrong = client.post(address, {**first, "pounds": "120000", "from_on_year": "2015", "reason": REPORT})
    done = client.post(address, {**first, "pounds": "120000", "reason": REPORT})

    assert (offered, set(wrong.context["form"].errors), done.url) == (True, {"from_on"}, board)
    assert "£120,000" in client.get(board).text


def test_pay_is_not_told_to_who_is_not_shown_the_boards(client: Client):
    tenure = an_executive()
    paid(tenure)
    address = f"/boards/tenures/{tenure.pk}/"

    seen = []
    for role, scope in ((Role.TALENT_TEAM, {}), (Role.TRUST_USER, {"organisation": tenure.seat.board})):
        sign_in(client, member(role, **scope))
        seen.append("£120,000 a year from 1 April 2016." in client.get(address).text)

    assert seen == [True, False]
