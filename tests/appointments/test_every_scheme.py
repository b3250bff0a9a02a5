"""Every scheme of the demonstration, walked by an application to a cohort or a placement, and to what came of it."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from appointments.agenda import add_applications
from appointments.decisions import record_decision
from programmes import demo_talent_schemes
from programmes.demo_schemes import next_director
from programmes.models import Cohort, Intake, Scheme
from programmes.opening import questions_of
from talent.applying import answer_offer, save_section, start_application, submit, unfinished
from talent.cohort_keeping import name_helpers, take_in_intake
from talent.models import Application, ParticipationOutcome, State
from talent.participating import record_outcome
from talent.placing import begin_placement
from talent.workflow import Actor, move
from tests.appointments.conftest import Sitting
from tests.factories.portal import OrganisationFactory, RegionFactory, UserFactory
from tests.factories.talent import AttachmentFactory, good_answers

pytestmark = pytest.mark.django_db
SCHEMES = {said["slug"]: demo_talent_schemes.fields(said) for said in demo_talent_schemes.written()} | {
    "next-director": next_director()
}
NOW = timezone.now()
# What every application of a talent scheme goes through, in order.
STAGES = ["submit", "begin_sift", "pass_sift", "invite", "recommend", "approve", "offer", "accept"]
OUTCOME = {"aspiring-chief-executives": "chief_executive", "aspirant-executive-nurse": "nurse_director"}


@pytest.fixture(params=sorted(SCHEMES))
def scheme(request: Any, db: None) -> Scheme:
    scheme = Scheme(**SCHEMES[request.param])
    scheme.full_clean()
    scheme.save()
    return scheme


def an_intake(scheme: Scheme) -> Intake:
    intake = Intake.objects.create(
        scheme=scheme,
        name="Walked",
        places=14,
        opens_at=NOW - dt.timedelta(days=5),
        closes_at=NOW + dt.timedelta(days=5),
    )
    intake.regions.add(RegionFactory())
    intake.question_set = questions_of(intake, at=NOW)
    intake.save()
    return intake


def answered(scheme: Scheme, application: Application) -> None:
    """Every section with good answers: NExT Director's own, and words for the questions of the others."""
    good, user = good_answers(), application.person.user
    if scheme.slug == "next-director":
        AttachmentFactory(application=application)
    for section in application.question_set.questions.sections:
        values = (
            good[section.key] if scheme.slug == "next-director" else {q.key: "What I did." for q in section.questions}
        )
        save_section(application, section, values, base_revision=0, complete=True, by=user, at=NOW)


def accepted(scheme: Scheme, sitting: Sitting) -> Application:
    intake, user = an_intake(scheme), UserFactory()
    asked = True if scheme.positive_action else None
    region = intake.regions.get()
    application = start_application(intake, region=region, by=user, at=NOW, under_represented=asked)
    answered(scheme, application)
    assert unfinished(application) == []
    submit(application, by=user, at=NOW)
    for name, reason in (("begin_sift", ""), ("pass_sift", ""), ("invite", ""), ("recommend", "The strongest.")):
        move(application, name, by=sitting.secretary, actor=Actor.STAFF, at=NOW, reason=reason)
    application.refresh_from_db()
    (item,) = add_applications(sitting.meeting, [application], by=sitting.secretary, at=NOW)
    record_decision(
        item, outcome="approved", votes=sitting.all_for, reason="Agreed.", by=sitting.secretary, at=timezone.now()
    )
    return answer_offer(application, accept=True, by=user, at=NOW)


def test_there_are_nine_schemes_and_the_board_placements():
    assert len(SCHEMES) == 10


def test_an_application_goes_through_every_stage_to_what_the_scheme_gives(scheme: Scheme, sitting: Sitting):
    application = accepted(scheme, sitting)
    steps = list(application.events.order_by("pk").values_list("transition", flat=True))

    assert (steps, application.state) == (STAGES, State.ACCEPTED)
    if scheme.outcome == "placement":
        begun = begin_placement(
            application,
            host=OrganisationFactory(region=application.region),
            mentor_name="Morgan Reed",
            starts_on=dt.date(2017, 9, 1),
            ends_on=dt.date(2018, 8, 31),
            objectives="Learn.",
            by=sitting.secretary,
            at=NOW,
        )
        assert begun.application.state == State.PLACED
        return
    cohort = Cohort.objects.create(
        scheme=scheme, intake=application.intake, name="Walked", starts_on=NOW.date() - dt.timedelta(days=90)
    )
    today = timezone.localdate(NOW)
    assert take_in_intake(cohort, joined_on=today, by=sitting.secretary, at=NOW) == 1
    joined = cohort.participations.get()
    joined = name_helpers(
        joined,
        sponsor_name="Imelda Applegarth",
        mentor_name="Piers Dunwoody",
        joined_on=today,
        by=sitting.secretary,
        at=NOW,
    )
    kind = OUTCOME.get(scheme.slug, "promoted")
    for each in ("completed", kind):
        record_outcome(joined, kind=each, happened_on=today, by=sitting.secretary, at=NOW)
    assert (joined.person, joined.sponsor_name, joined.mentor_name) == (
        application.person,
        "Imelda Applegarth",
        "Piers Dunwoody",
    )
    assert list(ParticipationOutcome.objects.values_list("kind", flat=True)) == ["completed", kind]
