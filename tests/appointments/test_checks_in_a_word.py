"""Trusts and the committee are told one word on somebody's checks: which one is open is for who makes them."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments.appointing import AppointingRefused, enact
from appointments.checking import record_result
from appointments.models import Case, Decision, Proposal
from portal.models import Role, User
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.fitness import fit
from tests.factories.portal import member, sign_in
from tests.factories.proposals import proposed

pytestmark = pytest.mark.django_db

WORD, NAMED = "Fit and proper checks are open.", "References (concern)"


@pytest.fixture
def case(db: None) -> Case:
    """A further term is proposed, and a reference has raised a concern."""
    call_command("load_policies", verbosity=0)
    tenure = seated(SeatFactory(), "2014-01-01", "2017-12-31", person=somebody("Nadia Okoro"))
    proposal = proposed(tenure, fit=False)
    checks = fit(tenure.person, tenure.seat, on=dt.date(2018, 1, 1))
    said = {"done_on": timezone.localdate(), "by": member(Role.TALENT_TEAM), "at": timezone.now()}
    record_result(checks, "references", "concern", reason="Judged by the lead.", **said)
    facts = {"intent": Case.Intent.REAPPOINT, "horizon": 3, "opened_at": timezone.now()}
    return Case.objects.create(seat=tenure.seat, tenure=tenure, proposal=proposal, **facts)


def told(client: Client, user: User, name: str, pk: int) -> tuple[bool, bool]:
    """Whether the page says the word, and whether it names the check."""
    sign_in(client, user)
    page = client.get(reverse(name, args=[pk])).content.decode()
    return WORD in page, NAMED in page


@pytest.mark.parametrize(("name", "which"), [("proposal_detail", "proposal_id"), ("case_detail", "pk")])
def test_the_trust_is_told_the_word_and_the_team_which_check(client: Client, case: Case, name: str, which: str):
    trust = member(Role.TRUST_USER, organisation=case.seat.board, is_administrator=True)
    address = f"appointments:{name}", getattr(case, which)

    assert told(client, trust, *address) == (True, False)
    assert told(client, member(Role.TALENT_TEAM), *address) == (False, True)


def test_whoever_chairs_a_round_is_told_the_word_as_well(case: Case):
    proposal = Proposal.objects.select_related("person", "seat__board").get(pk=case.proposal_id)
    said = {}
    for role in (Role.COMMITTEE_MEMBER, Role.TALENT_TEAM):
        with pytest.raises(AppointingRefused) as refused:
            enact(proposal, Decision(number=1), by=member(role), at=timezone.now())
        said[role] = str(refused.value)

    assert said[Role.COMMITTEE_MEMBER] == "Fit and proper checks of Nadia Okoro are open."
    assert NAMED in said[Role.TALENT_TEAM]
