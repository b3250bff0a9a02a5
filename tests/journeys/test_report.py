"""Letters go, the report changes: a decision is recorded in the browser and the year's figure is one more."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from appointments.agenda import add_proposals
from appointments.models import AgendaItem, Appointment, Letter
from appointments.years import ReportingYear
from portal import outbox
from portal.models import Role
from tests.factories.appointments import MeetingFactory, committee_of
from tests.factories.boards import SeatFactory, somebody
from tests.factories.portal import PASSWORD, member
from tests.factories.proposals import proposed_new
from tests.journeys.browser import Walk
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIGURE = "Appointments of chairs and non-executive directors to NHS trusts"


def test_a_decision_raises_the_reports_figure_by_one(visitor: Visitor):
    call_command("load_policies", verbosity=0)
    item = proposed_chair()
    walk, year = visitor(), ReportingYear.of(timezone.localdate())

    walk.signs_in(member(Role.TALENT_TEAM).email, PASSWORD)
    walk.sees("Your home")
    assert figure(walk, year) == "0"
    record(walk, item)
    assert figure(walk, year) == "1"

    while outbox.run_next(at=timezone.now()):
        pass
    assert Letter.objects.get().decision.item == item
    finds_it(walk, item)
    takes_it_back(walk)
    assert figure(walk, year) == "0"


def proposed_chair() -> AgendaItem:
    secretary, (committee, _) = member(Role.TALENT_TEAM), committee_of(3)
    proposal = proposed_new(
        SeatFactory(role="chair"), "2018-01-01", "2020-12-31", person=somebody("Nadia Okoro"), remuneration=18_621
    )
    meeting = MeetingFactory(committee=committee)
    return add_proposals(meeting, [proposal], by=secretary, at=timezone.now())[0]


def figure(walk: Walk, year: ReportingYear) -> str:
    """What the published report says, opened anew."""
    walk.goes_to(f"/year-end-report/{year}/")
    walk.sees(f"Year-end report {year}")
    return walk.page.get_by_role("row", name=FIGURE).get_by_role("cell").nth(1).inner_text().strip()


def record(walk: Walk, item: AgendaItem) -> None:
    walk.goes_to(f"/committees/meetings/{item.meeting_id}/")
    walk.follows(f"Record decision on {item.title}")
    walk.sees("Record the decision")
    for seat in item.meeting.committee.seats.all():
        walk.chooses("For", of=str(seat.user))
    walk.chooses("Approved", of="Outcome")
    walk.fills("Reason", "The panel’s first choice from an open field.")
    walk.presses("Continue")
    walk.sees("Check the decision before you record it")
    walk.presses("Record the decision")
    walk.reads("Approved")


def finds_it(walk: Walk, item: AgendaItem) -> None:
    """From the figure to its rows, to the one appointment and its letter."""
    walk.goes_to(f"/year-end-report/{ReportingYear.of(timezone.localdate())}/")
    walk.follows(FIGURE)
    walk.sees("Register of appointments")
    walk.reads("1 appointment, the latest decision first")
    walk.follows("Nadia Okoro")
    walk.sees("Nadia Okoro, Chair")
    walk.reads("The letter to Nadia Okoro (PDF)")


def takes_it_back(walk: Walk) -> None:
    walk.follows("Take the appointment back")
    walk.sees("Take back Nadia Okoro’s appointment")
    walk.presses("Continue")
    walk.sees("Take back Nadia Okoro’s appointment")
    walk.reads("Say why it is taken back")
    walk.fills("Why?", "Withdrew before the first day.")
    walk.presses("Continue")
    walk.sees("Check before you take it back")
    walk.presses("Take it back")
    walk.sees("Nadia Okoro, Chair")
    walk.reads("This appointment was taken back.")
    assert Appointment.objects.standing().count() == 0
