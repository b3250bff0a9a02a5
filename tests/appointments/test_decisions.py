"""Recording a decision: quorum, conflicts, majority, and everything that follows, or nothing."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from appointments.decisions import AlreadyDecided, DecisionRefused, carried, cast_vote, record_decision
from appointments.models import Decision, Declaration, Meeting, Vote
from portal.models import Job, Role
from talent.models import ConflictKind, DeclaredInterest, State
from talent.workflow import MoveRefused
from tests.appointments.conftest import Sitting
from tests.factories.appointments import AgendaItemFactory, CommitteeSeatFactory, declared
from tests.factories.portal import UserFactory, member
from tests.factories.talent import DeclaredInterestFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def record(sitting: Sitting, **given: Any) -> Decision:
    kwargs = {"outcome": "approved", "votes": sitting.all_for, "reason": "A strong field.", "by": sitting.secretary}
    return record_decision(sitting.item, at=timezone.now(), **{**kwargs, **given})


def refusal(sitting: Sitting, **given: Any) -> str:
    with pytest.raises(DecisionRefused) as refused:
        record(sitting, **given)
    assert Decision.objects.count() == 0
    return str(refused.value)


def test_an_approval_moves_offers_and_writes_the_letter_job(sitting: Sitting, settings: Any):
    settings.OFFER_OPEN_DAYS = 14

    decision = record(sitting)

    application = sitting.item.application
    application.refresh_from_db()
    assert application.state == State.OFFERED
    assert application.offer_expires_on == timezone.localdate() + dt.timedelta(days=14)
    assert [(e.transition, e.by, e.reason) for e in application.events.all()] == [
        ("approve", sitting.secretary, f"Decision 1 of {sitting.meeting}"),
        ("offer", sitting.secretary, ""),
    ]
    assert [(j.kind, j.key) for j in Job.objects.order_by("kind")] == [
        ("appointments.make_letter", f"letter:{decision.pk}"),
        ("talent.tell_applicant", f"tell:{application.events.last().pk}"),
    ]


def test_the_facts_hold_ids_and_codes_only(sitting: Sitting):
    at = timezone.now()

    decision = record_decision(
        sitting.item, outcome="approved", votes=sitting.all_for, reason="Good.", by=sitting.secretary, at=at
    )

    assert decision.facts == {
        "item": sitting.item.pk,
        "kind": "scheme_place",
        "application": sitting.item.application.reference,
        "applications": [],
        "proposal": None,
        "committee": sitting.meeting.committee_id,
        "meeting": sitting.meeting.pk,
        "by_correspondence": False,
        "outcome": "approved",
        "quorum": 2,
        "votes": {str(pk): "for" for pk in sitting.all_for},
        "conflicted": [],
        "chair": sitting.chair.pk,
        "ledgers": decision.facts["ledgers"],  # test_ledgers.py
        "by": sitting.secretary.pk,
        "at": at.astimezone(dt.UTC).isoformat(),
    }


def test_not_approved_tells_the_applicant_and_makes_no_offer(sitting: Sitting):
    record(sitting, outcome="not_approved", votes=dict.fromkeys(sitting.all_for, "against"))

    application = sitting.item.application
    application.refresh_from_db()
    assert (application.state, application.offer_expires_on) == (State.UNSUCCESSFUL, None)


def test_a_deferred_item_leaves_the_application_where_it_is(sitting: Sitting):
    record(sitting, outcome="deferred")

    sitting.item.application.refresh_from_db()
    assert sitting.item.application.state == State.RECOMMENDED
    assert Job.objects.count() == 0


def test_business_without_an_application_moves_nothing(sitting: Sitting):
    item = AgendaItemFactory(meeting=sitting.meeting, business=True)

    decision = record_decision(
        item, outcome="approved", votes=sitting.all_for, reason="Agreed.", by=sitting.secretary, at=timezone.now()
    )

    assert decision.facts["application"] is None
    assert Job.objects.count() == 0


def test_a_decision_is_recorded_once(sitting: Sitting):
    record(sitting)

    with pytest.raises(AlreadyDecided):
        record(sitting)

    assert Decision.objects.count() == 1


def test_an_application_withdrawn_meanwhile_is_not_decided(sitting: Sitting):
    sitting.item.application.state = State.WITHDRAWN
    sitting.item.application.save()

    with pytest.raises(MoveRefused):
        record(sitting)

    assert (Decision.objects.count(), Vote.objects.count(), Job.objects.count()) == (0, 0, 0)


def test_quorum_counts_those_who_take_part(sitting: Sitting):
    said = refusal(sitting, votes={sitting.chair.pk: "for"})

    assert said == "The meeting is not quorate for this item: 1 of the 2 members it needs took part."


def test_an_abstention_counts_to_quorum(sitting: Sitting):
    decision = record(sitting, votes={sitting.chair.pk: "for", sitting.ann.pk: "abstain"})

    assert decision.outcome == "approved"


def test_a_conflicted_member_cannot_vote_in_the_room(sitting: Sitting):
    DeclaredInterestFactory(user=sitting.ann, application=sitting.item.application)

    assert refusal(sitting) == f"{sitting.ann} cannot vote on this item: a conflict of interest."


def test_the_applicant_themselves_cannot_vote(sitting: Sitting):
    person = sitting.item.application.person
    person.user = sitting.ann
    person.save()

    assert refusal(sitting) == f"{sitting.ann} cannot vote on this item: a conflict of interest."


def test_a_vote_cast_before_a_conflict_showed_does_not_count(sitting: Sitting):
    for user in (sitting.chair, sitting.ann):
        declared(sitting.item, user)
        cast_vote(sitting.item, "for", by=user, at=timezone.now())
    DeclaredInterestFactory(user=sitting.ann, application=sitting.item.application)

    said = refusal(sitting, votes={})

    assert said == "The meeting is not quorate for this item: 1 of the 2 members it needs took part."


def test_the_conflicted_are_named_in_the_facts_and_their_vote_is_gone(sitting: Sitting):
    declared(sitting.item, sitting.ben)
    cast_vote(sitting.item, "against", by=sitting.ben, at=timezone.now())
    DeclaredInterestFactory(user=sitting.ben, application=sitting.item.application)

    decision = record(sitting, votes={sitting.chair.pk: "for", sitting.ann.pk: "for"})

    assert decision.facts["conflicted"] == [sitting.ben.pk]
    assert set(sitting.item.votes.values_list("member", flat=True)) == {sitting.chair.pk, sitting.ann.pk}


def test_an_interest_declared_in_the_room_takes_the_member_out(sitting: Sitting):
    votes = {sitting.chair.pk: "for", sitting.ann.pk: "for"}

    decision = record(sitting, votes=votes, interests=[sitting.ben.pk])

    interest = DeclaredInterest.objects.get()
    assert (interest.user, interest.application, interest.kind) == (
        sitting.ben,
        sitting.item.application,
        ConflictKind.OTHER,
    )
    assert decision.facts["conflicted"] == [sitting.ben.pk]


def test_a_voter_in_the_room_is_recorded_as_having_no_interest(sitting: Sitting):
    record(sitting, votes={sitting.chair.pk: "for", sitting.ann.pk: "for"})

    assert list(Declaration.objects.order_by("member").values_list("member", "interest", "by")) == [
        (sitting.chair.pk, False, sitting.secretary.pk),
        (sitting.ann.pk, False, sitting.secretary.pk),
    ]


def test_the_secretariat_cannot_replace_a_members_own_vote(sitting: Sitting):
    declared(sitting.item, sitting.ann)
    cast_vote(sitting.item, "against", by=sitting.ann, at=timezone.now())

    assert refusal(sitting) == f"{sitting.ann} has cast a different vote; only they can change it."


def test_votes_cast_and_votes_in_the_room_count_together(sitting: Sitting):
    declared(sitting.item, sitting.ann)
    cast_vote(sitting.item, "for", by=sitting.ann, at=timezone.now())

    decision = record(sitting, votes={sitting.chair.pk: "for"})

    assert decision.facts["votes"] == {str(sitting.chair.pk): "for", str(sitting.ann.pk): "for"}


def test_somebody_without_a_seat_does_not_vote(sitting: Sitting):
    stranger = member(Role.COMMITTEE_MEMBER)

    said = refusal(sitting, votes={**sitting.all_for, stranger.pk: "for"})

    assert said == "Only members who sit on the committee on the day take part."


def test_a_seat_that_ended_before_the_day_does_not_vote(sitting: Sitting):
    gone = CommitteeSeatFactory(committee=sitting.meeting.committee, ends_on=sitting.meeting.day).user

    said = refusal(sitting, votes={**sitting.all_for, gone.pk: "for"})

    assert said == "Only members who sit on the committee on the day take part."


def test_a_member_whose_access_ended_does_not_vote(sitting: Sitting):
    sitting.ann.memberships.update(ended_at=timezone.now())

    assert refusal(sitting) == "Only members who sit on the committee on the day take part."


@pytest.mark.parametrize(("choice", "outcome"), [("against", "approved"), ("for", "not_approved")])
def test_the_outcome_follows_the_votes(sitting: Sitting, choice: str, outcome: str):
    said = refusal(sitting, outcome=outcome, votes=dict.fromkeys(sitting.all_for, choice))

    assert said == f"The votes do not carry “{Decision.Outcome(outcome).label}”."


@pytest.mark.parametrize(
    ("votes", "passes"),
    [
        ({1: "for", 2: "for", 3: "against"}, True),
        ({1: "for", 2: "against"}, True),
        ({1: "against", 2: "for"}, False),
        ({1: "abstain", 2: "for"}, True),
        ({1: "abstain", 2: "abstain"}, False),
        ({2: "for", 3: "against"}, False),
        ({}, False),
    ],
)
def test_carried_by_majority_and_the_chair_settles_a_tie(votes: dict[int, str], passes: bool):
    assert carried(votes, chair=1) is passes


@pytest.mark.parametrize("role", [Role.REGIONAL_LEAD, Role.COMMITTEE_MEMBER, Role.REVIEWER])
def test_only_the_secretariat_records(sitting: Sitting, role: str):
    assert refusal(sitting, by=member(role)) == "This decision is not yours to record."


def test_a_conflicted_secretary_does_not_record(sitting: Sitting):
    DeclaredInterestFactory(user=sitting.secretary, application=sitting.item.application)

    assert refusal(sitting) == "This decision is not yours to record."


def test_a_reason_is_asked_for(sitting: Sitting):
    assert refusal(sitting, reason="  ") == "Give the reason for the decision."


def test_nothing_is_decided_before_the_day(sitting: Sitting):
    Meeting.objects.update(starts_at=timezone.now() + dt.timedelta(days=2))

    assert refusal(sitting) == "A decision is recorded on the day of the meeting or after it."


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_nothing_is_decided_at_a_meeting_that_is_over(sitting: Sitting, state: str):
    Meeting.objects.update(state=state)

    label = Meeting.State(state).label
    assert refusal(sitting) == f"This meeting is “{label}”; nothing more is decided at it."


def test_an_item_taken_off_is_not_decided(sitting: Sitting):
    sitting.item.removed_at = NOW
    sitting.item.save()

    assert refusal(sitting) == "This item was taken off the agenda."


def test_a_member_changes_their_vote_until_the_decision(sitting: Sitting):
    declared(sitting.item, sitting.ann)
    cast_vote(sitting.item, "for", by=sitting.ann, at=timezone.now())

    cast_vote(sitting.item, "abstain", by=sitting.ann, at=timezone.now())

    assert list(Vote.objects.values_list("member", "choice")) == [(sitting.ann.pk, "abstain")]
    record(sitting, votes={sitting.chair.pk: "for"})
    with pytest.raises(AlreadyDecided):
        cast_vote(sitting.item, "for", by=sitting.ann, at=timezone.now())


def test_no_vote_before_a_declaration(sitting: Sitting):
    with pytest.raises(DecisionRefused, match="You take no part in this item"):
        cast_vote(sitting.item, "for", by=sitting.ann, at=timezone.now())


def test_no_vote_with_a_conflict(sitting: Sitting):
    declared(sitting.item, sitting.ann)
    DeclaredInterestFactory(user=sitting.ann, application=sitting.item.application)

    with pytest.raises(DecisionRefused, match="You take no part in this item"):
        cast_vote(sitting.item, "for", by=sitting.ann, at=timezone.now())


def test_no_vote_without_a_seat(sitting: Sitting):
    with pytest.raises(DecisionRefused, match="You do not sit on this committee"):
        cast_vote(sitting.item, "for", by=UserFactory(), at=timezone.now())


def test_a_conflicted_chair_needs_a_named_substitute(sitting: Sitting):
    DeclaredInterestFactory(user=sitting.chair, application=sitting.item.application)
    votes = {sitting.ann.pk: "for", sitting.ben.pk: "for"}

    assert refusal(sitting, votes=votes).startswith("The chair has a conflict of interest on this item.")

    Meeting.objects.update(substitute=sitting.ann)
    sitting.item.refresh_from_db()
    assert record(sitting, votes=votes).facts["chair"] == sitting.ann.pk


@pytest.mark.parametrize(("mine", "outcome"), [("for", "approved"), ("against", "not_approved")])
def test_the_casting_vote_is_the_substitutes(sitting: Sitting, mine: str, outcome: str):
    DeclaredInterestFactory(user=sitting.chair, application=sitting.item.application)
    Meeting.objects.update(substitute=sitting.ann)
    other = {"for": "against", "against": "for"}[mine]

    decision = record(sitting, outcome=outcome, votes={sitting.ann.pk: mine, sitting.ben.pk: other})

    assert decision.outcome == outcome


def test_a_conflicted_substitute_does_not_chair(sitting: Sitting):
    for user in (sitting.chair, sitting.ann):
        DeclaredInterestFactory(user=user, application=sitting.item.application)
    Meeting.objects.update(substitute=sitting.ann)
    extra = CommitteeSeatFactory(committee=sitting.meeting.committee).user

    said = refusal(sitting, votes={sitting.ben.pk: "for", extra.pk: "for"})

    assert said.startswith("The chair has a conflict of interest on this item.")
