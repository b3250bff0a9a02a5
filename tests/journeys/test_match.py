"""The talent team's way from a vacant seat to the people who match: printed, two side by side, one named to follow."""

import pytest
from pypdf import PdfReader

from appointments import policies
from appointments.models import Seat, Successor
from portal.models import Role
from tests.factories.boards import SeatFactory
from tests.factories.portal import PASSWORD, member
from tests.factories.search import findable, index_all
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_match_is_explained_compared_and_somebody_is_named(visitor: Visitor):
    policies.load()
    seat = SeatFactory(role=Seat.Role.NED, designation="audit_chair", days_a_month=None)
    for name in ("Ada Example", "Ben Example"):
        findable(full_name=name, region=seat.board.region, posts=("Finance director, chair of the audit committee",))
    index_all()
    walk = visitor()
    walk.signs_in(member(Role.TALENT_TEAM).email, PASSWORD)
    walk.sees("Your home")

    walk.goes_to(f"/talent/match/seat/{seat.pk}/")
    walk.sees(f"People for: {seat.title}")
    walk.reads("Met by")
    walk.reads("Not found:")
    with walk.page.expect_download() as paper:
        walk.page.get_by_role("link", name="Print for the committee (PDF)").click()
    text = "".join(page.extract_text() for page in PdfReader(paper.value.path()).pages)
    assert [words in text for words in ("Ada Example", "Ben Example", "Not found")] == [True, True, True]
    walk.chooses("Compare Ada Example")
    walk.chooses("Compare Ben Example")
    walk.presses("Compare two side by side")
    walk.sees("Two people side by side")
    walk.follows("All people")
    walk.follows("Name as successor : Ada Example")
    walk.sees(f"Name Ada Example for {seat}")
    walk.chooses("Ready now")
    walk.fills("What speaks for it, and what is still needed", "Chaired audit for six years.")
    walk.presses("Name as successor")
    walk.sees("Succession: chief executive")
    walk.goes_to("/succession/board/")
    walk.sees("National")

    assert [str(one.person) for one in Successor.objects.standing()] == ["Ada Example"]
