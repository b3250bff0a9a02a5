"""The award's transition table whole: every state x every step x every actor."""

import pytest
from django.utils import timezone

from portal.models import Role
from talent.models import Application, State
from talent.workflow import AWARD_TRACK, Actor, MoveRefused, move
from tests.factories.awards import shared_form
from tests.factories.portal import member

NOW = timezone.now()

# from, step, by, to, reason wanted, letter: every cell that is allowed; all others are refused.
ALLOWED = """
draft        submit           applicant  submitted     -       application_submitted
draft        withdraw         applicant  withdrawn     -       application_withdrawn
draft        lapse_draft      system     lapsed        reason  application_draft_lapsed
submitted    begin_sift       staff      sift          -       -
submitted    withdraw         applicant  withdrawn     -       application_withdrawn
sift         pass_sift        staff      review        -       -
sift         fail_sift        staff      unsuccessful  reason  application_unsuccessful
sift         withdraw         applicant  withdrawn     -       application_withdrawn
review       shortlist        staff      shortlisted   reason  -
review       not_shortlisted  staff      unsuccessful  reason  application_unsuccessful
review       withdraw         applicant  withdrawn     -       application_withdrawn
shortlisted  invite           staff      interview     -       award_interview
shortlisted  not_awarded      staff      unsuccessful  reason  application_unsuccessful
shortlisted  withdraw         applicant  withdrawn     -       application_withdrawn
interview    award            staff      awarded       reason  award_won
interview    not_awarded      staff      unsuccessful  reason  application_unsuccessful
interview    withdraw         applicant  withdrawn     -       application_withdrawn
"""
CELLS = [tuple("" if word == "-" else word for word in line.split()) for line in ALLOWED.strip().splitlines()]
STEPS = [step.name for step in AWARD_TRACK]


def test_the_table_is_the_one_written_out_here():
    table = [
        (state, step.name, actor, step.target, "reason" if step.needs_reason else "", step.message)
        for step in AWARD_TRACK
        for state in step.sources
        for actor in step.actors
    ]

    assert sorted(table) == sorted(CELLS)


@pytest.mark.django_db
def test_every_state_every_step_every_actor():
    staff, moved = member(Role.TALENT_TEAM), []
    form = shared_form(submitted_at=NOW)

    for state, step, actor in [(state, step, actor) for state in State for step in STEPS for actor in Actor]:
        Application.objects.filter(pk=form.pk).update(state=state)
        by = {"applicant": form.partner.user, "system": None}.get(actor, staff)
        try:
            row = move(form, step, by=by, actor=actor, at=NOW, reason="The panel agreed")
        except MoveRefused:
            assert Application.objects.get(pk=form.pk).state == state
        else:
            moved.append((state, step, actor, row.state))

    assert sorted(moved) == sorted(cell[:4] for cell in CELLS)
