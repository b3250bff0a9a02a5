"""Improvement plans: the whole table of steps, who takes them, and what is written without losing a word."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from portal.models import Role
from programmes.models import ChangeIdea, ChartNote, ImprovementPlan, PlanEvent, Target
from programmes.planning import (
    PlanChanged,
    PlanRefused,
    aim_for,
    begin_cycle,
    begin_plan,
    comment,
    drop_idea,
    end_cycle,
    finish_idea,
    missing,
    move_plan,
    put_idea,
    steps_for,
    write_texts,
)
from tests.factories.collaboratives import EnrolmentFactory, MeasureFactory
from tests.factories.plans import AT, DUE, complete, enrolled
from tests.factories.portal import UserFactory, member

pytestmark = pytest.mark.django_db
State, Kind = ImprovementPlan.State, PlanEvent.Kind


@pytest.fixture
def own():
    return enrolled()


# Each allowed cell of the table: from which state, which step leads where. Everything else is refused.
ALLOWED = {
    (State.DRAFT, Kind.SUBMITTED): State.SUBMITTED,
    (State.RETURNED, Kind.SUBMITTED): State.SUBMITTED,
    (State.SUBMITTED, Kind.RETURNED): State.RETURNED,
    (State.SUBMITTED, Kind.APPROVED): State.APPROVED,
    (State.APPROVED, Kind.REOPENED): State.DRAFT,
}
BY_TRUST = {Kind.SUBMITTED, Kind.REOPENED}


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("state", State.values)
def test_every_step_from_every_state(own, state: str, kind: str):
    plan = complete(own)
    ImprovementPlan.objects.update(state=state)
    wanted = ALLOWED.get((state, kind))
    right, wrong = (own.person, own.clinical_buddy) if kind in BY_TRUST else (own.clinical_buddy, own.person)

    if wanted is None:
        with pytest.raises(PlanRefused):
            move_plan(plan, kind, by=right, at=AT, reason="Because")
    else:
        with pytest.raises(PermissionDenied):
            move_plan(plan, kind, by=wrong, at=AT, reason="Because")
        move_plan(plan, kind, by=right, at=AT, reason="Because")

    plan.refresh_from_db()
    assert plan.state == (wanted or state)
    assert plan.events.count() == (wanted is not None)


def test_a_plan_is_sent_once_it_is_complete(own):
    plan = own.drawn_up
    gaps = [
        "Say what your data show.",
        "Say what drives it.",
        "Add one change idea at least.",
        "Set a target for one measure at least.",
    ]

    assert missing(plan) == gaps
    with pytest.raises(PlanRefused) as refused:
        move_plan(plan, Kind.SUBMITTED, by=own.person, at=AT)
    assert str(refused.value) == " ".join(gaps)
    assert missing(complete(own)) == []


def test_a_plan_is_returned_with_words_and_approval_puts_its_targets_on_the_charts(own):
    plan = move_plan(complete(own), Kind.SUBMITTED, by=own.person, at=AT)
    with pytest.raises(PlanRefused, match=r"^Say why\.$"):
        move_plan(plan, Kind.RETURNED, by=own.clinical_buddy, at=AT, reason=" ")

    move_plan(plan, Kind.APPROVED, by=own.clinical_buddy, at=AT, reason="Well argued")

    target = Target.objects.get()
    assert (target.trust, target.measure, target.value, target.by_month) == (
        own.trust,
        own.measure,
        Decimal(14),
        dt.date(2018, 3, 1),
    )
    assert list(plan.events.values_list("kind", "reason")) == [("submitted", ""), ("approved", "Well argued")]


def test_each_side_is_offered_its_own_steps(own):
    plan = complete(own)
    offered = {}
    for state in State.values:
        plan.state = state
        offered[state] = [[step.kind for step in steps_for(user, plan)] for user in (own.person, own.clinical_buddy)]

    assert offered == {
        "draft": [["submitted"], []],
        "submitted": [[], ["returned", "approved"]],
        "returned": [["submitted"], []],
        "approved": [["reopened"], []],
    }
    assert steps_for(UserFactory(), plan) == []


def test_two_people_who_write_at_once_are_told_and_neither_loses_text(own):
    plan, said = own.drawn_up, {"by": own.person, "at": AT}
    first = write_texts(plan, {"problem": "Mine"}, base_revision=0, **said)

    with pytest.raises(PlanChanged) as changed:
        write_texts(plan, {"problem": "Yours"}, base_revision=0, **said)
    again = write_texts(plan, {"problem": "Mine"}, base_revision=0, **said)

    assert (first.revision, changed.value.plan.problem, again.revision) == (1, "Mine", 1)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED])
def test_nobody_writes_in_a_plan_that_is_with_the_buddies_or_approved(own, state: str):
    plan, said = complete(own), {"by": own.person, "at": AT}
    idea = plan.ideas.get()
    ImprovementPlan.objects.update(state=state)

    for write in (
        lambda: write_texts(plan, {"problem": "New"}, base_revision=plan.revision, **said),
        lambda: put_idea(plan, what="New", owner="New", due_on=DUE, **said),
        lambda: drop_idea(idea, **said),
        lambda: aim_for(plan, own.measure, value=Decimal(1), by_month=DUE, **said),
    ):
        with pytest.raises(PlanRefused, match=r"open it again to change it\.$"):
            write()

    plan.refresh_from_db()
    assert (plan.problem, ChangeIdea.objects.count(), plan.targets.get().value) == (
        "Leavers in the first year",
        1,
        Decimal(14),
    )


def test_only_the_trust_writes_tests_and_finishes(own):
    plan = complete(own)
    idea = plan.ideas.get()
    for person in (own.clinical_buddy, member(Role.TRUST_USER), member(Role.TALENT_TEAM), UserFactory()):
        said = {"by": person, "at": AT}
        for act in (
            lambda said=said: begin_plan(own, **said),
            lambda said=said: write_texts(plan, {"problem": "New"}, base_revision=plan.revision, **said),
            lambda said=said: put_idea(plan, what="New", owner="New", due_on=DUE, **said),
            lambda said=said: drop_idea(idea, **said),
            lambda said=said: finish_idea(idea, done_on=AT.date(), **said),
            lambda said=said: aim_for(plan, own.measure, value=Decimal(1), by_month=DUE, **said),
            lambda said=said: begin_cycle(idea, own.measure, starts_on=AT.date(), planned="Two wards", **said),
        ):
            with pytest.raises(PermissionDenied):
                act()

    assert (ChangeIdea.objects.count(), plan.ideas.get().done_on, ChartNote.objects.count()) == (1, None, 0)


def test_a_test_of_change_is_noted_on_the_chart_and_ends_with_what_was_learnt(own):
    idea, said = complete(own).ideas.get(), {"by": own.person, "at": AT}
    begun = dt.date(2017, 9, 11)

    cycle = begin_cycle(idea, own.measure, starts_on=begun, planned=" Two wards for four weeks ", **said)
    learnt = {"done": "Three wards asked to join", "studied": "Half as many late swaps", "acted": "Adopt"}
    with pytest.raises(PlanRefused, match=r"^The last day lies between the first one and today\.$"):
        end_cycle(cycle, ended_on=dt.date(2017, 10, 3), **learnt, **said)
    ended = end_cycle(cycle, ended_on=dt.date(2017, 10, 1), **learnt, **said)

    note = ChartNote.objects.get()
    assert (note.month, note.text, note.measure) == (dt.date(2017, 9, 1), "Test: Rotas six weeks ahead", own.measure)
    assert (cycle.planned, ended.acted, ended.ended_on) == ("Two wards for four weeks", "Adopt", dt.date(2017, 10, 1))
    with pytest.raises(PlanRefused, match=r"^This idea was tested already\. It stays on record\.$"):
        drop_idea(idea, **said)
    with pytest.raises(PlanRefused, match=r"^The collaborative does not measure this\.$"):
        begin_cycle(idea, MeasureFactory(), starts_on=begun, planned="Two wards", **said)


def test_an_idea_is_done_once_it_is_done(own):
    idea, said = complete(own).ideas.get(), {"by": own.person, "at": AT}

    with pytest.raises(PlanRefused, match=r"^Record it once it is done\.$"):
        finish_idea(idea, done_on=dt.date(2017, 10, 3), **said)

    assert finish_idea(idea, done_on=AT.date(), **said).done_on == AT.date()


def test_both_sides_comment_and_nobody_else(own):
    plan = own.drawn_up
    comment(plan, text=" Which wards? ", by=own.clinical_buddy, at=AT)
    comment(plan, text="Two medical ones.", by=own.person, at=AT)

    assert list(plan.events.values_list("kind", "reason")) == [
        ("comment", "Which wards?"),
        ("comment", "Two medical ones."),
    ]
    with pytest.raises(PermissionDenied):
        comment(plan, text="Hello", by=member(Role.TRUST_USER), at=AT)
    with pytest.raises(PlanRefused, match=r"^Write what you want to say\.$"):
        comment(plan, text=" ", by=own.person, at=AT)


def test_a_trust_has_one_plan_and_none_once_it_has_left(own):
    assert begin_plan(own, by=own.person, at=AT) == own.drawn_up
    gone = EnrolmentFactory(left_on=DUE)
    with pytest.raises(PlanRefused, match=r"^Your trust has left the collaborative\.$"):
        begin_plan(gone, by=member(Role.TRUST_USER, organisation=gone.trust), at=AT)
