"""The equality report prepared, published and read, and a board member's own answers: axe looks at each page."""

import pytest

from portal.models import Role
from tests.factories.boards import SeatFactory, seated
from tests.factories.equality import TITLE, a_published_year
from tests.factories.portal import PASSWORD, UserFactory, member
from tests.factories.talent import PersonFactory
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_team_publishes_and_reads_the_report(visitor: Visitor):
    team = member(Role.TALENT_TEAM)
    a_published_year(team)

    walk = visitor()
    walk.signs_in(team.email, PASSWORD)
    walk.sees("Your home")
    walk.goes_to("/equality-report/")
    walk.sees("Equality reports")
    walk.follows("2017-18")
    walk.sees("Equality report 2017-18")
    walk.reads(TITLE)
    walk.goes_to("/equality-report/2017-18/publish/")
    walk.sees("There is nothing to publish for 2017-18")
    walk.goes_to("/equality-report/2018-19/")
    walk.sees("Equality report 2018-19")
    walk.follows("Publish what has closed")
    walk.sees("Publish the equality figures of 2018-19?")
    walk.presses("Publish")
    walk.sees("Equality report 2018-19")
    walk.reads("About to be published.")

    pdf = walk.page.request.get(f"{walk.server}/equality-report/2017-18/pdf/")
    assert (pdf.status, pdf.headers["content-type"]) == (200, "application/pdf")


def test_a_board_member_answers_and_deletes(visitor: Visitor):
    user = UserFactory(full_name="Ada Holt")
    seated(SeatFactory(role="finance"), "2024-01-01", None, person=PersonFactory(user=user))

    walk = visitor()
    walk.signs_in(user.email, PASSWORD)
    walk.sees("Your home")
    walk.goes_to("/your-equality-answers/")
    walk.sees("Equality questions for board members")
    walk.page.get_by_role("radio").first.check()
    walk.presses("Save answers")
    walk.sees("Your home")
    walk.reads("Thank you. Your equality answers are locked away.")
    walk.goes_to("/your-equality-answers/")
    walk.follows("Delete your answers")
    walk.sees("Delete your equality answers?")
    walk.presses("Delete my answers")
    walk.sees("Your home")
    walk.reads("Your equality answers are deleted.")
