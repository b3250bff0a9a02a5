"""Committee day: a member declares and votes, the secretariat records, the applicant accepts, a placement begins."""

import pytest

from appointments.models import AgendaItem, Decision
from portal.models import Role
from talent.models import Placement, State
from tests.factories.appointments import AgendaItemFactory, MeetingFactory, committee_of
from tests.factories.portal import PASSWORD, OrganisationFactory, member
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import ApplicationFactory, filled
from tests.journeys.browser import Walk
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_declaration_to_placement(visitor: Visitor):
    committee, (chair, *_) = committee_of(3)
    meeting, intake = MeetingFactory(committee=committee), IntakeFactory(closed=True)
    known, candidate = [
        AgendaItemFactory(
            meeting=meeting, application=filled(ApplicationFactory(intake=intake, state=State.RECOMMENDED))
        )
        for _ in range(2)
    ]

    declare_and_vote(visitor(), chair.email, known, candidate)
    assert list(AgendaItem.objects.visible_to(chair)) == [candidate]
    record(visitor(), candidate)
    assert Decision.objects.get().outcome == Decision.Outcome.APPROVED
    accept(visitor(), candidate)

    begin_placement(visitor(), candidate)
    placement = Placement.objects.get()
    assert (placement.application.state, placement.mentor_name) == (State.PLACED, "Honor Fairweather")
    assert placement.reviews.count() == 4


def declare_and_vote(walk: Walk, email: str, known: AgendaItem, candidate: AgendaItem) -> None:
    walk.signs_in(email, PASSWORD)
    walk.sees("Your home")
    walk.goes_to(f"/committees/meetings/{candidate.meeting_id}/")
    walk.reads("Before you can read the papers")
    walk.follows("Declare interests, or that you have none")
    walk.sees("Declare your interests")
    walk.chooses("I have an interest", of=known.title)
    walk.page.locator(f"[name=kind_{known.pk}]").select_option("personal")
    walk.chooses("I have no interest", of=candidate.title)
    walk.presses("Declare")
    walk.reads("Agenda")
    walk.reads_not(known.title)
    walk.follows(f"Read the paper: {candidate.title}")
    walk.sees(candidate.title)
    walk.chooses("For")
    walk.presses("Vote")
    walk.reads("You voted:")


def record(walk: Walk, item: AgendaItem) -> None:
    secretary = member(Role.TALENT_TEAM)
    walk.signs_in(secretary.email, PASSWORD)
    walk.sees("Your home")
    walk.goes_to(f"/committees/meetings/{item.meeting_id}/")
    walk.follows(f"Record decision on {item.title}")
    walk.sees("Record the decision")
    for seat in item.meeting.committee.seats.filter(role="member"):
        walk.chooses("For", of=str(seat.user))
    walk.chooses("Approved", of="Outcome")
    walk.fills("Reason", "Ready for a placement now.")
    walk.presses("Continue")
    walk.sees("Check the decision before you record it")
    walk.presses("Record the decision")
    walk.reads("Approved")


def accept(walk: Walk, item: AgendaItem) -> None:
    application = item.application
    assert application is not None
    walk.signs_in(application.person.email, PASSWORD)
    walk.sees("Your home")
    walk.goes_to(f"/applications/{application.reference}/")
    walk.sees("You have an offer")
    walk.presses("Read and answer your offer")
    walk.sees("Your offer")
    walk.presses("Accept the offer")
    walk.sees("Accept the offer?")
    walk.presses("Yes, accept")
    walk.sees("Offer accepted")


def begin_placement(walk: Walk, item: AgendaItem) -> None:
    application = item.application
    assert application is not None
    host = OrganisationFactory(region=application.region)
    walk.signs_in(member(Role.TALENT_TEAM).email, PASSWORD)
    walk.sees("Your home")
    walk.follows("Placements")
    walk.sees("Placements")
    walk.follows(f"Begin a placement for {application.person.full_name}")
    walk.sees("Begin a placement")
    walk.page.get_by_label("Host trust").select_option(value=str(host.pk))
    walk.fills("Mentor’s name", "Honor Fairweather")
    walk.fills_date("First day", "1", "4", "2027")
    walk.presses("Begin the placement")
    walk.sees(f"at {host.name}")
