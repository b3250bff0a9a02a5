"""The scheme's transition table whole, and an application driven through it at random and from two sides at once."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from portal.models import Job, Membership, Role, User
from talent.models import Application, ApplicationEvent, State
from talent.models.application import FINAL
from talent.workflow import SCHEME_TRACK, Actor, MoveRefused, move, transition, transitions_from
from tests.factories.portal import member
from tests.factories.talent import AdjustmentFactory, ApplicationFactory, DeclaredInterestFactory

NOW = timezone.now()
REASON = "Read by two of us"

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
review       invite           staff      interview     -       application_interview
review       not_shortlisted  staff      unsuccessful  reason  application_unsuccessful
review       withdraw         applicant  withdrawn     -       application_withdrawn
interview    recommend        staff      recommended   reason  -
interview    not_recommended  staff      unsuccessful  reason  application_unsuccessful
interview    withdraw         applicant  withdrawn     -       application_withdrawn
recommended  approve          committee  approved      reason  -
recommended  not_approved     committee  unsuccessful  reason  application_unsuccessful
recommended  withdraw         applicant  withdrawn     -       application_withdrawn
approved     offer            staff      offered       -       application_offered
approved     offer            committee  offered       -       application_offered
approved     withdraw         applicant  withdrawn     -       application_withdrawn
offered      accept           applicant  accepted      -       application_accepted
offered      decline          applicant  declined      -       application_declined
offered      lapse_offer      staff      lapsed        reason  application_offer_lapsed
offered      lapse_offer      system     lapsed        reason  application_offer_lapsed
offered      withdraw         applicant  withdrawn     -       application_withdrawn
accepted     place            staff      placed        -       application_placed
accepted     withdraw         applicant  withdrawn     -       application_withdrawn
placed       complete         staff      completed     reason  -
"""
CELLS = [tuple("" if word == "-" else word for word in line.split()) for line in ALLOWED.strip().splitlines()]
STEPS = [step.name for step in SCHEME_TRACK]
EVERY_CELL = [(state, step, actor) for state in State for step in STEPS for actor in Actor]


def in_state(state: str, **kwargs: Any) -> Application:
    return ApplicationFactory(state=state, submitted_at=NOW, **kwargs)


def mover(actor: str, application: Application, staff: User) -> User | None:
    return {"applicant": application.person.user, "system": None}.get(actor, staff)


def test_the_table_is_the_one_written_out_here():
    table = [
        (state, step.name, actor, step.target, "reason" if step.needs_reason else "", step.message)
        for step in SCHEME_TRACK
        for state in step.sources
        for actor in step.actors
    ]

    assert sorted(table) == sorted(CELLS)


@pytest.mark.django_db
def test_every_state_every_step_every_actor():
    staff, moved = member(Role.TALENT_TEAM), []
    applications = {state: in_state(state) for state in State}

    for state, step, actor in EVERY_CELL:
        Application.objects.filter(pk=applications[state].pk).update(state=state)
        try:
            row = move(
                applications[state],
                step,
                by=mover(actor, applications[state], staff),
                actor=actor,
                at=NOW,
                reason=REASON,
            )
        except MoveRefused:
            assert Application.objects.get(pk=applications[state].pk).state == state
        else:
            moved.append((state, step, actor, row.state))

    assert len(EVERY_CELL) == 23 * 18 * 5
    assert sorted(moved) == sorted(cell[:4] for cell in CELLS)


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
def test_what_is_offered_is_what_the_table_allows(state: State):
    application = in_state(state)

    for actor in Actor:
        offered = [step.name for step in transitions_from(application, actor=actor)]
        assert sorted(offered) == sorted(cell[1] for cell in CELLS if cell[0] == state and cell[2] == actor)


@pytest.mark.django_db
@pytest.mark.parametrize("cell", CELLS, ids=" ".join)
def test_a_move_writes_state_event_and_letter(cell: tuple[str, ...]):
    state, step, actor, target, _, letter = cell
    application, staff = in_state(state), member(Role.TALENT_TEAM)
    by = mover(actor, application, staff)

    move(application, step, by=by, actor=Actor(actor), at=NOW, reason=f" {REASON} ")

    event = ApplicationEvent.objects.get()
    assert (event.from_state, event.to_state, event.transition) == (state, target, step)
    assert (event.by, event.at, event.reason) == (by, NOW, REASON)
    assert Application.objects.values_list("state", "state_since").get() == (target, NOW)
    jobs = [(job.kind, job.payload) for job in Job.objects.all()]
    assert jobs == ([("talent.tell_applicant", {"event": event.pk})] if letter else [])


@pytest.mark.django_db
@pytest.mark.parametrize("cell", [c for c in CELLS if c[4]], ids=" ".join)
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_no_reason_no_move(cell: tuple[str, ...], reason: str):
    application, staff = in_state(cell[0]), member(Role.TALENT_TEAM)

    with pytest.raises(MoveRefused, match="Give the reason"):
        move(application, cell[1], by=mover(cell[2], application, staff), actor=Actor(cell[2]), at=NOW, reason=reason)

    assert ApplicationEvent.objects.count() == 0


@pytest.mark.django_db
def test_a_step_that_the_track_does_not_have_is_no_step():
    with pytest.raises(KeyError):
        transition("scheme", "promote")


def staff_who_may_not(application: Application) -> list[User | None]:
    conflicted = member(Role.TALENT_TEAM)
    DeclaredInterestFactory(user=conflicted, application=application)
    own = application.person.user
    Membership.objects.create(
        user=own, organisation=conflicted.memberships.get().organisation, role=Role.TALENT_TEAM, started_at=NOW
    )
    gone = member(Role.TALENT_TEAM, ended_at=NOW - dt.timedelta(days=1))
    return [None, conflicted, own, gone, member(Role.REGIONAL_LEAD), member(Role.REVIEWER), member(Role.TRUST_USER)]


@pytest.mark.django_db
def test_staff_never_move_their_own_nor_in_conflict_nor_outside_their_region():
    application = in_state(State.SIFT)

    for by in staff_who_may_not(application):
        with pytest.raises(MoveRefused, match="not yours"):
            move(application, "pass_sift", by=by, actor=Actor.STAFF, at=NOW)

    assert Application.objects.get().state == State.SIFT


@pytest.mark.django_db
def test_a_regional_lead_moves_within_the_region():
    application = in_state(State.SIFT)
    lead = member(Role.REGIONAL_LEAD, region=application.region)

    assert move(application, "pass_sift", by=lead, actor=Actor.STAFF, at=NOW).state == State.REVIEW


@pytest.mark.django_db
def test_nobody_withdraws_for_somebody_else():
    with pytest.raises(MoveRefused):
        move(in_state(State.SIFT), "withdraw", by=member(Role.TALENT_TEAM), actor=Actor.APPLICANT, at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "step"), [(State.SIFT, "fail_sift"), (State.REVIEW, "not_shortlisted")])
@pytest.mark.parametrize(
    ("asked", "meets", "offers", "refused"),
    [
        (True, True, True, True),
        (False, True, True, False),
        (True, False, True, False),
        (True, None, True, False),
        (True, True, False, False),
        (None, True, True, False),
    ],
)
def test_a_guaranteed_interview_cannot_be_refused(
    state: State, step: str, asked: bool | None, meets: bool | None, offers: bool, refused: bool
):
    application = in_state(state, meets_essentials=meets)
    application.intake.scheme.guaranteed_interview = offers
    application.intake.scheme.save()
    if asked is not None:
        AdjustmentFactory(application=application, guaranteed_interview=asked)
    by = member(Role.TALENT_TEAM)

    if refused:
        with pytest.raises(MoveRefused, match="guaranteed interview"):
            move(application, step, by=by, actor=Actor.STAFF, at=NOW, reason=REASON)
    else:
        assert move(application, step, by=by, actor=Actor.STAFF, at=NOW, reason=REASON).state == State.UNSUCCESSFUL


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_move():
    application, staff = in_state(State.SIFT), [member(Role.TALENT_TEAM) for _ in range(4)]
    start, answers = threading.Barrier(len(staff)), []

    def try_it(by: User, step: str) -> None:
        try:
            start.wait()
            answers.append(move(application, step, by=by, actor=Actor.STAFF, at=NOW, reason=REASON).state)
        except MoveRefused:
            answers.append("refused")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=try_it, args=(by, step))
        for by, step in zip(staff, ["pass_sift", "fail_sift", "pass_sift", "fail_sift"], strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    state = Application.objects.get().state
    assert sorted(answers) == sorted([state, "refused", "refused", "refused"])
    assert list(ApplicationEvent.objects.values_list("to_state", flat=True)) == [state]


class Life(RuleBasedStateMachine):
    """One application, moved by anybody, anyhow: what the table promises holds after each try."""

    @initialize()
    def begin(self) -> None:
        self.application = in_state(State.DRAFT)
        self.staff = member(Role.TALENT_TEAM)
        self.moves: list[tuple[str, str]] = []

    @rule(step=st.sampled_from(STEPS), actor=st.sampled_from(Actor), reason=st.sampled_from(["", REASON]))
    def try_a_step(self, step: str, actor: Actor, reason: str) -> None:
        before = Application.objects.get(pk=self.application.pk).state
        by = mover(actor, self.application, self.staff)
        cell = next((c for c in CELLS if c[:3] == (before, step, actor) and (reason or not c[4])), None)
        try:
            moved = move(self.application, step, by=by, actor=actor, at=NOW, reason=reason)
        except MoveRefused:
            assert cell is None
        else:
            assert cell is not None
            assert moved.state == cell[3]
            self.moves.append((before, moved.state))

    @rule(data=st.data())
    def take_an_allowed_step(self, data: st.DataObject) -> None:
        before = Application.objects.get(pk=self.application.pk).state
        cells = [c for c in CELLS if c[0] == before]
        if not cells:
            assert before in FINAL
            return
        _, step, actor, target, *_ = data.draw(st.sampled_from(cells))
        by = mover(actor, self.application, self.staff)
        assert move(self.application, step, by=by, actor=Actor(actor), at=NOW, reason=REASON).state == target
        self.moves.append((before, target))

    @invariant()
    def each_move_is_one_event_and_the_last_one_is_the_state(self) -> None:
        events = list(
            ApplicationEvent.objects.filter(application=self.application).values_list("from_state", "to_state")
        )
        state = Application.objects.get(pk=self.application.pk).state
        assert events == self.moves
        assert state == (events[-1][1] if events else State.DRAFT)
        assert [f for f, _ in events[1:]] == [t for _, t in events[:-1]]
        assert not {f for f, _ in events} & FINAL

    @invariant()
    def each_letter_has_its_event(self) -> None:
        events = ApplicationEvent.objects.filter(application=self.application)
        told = [e.pk for e in events if transition("scheme", e.transition).message]
        assert sorted(j.payload["event"] for j in Job.objects.filter(payload__event__in=[e.pk for e in events])) == told


@pytest.mark.django_db
def test_no_life_of_an_application_breaks_the_table():
    options = settings(max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck))

    run_state_machine_as_test(Life, settings=options)
