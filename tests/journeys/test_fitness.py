"""A check made, waived and signed for, an executive proposed and an interim added: axe looks at each page."""

import datetime as dt

import pytest
from django.utils import timezone

from appointments import frameworks, pay_policies
from appointments.self_declaring import ask_declaration
from portal.models import Role
from tests.factories.boards import SeatFactory, seated
from tests.factories.fitness import a_set
from tests.factories.portal import PASSWORD, UserFactory, member
from tests.factories.talent import PersonFactory
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_checks_are_recorded_waived_and_signed(visitor: Visitor):
    frameworks.load()
    pay_policies.load()
    lead = member(Role.TALENT_TEAM, is_administrator=True)
    person = PersonFactory(user=UserFactory(full_name="Ada Holt"))
    seat = SeatFactory(role="finance")
    seated(seat, "2024-01-01", None, person=person)
    check_set = a_set(person, seat, on=timezone.localdate())
    ask_declaration(check_set, by=lead, at=timezone.now())
    until = timezone.localdate() + dt.timedelta(days=30)

    walk = visitor()
    walk.signs_in(lead.email, PASSWORD)
    walk.sees("Your home")
    walk.goes_to("/checks/")
    walk.sees("Fit and proper checks")
    walk.follows("Ada Holt")
    walk.sees("Checks of Ada Holt")
    walk.goes_to(f"/checks/{check_set.pk}/dbs/waive/")
    walk.sees("Waive: Disclosure and Barring Service")
    walk.fills_date("Until when may it stay open?", str(until.day), str(until.month), str(until.year))
    walk.fills("Reason", "The certificate is on its way.")
    walk.presses("Waive this check")
    walk.sees("Checks of Ada Holt")
    for path, heading in (
        (f"/checks/{check_set.pk}/identity/record/", "Identity"),
        (f"/checks/{check_set.pk}/identity/evidence/", "Add a file: Identity"),
        (f"/trusts/{seat.board.ods_code}/board/", "The board"),
        (f"/trusts/{seat.board.ods_code}/board/pay/", "Pay of executive directors"),
        (f"/boards/seats/{seat.pk}/executive/", "Propose an executive"),
        ("/boards/off-payroll/", "Off-payroll office holders"),
        ("/interims/", "Interim executives"),
        ("/interims/new/", "Add somebody who has consented"),
    ):
        walk.goes_to(path)
        walk.sees(heading)

    signer = visitor()
    signer.signs_in(person.user.email, PASSWORD)
    signer.sees("Your home")
    signer.goes_to("/checks/own/")
    signer.sees("Your fit and proper checks")
    signer.presses("Declare and sign")
    signer.sees("Your declaration")
    signer.chooses("None of these")
    signer.fills("Sign with your full name", "Ada Holt")
    signer.presses("Sign and send")
    signer.sees("Your fit and proper checks")

    kinds = list(check_set.checks.values_list("kind", "result")), list(check_set.waivers.values_list("kind", "until"))
    assert kinds == ([("self_declaration", "clear")], [("dbs", until)])
