"""The talent team's way: from the sift through reviewers, scores and interview to a recommendation."""

import pytest

from portal.models import Role
from programmes.models import Intake
from talent.models import Application, Review, State
from tests.factories.portal import PASSWORD, member
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import ApplicationFactory, filled
from tests.journeys.browser import Walk
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_sift_to_recommendation(visitor: Visitor):
    intake = IntakeFactory(closed=True)
    application = filled(ApplicationFactory(intake=intake, state=State.SUBMITTED))
    readers = [member(Role.REVIEWER) for _ in range(3)]
    walk = visitor()
    walk.signs_in(member(Role.TALENT_TEAM).email, PASSWORD)
    walk.sees("Your home")

    sift(walk, application)
    share_out(walk, intake)
    assert Review.objects.filter(application=application, reviewer__in=readers).count() == 2
    look_at_scores(walk, intake)
    interview(walk, application)

    application.refresh_from_db()
    assert application.state == State.RECOMMENDED


def open_candidate(walk: Walk, application: Application) -> None:
    walk.goes_to(f"/talent/candidates/{application.reference}/")
    walk.sees(application.person.full_name)


def step(walk: Walk, application: Application, label: str, reason: str = "") -> None:
    open_candidate(walk, application)
    walk.follows(label)
    walk.sees(f"{label}?")
    if reason:
        walk.fills("Reason", reason)
    walk.presses(label)
    walk.sees(application.person.full_name)


def sift(walk: Walk, application: Application) -> None:
    walk.goes_to("/talent/candidates/")
    walk.sees("Candidates")
    walk.goes_to(f"/talent/intakes/{application.intake_id}/sift/")
    walk.sees("Sift")
    step(walk, application, "Begin sift")
    walk.follows("Essential criteria: not yet found on")
    walk.sees("Essential criteria")
    walk.chooses("Yes")
    walk.presses("Save the finding")
    step(walk, application, "Send to review")


def share_out(walk: Walk, intake: Intake) -> None:
    walk.goes_to(f"/talent/intakes/{intake.pk}/assignment/")
    walk.sees("Share out reviews")
    walk.presses("Make a plan")
    walk.reads("Who would review what")
    walk.sees("Share out reviews")
    walk.presses("Apply the plan")


def look_at_scores(walk: Walk, intake: Intake) -> None:
    walk.goes_to(f"/talent/intakes/{intake.pk}/scores/")
    walk.sees("Scores")


def interview(walk: Walk, application: Application) -> None:
    step(walk, application, "Invite to interview")
    step(walk, application, "Recommend to committee", reason="The panel was unanimous.")
