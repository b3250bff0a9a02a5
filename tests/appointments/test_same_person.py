"""Nobody votes on, checks, proposes or plans about themselves, whichever of their records it is about."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from appointments.agenda import add_applications, add_proposals
from appointments.conflicts import conflicted_members, detect
from appointments.models import AgendaItem, CheckSet, Proposal
from appointments.policies import load
from appointments.proposing import ProposalRefused, propose
from appointments.succeeding import name_successor
from portal.models import Role, User
from talent.models import Person, State
from tests.appointments.conftest import Sitting
from tests.factories.boards import SeatFactory, seated
from tests.factories.portal import OrganisationFactory, member
from tests.factories.proposals import proposed_new, renewal_facts
from tests.factories.talent import ApplicationFactory, PersonFactory, PoolMembershipFactory, PostHeldFactory

pytestmark = pytest.mark.django_db


def merged_with(user: User, *, up: bool = True) -> Person:
    """Another record of whoever signs in as `user`: the one theirs was merged into, or one merged into theirs."""
    own, other = PersonFactory(user=user), PersonFactory(user=None, full_name="Ada Achebe")
    kept, gone = (other, own) if up else (own, other)
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    return Person.objects.get(pk=other.pk)


def about(person: Person, kind: str, sitting: Sitting) -> AgendaItem:
    said = {"by": sitting.secretary, "at": timezone.now()}
    if kind == "proposal":
        load()
        proposal = proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", person=person)
        [item] = add_proposals(sitting.meeting, [proposal], **said)
    else:
        application = ApplicationFactory(person=person, state=State.RECOMMENDED)
        [item] = add_applications(sitting.meeting, [application], **said)
    return item


@pytest.mark.parametrize("up", [True, False])
@pytest.mark.parametrize("kind", ["application", "proposal"])
def test_a_member_takes_no_part_in_an_item_about_another_record_of_theirs(sitting: Sitting, kind: str, up: bool):
    item = about(merged_with(sitting.ann, up=up), kind, sitting)

    listed = [item in AgendaItem.objects.listed_for(user) for user in (sitting.ann, sitting.ben)]
    out = conflicted_members(item, [sitting.ann.pk, sitting.ben.pk])
    detect(sitting.meeting, at=timezone.now())

    rows = (item.proposal.interests if item.proposal else item.application.interests).values_list("user", "kind")
    assert (listed, out) == ([False, True], {sitting.ann.pk})
    assert list(rows) == [(sitting.ann.pk, "personal")]


def test_an_employer_that_only_a_merged_record_of_the_member_names_is_found(sitting: Sitting):
    PostHeldFactory(person=merged_with(sitting.ann, up=False), employer="Quillfeather Housing")
    applicant = PersonFactory()
    PostHeldFactory(person=applicant, employer="Quillfeather Housing")
    item = about(applicant, "application", sitting)

    detect(sitting.meeting, at=timezone.now())

    assert list(item.application.interests.values_list("user", "kind")) == [(sitting.ann.pk, "employer")]


@pytest.mark.parametrize("up", [True, False])
def test_checks_proposals_and_plans_about_another_record_of_ones_own_are_a_colleagues(up: bool):
    call_command("load_policies", verbosity=0)
    staff, colleague = member(Role.TALENT_TEAM), member(Role.TALENT_TEAM)
    person = merged_with(staff, up=up)
    PoolMembershipFactory(person=person)
    tenure = seated(SeatFactory(board=OrganisationFactory()), "2015-04-01", "2018-03-31", person=person)
    proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", person=person)
    said = {"at": timezone.now(), "reason": "A good first term."}

    with pytest.raises(ProposalRefused, match="Nobody proposes themselves"):
        propose(
            kind=Proposal.Kind.REAPPOINTMENT, seat=tenure.seat, person=person, by=staff, **said, **renewal_facts(tenure)
        )
    with pytest.raises(PermissionDenied):
        name_successor(SeatFactory(), person, readiness="now", by=staff, **said)

    assert [CheckSet.objects.visible_to(user).count() for user in (staff, colleague)] == [0, 1]
    assert [Proposal.objects.visible_to(user).count() for user in (staff, colleague)] == [0, 1]
