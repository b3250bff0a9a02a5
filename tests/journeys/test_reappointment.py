"""A term that ends, in the browser: the company secretary proposes, the talent team puts it on an agenda."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from appointments import cases
from appointments.models import AgendaItem, Case, Meeting
from portal.models import Role
from tests.factories.appointments import MeetingFactory, committee_of
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.fitness import fit
from tests.factories.portal import PASSWORD, member
from tests.journeys.browser import Walk
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAY = "Say what should happen to a seat"


def test_a_secretary_proposes_and_the_team_puts_it_on_an_agenda(visitor: Visitor):
    call_command("load_policies", verbosity=0)
    case, meeting = a_case(), MeetingFactory(committee=committee_of(3)[0])
    fit(case.tenure.person, case.seat, on=case.tenure.ends_on + dt.timedelta(days=1))
    secretary = member(Role.TRUST_USER, organisation=case.seat.board, is_administrator=True)
    team = member(Role.TALENT_TEAM)
    walk = visitor()
    walk.signs_in(secretary.email, PASSWORD)
    walk.sees("Your home")

    intends(walk, case)
    proposes(walk, case)
    completes(walk, case)

    colleague = visitor()
    colleague.signs_in(team.email, PASSWORD)
    colleague.sees("Your home")
    finds_it(colleague, case)
    item = puts_it_on_an_agenda(colleague, meeting)
    colleague.goes_to(f"/committees/items/{item.pk}/")
    colleague.sees(item.title)
    colleague.reads("Chairs the quality committee with care.")
    colleague.goes_to("/boards/cases/")
    colleague.sees("Seats that fall vacant")
    colleague.reads("On an agenda")


def a_case() -> Case:
    today = timezone.localdate()
    first, last = today - dt.timedelta(days=1000), today + dt.timedelta(days=80)
    seated(SeatFactory(), first.isoformat(), last.isoformat(), person=somebody("Asha Rao"))
    cases.open_due(at=timezone.now())
    return Case.objects.select_related("seat__board", "tenure__person").get()


def intends(walk: Walk, case: Case) -> None:
    walk.follows(SAY)
    walk.sees(f"{case.seat.title}: the term of Asha Rao")
    walk.reads("Say what should happen to this seat.")
    walk.presses("Say what is intended")
    walk.sees("What should happen to this seat?")
    walk.presses("Save")
    walk.sees("What should happen to this seat?")
    walk.reads("Say why")
    walk.chooses("Reappoint for a further term")
    walk.fills("Why?", "The board asks for continuity.")
    walk.presses("Save")
    walk.sees(f"{case.seat.title}: the term of Asha Rao")


def proposes(walk: Walk, case: Case) -> None:
    walk.presses("Propose it")
    walk.sees("Reappointment: Asha Rao")
    last = case.tenure.ends_on + dt.timedelta(days=900)
    walk.fills_date("Last day of the term", str(last.day), str(last.month), str(last.year))
    walk.fills("Why is this proposed?", "Chairs the quality committee with care.")
    walk.presses("Propose it")
    walk.sees("Reappointment: Asha Rao")
    walk.reads("Not ready for a meeting")


def completes(walk: Walk, case: Case) -> None:
    walk.presses("Complete or change it")
    walk.sees("Reappointment: Asha Rao")
    today = timezone.localdate()
    walk.fills_date("Date of the appraisal", str(today.day), str(today.month), str(today.year))
    walk.chooses("Yes", of="Was the appraisal satisfactory?")
    walk.presses("Save")
    walk.sees("Reappointment: Asha Rao")
    walk.reads("Ready for a meeting.")


def finds_it(walk: Walk, case: Case) -> None:
    walk.act_on(walk.page.get_by_role("link", name="Proposals about boards that are on no agenda"))
    walk.sees("Proposals about boards")
    walk.act_on(walk.page.get_by_role("link", name=f"Asha Rao, {case.seat}"))
    walk.sees("Reappointment: Asha Rao")


def puts_it_on_an_agenda(walk: Walk, meeting: Meeting) -> AgendaItem:
    walk.presses("Put it on an agenda")
    walk.sees("Put it on an agenda")
    walk.selects("Meeting", str(meeting))
    walk.presses("Put it on the agenda")
    walk.sees("Reappointment: Asha Rao")
    walk.reads(f"On the agenda of {meeting}.")
    return AgendaItem.objects.get()
