"""A reviewer's way: out of one application by a conflict of interest, through another with scores and evidence."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.models import Role
from talent.models import ConflictPolicy, DeclaredInterest, Review, State
from tests.factories.portal import PASSWORD, member
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import ApplicationFactory, filled
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_conflict_and_a_review(visitor: Visitor):
    reviewer, team, intake = member(Role.REVIEWER), member(Role.TALENT_TEAM), IntakeFactory(closed=True)
    known, unknown = [
        Review.objects.create(
            application=filled(ApplicationFactory(intake=intake, state=State.REVIEW)),
            reviewer=reviewer,
            assigned_at=timezone.now(),
            assigned_by=team,
        )
        for _ in range(2)
    ]
    ConflictPolicy.objects.get_or_create(in_force_from=dt.date(2017, 1, 1), look_back_months=24)
    walk = visitor()
    walk.signs_in(reviewer.email, PASSWORD)
    walk.sees("Your home")
    walk.goes_to("/reviews/")
    walk.sees("Your reviews")

    walk.follows(known.application.pseudonym)
    walk.sees("Is there a conflict of interest?")
    walk.chooses("Same employer, now or in the last 2 years")
    walk.presses("Continue")
    walk.sees("Your reviews")
    walk.reads_not(known.application.pseudonym)

    walk.follows(unknown.application.pseudonym)
    walk.sees("Is there a conflict of interest?")
    walk.chooses("No conflict that I know of")
    walk.presses("Continue")
    walk.sees(f"Review {unknown.application.pseudonym}")
    for criterion in unknown.application.question_set.questions.rubric:
        walk.chooses("3", of=f"Score for {criterion.label}")
        walk.fills(f"Evidence for {criterion.label}", "A clear example with a result that lasted.")
    walk.chooses("Invite to interview")
    walk.fills("Your reasons in a few sentences", "Strong throughout; ask about money at interview.")
    walk.presses("Save and continue")
    walk.sees(f"Send your review of {unknown.application.pseudonym}?")
    walk.presses("Send the review")
    walk.sees("Your reviews")

    assert [(i.user, i.application) for i in DeclaredInterest.objects.all()] == [(reviewer, known.application)]
    sent = Review.objects.counted().get()
    assert (sent.application, sent.recommendation) == (unknown.application, Review.Recommendation.INTERVIEW)
    assert [score.points for score in sent.scores.all()] == [3, 3, 3, 3]
