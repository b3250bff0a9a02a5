"""The five stages: who came how far in schemes and campaigns alike, and when nobody can come further."""

import pytest

from programmes.models import Intake
from talent import stages
from talent.models import Application, State
from tests.factories.programmes import IntakeFactory, SchemeFactory
from tests.factories.talent import ApplicationEventFactory, ApplicationFactory

pytestmark = pytest.mark.django_db


def went(intake: Intake, *states: str) -> Application:
    application = ApplicationFactory(intake=intake, state=states[-1])
    for state in states:
        ApplicationEventFactory(application=application, to_state=state)
    return application


def counts(*intakes: Intake) -> list[int]:
    return [len(members) for _, members in stages.reached(intakes)]


def test_whoever_came_to_a_stage_counts_there_for_good(django_assert_num_queries):
    intake = IntakeFactory(closed=True)
    went(intake, "submitted", "sift", "unsuccessful")
    went(intake, "submitted", "sift", "review", "interview", "withdrawn")
    went(intake, "submitted", "sift", "review", "interview", "recommended", "approved", "offered", "accepted", "placed")

    with django_assert_num_queries(1):
        assert counts(intake) == [3, 2, 2, 1, 1]


def test_a_campaigns_stages_are_the_same_five():
    intake = IntakeFactory(closed=True, scheme=SchemeFactory(track="campaign"))
    went(intake, "submitted", "unsuccessful")
    went(intake, "submitted", "longlisted", "sift", "shortlisted", "interview", "appointable", "reserve", "lapsed")
    went(intake, "submitted", "longlisted", "sift", "shortlisted", "interview", "appointable", "advised", "completed")

    assert counts(intake) == [3, 2, 2, 2, 1]


def test_each_stage_lies_within_the_one_before():
    intake = IntakeFactory(closed=True)
    went(intake, "interview")  # brought in from elsewhere, without the steps before

    assert counts(intake) == [1, 1, 1, 0, 0]


SCHEME_OPEN = {"submitted", "sift", "review", "interview", "recommended", "approved", "offered"}
CAMPAIGN_ONLY = {"longlisted", "shortlisted", "appointable", "reserve", "advised", "accepted"}


@pytest.mark.parametrize("state", State.values)
def test_when_a_schemes_stages_are_settled(state: str):
    intake = IntakeFactory(closed=True)
    ApplicationFactory(intake=intake, state=state)

    assert stages.are_settled([intake]) is (state not in SCHEME_OPEN | CAMPAIGN_ONLY - {"accepted"})


@pytest.mark.parametrize("state", State.values)
def test_when_a_campaigns_stages_are_settled(state: str):
    intake = IntakeFactory(closed=True, scheme=SchemeFactory(track="campaign"))
    ApplicationFactory(intake=intake, state=state)

    assert stages.are_settled([intake]) is (state not in SCHEME_OPEN | CAMPAIGN_ONLY | {"placed"})
