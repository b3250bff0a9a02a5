"""The campaign's transition table whole: every state x every step x every actor."""

import pytest
from django.utils import timezone

from portal.models import Role
from programmes.models import Scheme
from talent.models import Application, State
from talent.models.application import APPLICANT_LABELS
from talent.workflow import CAMPAIGN_TRACK, Actor, MoveRefused, move
from tests.factories.portal import member
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import ApplicationFactory

NOW = timezone.now()

# from, step, by, to, reason wanted, letter: every cell that is allowed; all others are refused.
ALLOWED = """
draft            submit           applicant  submitted        -       application_submitted
draft            withdraw         applicant  withdrawn        -       application_withdrawn
draft            lapse_draft      system     lapsed           reason  application_draft_lapsed
submitted        longlist         panel      longlisted       -       -
submitted        not_longlisted   panel      unsuccessful     reason  application_unsuccessful
submitted        cancel_campaign  panel      lapsed           reason  application_campaign_cancelled
submitted        withdraw         applicant  withdrawn        -       application_withdrawn
longlisted       begin_sift       panel      sift             -       -
longlisted       cancel_campaign  panel      lapsed           reason  application_campaign_cancelled
longlisted       withdraw         applicant  withdrawn        -       application_withdrawn
sift             shortlist        panel      shortlisted      -       -
sift             not_shortlisted  panel      unsuccessful     reason  application_unsuccessful
sift             cancel_campaign  panel      lapsed           reason  application_campaign_cancelled
sift             withdraw         applicant  withdrawn        -       application_withdrawn
shortlisted      invite           panel      interview        -       application_interview
shortlisted      cancel_campaign  panel      lapsed           reason  application_campaign_cancelled
shortlisted      withdraw         applicant  withdrawn        -       application_withdrawn
interview        appointable      panel      appointable      reason  -
interview        not_appointable  panel      not_appointable  reason  application_unsuccessful
interview        cancel_campaign  panel      lapsed           reason  application_campaign_cancelled
interview        withdraw         applicant  withdrawn        -       application_withdrawn
appointable      hold_reserve     panel      reserve          -       application_reserve
appointable      recommend        panel      recommended      reason  -
appointable      put_to_trust     panel      advised          reason  -
appointable      not_chosen       panel      unsuccessful     reason  application_unsuccessful
appointable      cancel_campaign  panel      lapsed           reason  application_campaign_cancelled
appointable      withdraw         applicant  withdrawn        -       application_withdrawn
reserve          lapse_reserve    system     lapsed           reason  application_reserve_lapsed
reserve          recommend        panel      recommended      reason  -
reserve          put_to_trust     panel      advised          reason  -
reserve          cancel_campaign  panel      lapsed           reason  application_campaign_cancelled
reserve          withdraw         applicant  withdrawn        -       application_withdrawn
advised          not_chosen       panel      unsuccessful     reason  application_unsuccessful
advised          chosen_by_trust  panel      completed        reason  -
advised          cancel_campaign  panel      lapsed           reason  application_campaign_cancelled
advised          withdraw         applicant  withdrawn        -       application_withdrawn
recommended      take_back        panel      appointable      reason  -
recommended      approve          committee  approved         reason  -
recommended      not_approved     committee  unsuccessful     reason  application_unsuccessful
recommended      withdraw         applicant  withdrawn        -       application_withdrawn
approved         offer            staff      offered          -       application_offered
approved         offer            committee  offered          -       application_offered
approved         withdraw         applicant  withdrawn        -       application_withdrawn
offered          accept           applicant  accepted         -       application_accepted
offered          decline          applicant  declined         -       application_declined
offered          lapse_offer      staff      lapsed           reason  application_offer_lapsed
offered          lapse_offer      system     lapsed           reason  application_offer_lapsed
offered          withdraw         applicant  withdrawn        -       application_withdrawn
accepted         appoint          panel      appointed        reason  -
accepted         appoint          committee  appointed        reason  -
accepted         withdraw         applicant  withdrawn        -       application_withdrawn
"""
CELLS = [tuple("" if word == "-" else word for word in line.split()) for line in ALLOWED.strip().splitlines()]
STEPS = [step.name for step in CAMPAIGN_TRACK]


def test_the_table_is_the_one_written_out_here():
    table = [
        (state, step.name, actor, step.target, "reason" if step.needs_reason else "", step.message)
        for step in CAMPAIGN_TRACK
        for state in step.sources
        for actor in step.actors
    ]

    assert sorted(table) == sorted(CELLS)


@pytest.mark.django_db
def test_every_state_every_step_every_actor():
    staff, moved = member(Role.TALENT_TEAM), []
    intake = IntakeFactory(scheme__track=Scheme.Track.CAMPAIGN)
    row = ApplicationFactory(intake=intake, state=State.SUBMITTED)
    movers = {Actor.APPLICANT: row.person.user, Actor.SYSTEM: None}

    for state in State:
        for step in STEPS:
            for actor in Actor:
                Application.objects.filter(pk=row.pk).update(state=state)
                try:
                    done = move(row, step, by=movers.get(actor, staff), actor=actor, at=NOW, reason="Heard")
                except MoveRefused:
                    assert Application.objects.get(pk=row.pk).state == state
                else:
                    moved.append((state, step, actor, done.state))

    assert sorted(moved) == sorted(cell[:4] for cell in CELLS)


def test_every_state_has_words_for_the_applicant():
    assert sorted(APPLICANT_LABELS) == sorted(State)
    assert APPLICANT_LABELS[State.APPOINTABLE] == APPLICANT_LABELS[State.RECOMMENDED]
    assert APPLICANT_LABELS[State.NOT_APPOINTABLE] == APPLICANT_LABELS[State.UNSUCCESSFUL]
