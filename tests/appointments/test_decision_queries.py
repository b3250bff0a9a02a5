"""What recording a decision costs: so many queries, and no more for a long history or a large committee."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appointments import frameworks
from appointments.agenda import add_proposals
from appointments.decisions import record_decision
from appointments.models import Proposal
from appointments.policies import load
from portal.models import Role
from tests.factories.appointments import MeetingFactory, committee_of
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory, member
from tests.factories.proposals import decided, proposed, proposed_new

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rules(db: None) -> None:
    load()
    frameworks.load()


def queries_for(proposal: Proposal, *, members: int) -> int:
    """Of the act alone; savepoints are no queries."""
    meeting, clerk = MeetingFactory(committee=committee_of(members)[0]), member(Role.TALENT_TEAM)
    [item] = add_proposals(meeting, [proposal], by=clerk, at=timezone.now())
    votes = dict.fromkeys(meeting.seats(timezone.now()).values_list("user", flat=True), "for")
    with CaptureQueriesContext(connection) as made:
        record_decision(item, outcome="approved", votes=votes, reason="Agreed.", by=clerk, at=timezone.now())
    return sum("SAVEPOINT" not in query["sql"] for query in made)


@pytest.mark.parametrize("members", [2, 6])
def test_a_new_appointment(members: int):
    proposal = proposed_new(SeatFactory(), "2018-01-01", "2020-12-31")

    assert queries_for(proposal, members=members) == 42


@pytest.mark.parametrize("terms", [0, 3])
def test_a_reappointment_after_any_number_of_terms(terms: int):
    """The terms that stand are looked at together: each decided before adds no query."""
    board, person = OrganisationFactory(), somebody("Nadia Okoro")
    for number in range(terms):
        first = dt.date(2017, 1, 1).replace(year=2017 + number)
        last = first.replace(month=12, day=31)
        seat = SeatFactory(board=board, role="chair")
        decided(proposed_new(seat, first.isoformat(), last.isoformat(), person=person, exceptional="A merger."))
    tenure = seated(SeatFactory(board=board), "2017-01-01", "2019-12-31", person=person)

    assert queries_for(proposed(tenure), members=3) == (42 if terms == 0 else 44)
