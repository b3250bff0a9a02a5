"""Executives: pay against range and cap, moves that leave the old seat, acting-up, off-payroll; and their pages."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from appointments import frameworks, pay_policies, policies
from appointments.models import Appointment, PayBenchmark, Proposal, Seat
from appointments.pay import cap_on, pay_of_board, range_of
from appointments.proposing import obstacles, propose
from portal.models import Role
from talent.models import Person
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.fitness import fit_for
from tests.factories.portal import OrganisationFactory, StandingFactory, member, sign_in
from tests.factories.proposals import decided

pytestmark = pytest.mark.django_db

D = dt.date
FIRST = D(2018, 2, 1)


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    policies.load()
    frameworks.load()
    pay_policies.load()


def executive_seat(role: str = Seat.Role.CHIEF_EXECUTIVE, **more: Any) -> Seat:
    """In a trust that turns over 300 million a year."""
    seat = SeatFactory(role=role, **more)
    if not seat.board.standings.exists():
        StandingFactory(organisation=seat.board, turnover_millions=300)
    return seat


def a_range(role: str = Seat.Role.CHIEF_EXECUTIVE, **more: Any) -> PayBenchmark:
    facts = {"turnover_from": 200, "turnover_below": 400, "lower": 120_000, "median": 130_000, "upper": 140_000}
    return PayBenchmark.objects.create(role=role, in_force_from=D(2017, 4, 1), source="A test", **facts | more)


def proposed(seat: Seat, person: Person | None = None, **facts: Any) -> Proposal:
    said = {"by": member(Role.TALENT_TEAM), "at": timezone.now(), "reason": "The board asked for it."}
    facts = {"starts_on": FIRST, "remuneration": 130_000} | facts
    kind = Proposal.Kind.EXECUTIVE_MOVE
    return fit_for(propose(kind=kind, seat=seat, person=person or somebody("Nadia Okoro"), **said, **facts))


def said_of(proposal: Proposal) -> list[str]:
    return list(obstacles(proposal, day=FIRST))


def test_the_cap_follows_the_day():
    assert [str(cap_on(day)) for day in (D(2015, 6, 1), D(2017, 12, 31), D(2018, 1, 1))] == [
        "None",
        "£142,500",
        "£150,000",
    ]
    assert pay_policies.load() == 0


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, []),
        (
            {"remuneration": 155_000},
            [
                "£155,000 is above the cap of £150,000 (HM Treasury, guidance for approval of senior pay "
                "(January 2018)). Name the authority that allows it."
            ],
        ),
        (
            {"remuneration": 145_000},
            [
                "£145,000 is above the range of the post (£120,000 to £140,000, median £130,000). "
                "Name the authority that allows it."
            ],
        ),
        ({"remuneration": 155_000, "authority": "Minister’s letter of 3 January 2018"}, []),
        ({"remuneration": None}, ["Give the pay, or explain why the post is filled off the payroll."]),
        (
            {
                "remuneration": None,
                "off_payroll": True,
                "off_payroll_reason": "A day rate for three months.",
                "ends_on": D(2018, 7, 31),
            },
            [],
        ),
        ({"acting": True}, ["Give the last day of the acting-up."]),
        ({"acting": True, "ends_on": D(2018, 7, 31)}, []),
        (
            {"off_payroll": True},
            ["Explain why the post is filled off the payroll.", "An off-payroll appointment has a last day."],
        ),
        ({"off_payroll": True, "off_payroll_reason": "Cover at short notice.", "ends_on": D(2018, 7, 31)}, []),
    ],
)
def test_what_keeps_an_executive_from_an_agenda(facts: dict[str, Any], said: list[str]):
    a_range()

    assert said_of(proposed(executive_seat(), **facts)) == said


def test_the_range_is_that_of_the_post_the_size_and_the_day():
    seat = executive_seat()
    mine = a_range()
    a_range(turnover_from=0, turnover_below=200)
    a_range(role=Seat.Role.FINANCE)

    assert (range_of(seat, FIRST), range_of(seat, D(2017, 3, 31))) == (mine, None)
    assert range_of(SeatFactory(role=Seat.Role.CHIEF_EXECUTIVE), FIRST) is None


def test_nobody_holds_two_posts_unless_they_act_up():
    old, seat = executive_seat(Seat.Role.FINANCE), executive_seat()
    sits = seated(old, "2016-04-01", None)

    two, acting, moves = (
        proposed(seat, sits.person, **facts)
        for facts in ({}, {"acting": True, "ends_on": D(2018, 7, 31)}, {"tenure": sits})
    )

    assert said_of(two) == [f"{sits.person} sits as {old}. Say that they leave that seat, or that they act up."]
    assert (said_of(acting), said_of(moves)) == ([], [])


def test_a_move_ends_the_old_seat_the_day_before():
    sits, seat = seated(executive_seat(Seat.Role.FINANCE), "2016-04-01", None), executive_seat()

    decided(proposed(seat, sits.person, tenure=sits))

    sits.refresh_from_db()
    assert (sits.end_kind, sits.ends_on) == ("move", D(2018, 1, 31))
    [new] = seat.tenures.all()
    assert (new.starts_on, new.ends_on, new.acting) == (FIRST, None, False)
    assert [row.tenure for row in Appointment.objects.all()] == [new]


def test_acting_up_leaves_the_old_seat_as_it_is():
    sits, seat = seated(executive_seat(Seat.Role.FINANCE), "2016-04-01", None), executive_seat()

    decided(proposed(seat, sits.person, acting=True, ends_on=D(2018, 7, 31)))

    sits.refresh_from_db()
    [acting] = seat.tenures.all()
    assert (sits.end_kind, acting.acting, acting.ends_on) == ("", True, D(2018, 7, 31))


def test_the_boards_pay_is_the_newest_that_was_decided():
    a_range()
    seat = executive_seat()
    decided(proposed(seat, starts_on=D(2017, 6, 1), remuneration=125_000))
    tenure = seat.tenures.get()
    said = {"by": member(Role.TALENT_TEAM), "at": timezone.now(), "reason": "After a year."}
    raised = {"starts_on": D(2018, 6, 1), "remuneration": 145_000, "authority": "The region’s director, 4 May 2018"}
    kind = Proposal.Kind.REMUNERATION
    decided(propose(kind=kind, seat=seat, person=tenure.person, tenure=tenure, **said, **raised))

    before, after = (pay_of_board(seat.board, day).lines for day in (D(2018, 5, 31), D(2018, 6, 1)))

    assert [(line.pounds, line.against) for line in before] == [(125_000, "Within the range")]
    assert [(line.pounds, line.against) for line in after] == [(145_000, "Above the range")]


def test_board_pay_runs_the_same_queries_for_one_and_three(client: Client, django_assert_num_queries):
    sign_in(client, member(Role.TALENT_TEAM))
    board = OrganisationFactory()
    roles, counts = (Seat.Role.CHIEF_EXECUTIVE, Seat.Role.FINANCE, Seat.Role.MEDICAL), []
    for some in (roles[:1], roles[1:]):
        for role in some:
            seated(executive_seat(role, board=board), "2016-04-01", None)
        client.get(f"/trusts/{board.ods_code}/board/pay/")
        with django_assert_num_queries(15):
            page = client.get(f"/trusts/{board.ods_code}/board/pay/").text
        counts.append(page.count("Pay not on record"))

    assert counts == [1, 3]


def test_an_executive_is_proposed_after_the_page_that_says_what_follows(client: Client):
    team = sign_in(client, member(Role.TALENT_TEAM))
    seat = executive_seat()
    sits = seated(executive_seat(Seat.Role.FINANCE, board=seat.board), "2016-04-01", None)
    address = f"/boards/seats/{seat.pk}/executive/"
    given = {"holder": sits.pk, "starts_on": "2030-02-01", "remuneration": "130000", "reason": "Best of the field."}

    shown = client.post(address, given)
    before = Proposal.objects.count()
    done = client.post(address, given | {"confirm": "yes"})

    proposal = Proposal.objects.get()
    assert (shown.templates[0].name, before) == ("appointments/executive_confirm.html", 0)
    assert done.url == f"/trusts/{seat.board.ods_code}/board/"
    assert (proposal.kind, proposal.person, proposal.tenure, proposal.made_by) == (
        "executive_move",
        sits.person,
        sits,
        team,
    )


def test_off_payroll_list_says_who_and_why(client: Client):
    sign_in(client, member(Role.TALENT_TEAM))
    why = {"off_payroll": True, "off_payroll_reason": "Cover at short notice.", "ends_on": D(2100, 7, 31)}
    decided(proposed(executive_seat(), **why))
    decided(proposed(executive_seat(), somebody("Ben Okoro")))

    html = client.get("/boards/off-payroll/").text

    assert [name in html for name in ("Nadia Okoro", "Cover at short notice.", "Ben Okoro")] == [True, True, False]
