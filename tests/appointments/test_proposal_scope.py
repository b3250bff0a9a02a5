"""Who sees which proposals and cases: every door about them begins with `visible_to`."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from appointments.models import Case, Proposal
from portal.models import Organisation, Role, User
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory, RegionFactory, UserFactory, member
from tests.factories.proposals import proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust():
    return OrganisationFactory()


def readers(trust: Organisation) -> dict[str, User]:
    administrator = {"organisation": trust, "is_administrator": True}
    return {
        "talent team": member(Role.TALENT_TEAM),
        "talent team, administrator": member(Role.TALENT_TEAM, is_administrator=True),
        "regional lead": member(Role.REGIONAL_LEAD, region=trust.region),
        "own administrator": member(Role.TRUST_USER, **administrator),
        "lead elsewhere": member(Role.REGIONAL_LEAD, region=RegionFactory()),
        "other administrator": member(Role.TRUST_USER, is_administrator=True),
        "trust user": member(Role.TRUST_USER, organisation=trust),
        "member": member(Role.COMMITTEE_MEMBER),
        "nobody": UserFactory(),
    }


SEES = {
    "talent team",
    "talent team, administrator",
    "regional lead",
    "own administrator",
}


def test_who_sees_a_proposal_and_a_case(trust: Organisation):
    tenure = seated(SeatFactory(board=trust), "2015-04-01", "2018-03-31")
    proposed(tenure)
    Case.objects.create(seat=tenure.seat, tenure=tenure, horizon=6, opened_at=timezone.now())
    people = readers(trust)

    assert {who for who, user in people.items() if Proposal.objects.visible_to(user).exists()} == SEES
    assert {who for who, user in people.items() if Case.objects.visible_to(user).exists()} == SEES
    assert list(Proposal.objects.visible_to(AnonymousUser())) == []


@pytest.mark.parametrize("is_administrator", [False, True])
def test_nobody_sees_what_is_proposed_about_themselves(trust: Organisation, is_administrator: bool):
    user = member(Role.TALENT_TEAM, is_administrator=is_administrator)
    person = somebody()
    person.user = user
    person.save()
    tenure = seated(SeatFactory(board=trust), "2015-04-01", "2018-03-31", person=person)
    proposed(tenure, by=member(Role.TALENT_TEAM))
    Case.objects.create(seat=tenure.seat, tenure=tenure, horizon=6, opened_at=timezone.now())

    assert (list(Proposal.objects.visible_to(user)), list(Case.objects.visible_to(user))) == ([], [])


def test_a_trust_learns_of_a_termination_once_it_is_decided(trust: Organisation):
    tenure = seated(SeatFactory(board=trust), "2015-04-01", "2018-03-31")
    proposal = proposed(tenure, kind="termination", ground="Absence", last_on="2017-10-31")
    secretary = member(Role.TRUST_USER, organisation=trust, is_administrator=True)

    before = list(Proposal.objects.visible_to(secretary))
    Proposal.objects.update(settled_at=timezone.now())

    assert (before, list(Proposal.objects.visible_to(secretary))) == ([], [proposal])
