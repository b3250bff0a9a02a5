"""Two at one case in one moment: it is opened once, and proposed once."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from appointments import cases
from appointments.models import Case, CaseEvent, Proposal
from portal.models import Role
from tests.appointments.test_concurrency import at_once, kinds
from tests.factories.boards import SeatFactory, seated
from tests.factories.portal import member
from tests.factories.proposals import renewal_facts

pytestmark = pytest.mark.django_db(transaction=True)
AT = dt.datetime(2017, 6, 1, 3, tzinfo=dt.UTC)


def test_two_rounds_open_each_case_once():
    for _ in range(3):
        seated(SeatFactory(), "2014-04-01", "2018-03-31")

    opened = at_once(*[lambda: cases.open_due(at=AT)] * 2)

    assert sorted(opened) == [0, 3]
    assert (Case.objects.count(), CaseEvent.objects.count()) == (3, 3)


def test_two_proposals_of_one_case_are_one():
    call_command("load_policies", verbosity=0)
    team, tenure = member(Role.TALENT_TEAM), seated(SeatFactory(), "2014-04-01", "2018-03-31")
    cases.open_due(at=AT)
    case = cases.intend(Case.objects.get(), "reappoint", by=team, at=AT, reason="A good term.")
    facts = {n: v for n, v in renewal_facts(tenure).items() if n != "tenure"}

    def proposing() -> Proposal:
        return cases.propose_renewal(case, by=team, at=timezone.now(), reason="A good term.", **facts)

    assert kinds(at_once(proposing, proposing)) == ["Proposal", "ProposalRefused"]
    assert case.events.filter(kind="proposed").count() == 1


def test_two_intentions_are_kept_one_after_the_other():
    team = member(Role.TALENT_TEAM)
    seated(SeatFactory(), "2014-04-01", "2018-03-31")
    cases.open_due(at=AT)
    case = Case.objects.get()

    at_once(
        lambda: cases.intend(case, "reappoint", by=team, at=AT, reason="A good term."),
        lambda: cases.intend(case, "recruit", by=team, at=AT, reason="Wants to leave."),
    )

    case.refresh_from_db()
    assert case.events.filter(kind="intended").last().detail == case.get_intent_display()
    assert case.events.filter(kind="intended").count() == 2
