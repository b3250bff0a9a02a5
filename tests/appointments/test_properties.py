"""Whatever the order of declarations, votes and attempts: no decision without quorum, none with a conflicted vote."""

from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appointments import chain
from appointments.conflicts import conflicted_members
from appointments.decisions import DecisionRefused, cast_vote, record_decision
from appointments.declaring import DeclarationRefused, Interest, declare
from appointments.models import Decision
from tests.appointments.conftest import Sitting, a_sitting

MEMBERS, CHOICES = st.integers(0, 2), st.sampled_from(["for", "against", "abstain"])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("declare"), MEMBERS, st.booleans()),
        st.tuples(st.just("vote"), MEMBERS, CHOICES),
        st.tuples(
            st.just("record"),
            st.dictionaries(MEMBERS, CHOICES),
            st.sampled_from(["approved", "not_approved", "deferred"]),
            st.sets(MEMBERS, max_size=1),
        ),
    ),
    max_size=12,
)


def play(sitting: Sitting, act: tuple[Any, ...]) -> None:
    members, now = [sitting.chair, sitting.ann, sitting.ben], timezone.now()
    match act:
        case ("declare", who, interest):
            said = {sitting.item.pk: Interest("personal") if interest else None}
            declare(sitting.meeting, said, by=members[who], at=now)
        case ("vote", who, choice):
            cast_vote(sitting.item, choice, by=members[who], at=now)
        case ("record", votes, outcome, interests):
            record_decision(
                sitting.item,
                outcome=outcome,
                votes={members[who].pk: choice for who, choice in votes.items()},
                interests=[members[who].pk for who in interests],
                reason="Agreed.",
                by=sitting.secretary,
                at=now,
            )


@pytest.mark.django_db
@given(acts=ACTS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_no_sequence_breaks_the_rules(acts: list[tuple[Any, ...]]):
    sitting = a_sitting()
    conflicted_at_decision: frozenset[int] = frozenset()
    for act in acts:
        undecided = not Decision.objects.filter(item=sitting.item).exists()
        try:
            play(sitting, act)
        except (DecisionRefused, DeclarationRefused):
            continue
        if undecided:
            conflicted_at_decision = conflicted_members(sitting.item, sitting.all_for)

    decision = Decision.objects.filter(item=sitting.item).first()
    if decision is not None:
        voters = {int(pk) for pk in decision.facts["votes"]}
        assert len(voters) >= sitting.meeting.committee.quorum
        assert voters & conflicted_at_decision == set()
        assert voters == set(sitting.item.votes.values_list("member", flat=True))
        assert set(decision.facts["conflicted"]) == conflicted_at_decision
    assert chain.first_fault(Decision.objects.order_by("number")) is None
