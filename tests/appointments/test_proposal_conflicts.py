"""Conflicts about a seat: found from the records, declared, kept out, and lifted by somebody else only."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from appointments.agenda import add_proposals
from appointments.conflicts import conflicted_members, detect
from appointments.decisions import DecisionRefused, cast_vote, record_decision
from appointments.declaring import Interest, declare
from appointments.models import AgendaItem, Case, Meeting, Proposal, ProposalInterest
from appointments.proposal_conflicts import LiftRefused, found_about, lift
from appointments.proposing import ProposalRefused, withdraw_proposal
from appointments.relating import RelationshipRefused, end_relationship, record_relationship
from portal.models import Role, User
from talent.models import ConflictKind, DeclaredInterest, Person
from tests.factories.appointments import AgendaItemFactory, MeetingFactory, committee_of, declared
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.campaigns import a_campaign
from tests.factories.portal import OrganisationFactory, UserFactory, member
from tests.factories.proposals import proposed, proposed_new
from tests.factories.talent import ApplicationFactory, PersonFactory, PostHeldFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def policies(db: None) -> None:
    call_command("load_policies", verbosity=0)


@pytest.fixture
def sitting() -> tuple[Meeting, User, User, User]:
    """A meeting with its chair and two members."""
    committee, (chair, ann, ben) = committee_of(3)
    return MeetingFactory(committee=committee), chair, ann, ben


def a_proposal(**given: Any) -> Proposal:
    return proposed_new(
        SeatFactory(board=OrganisationFactory(name="Holme NHS Trust")), "2018-01-01", "2020-12-31", **given
    )


def found(proposal: Proposal, *users: User) -> list[tuple[int, str, str]]:
    return [(f.user, f.kind, f.why) for f in found_about([proposal], [u.pk for u in users], at=timezone.now())]


def person_of(user: User) -> Person:
    return PersonFactory(user=user, full_name=user.full_name)


def test_it_is_about_oneself():
    ann, ben = UserFactory(), UserFactory()

    assert found(a_proposal(person=person_of(ann)), ann, ben) == [(ann.pk, "personal", "It is about them.")]


@pytest.mark.parametrize(("left", "is_conflict"), [(None, True), (365, True), (1000, False)])
def test_the_same_employer_now_or_in_the_last_two_years(left: int | None, is_conflict: bool):
    ann, ben, proposal = UserFactory(), UserFactory(), a_proposal()
    ended_on = timezone.localdate() - dt.timedelta(days=left) if left else None
    PostHeldFactory(person=proposal.person, employer="Élan Housing")
    PostHeldFactory(person=person_of(ann), employer="elan housing", started_on=dt.date(2010, 1, 1), ended_on=ended_on)
    PostHeldFactory(person=person_of(ben), employer="Another")

    said = [(ann.pk, "employer", "Both at elan housing, now or in the last 2 years.")]
    assert found(proposal, ann, ben) == (said if is_conflict else [])


def test_acting_for_the_boards_trust():
    proposal = a_proposal()
    ann = member(Role.TRUST_USER, organisation=proposal.seat.board)
    ben = member(Role.TRUST_USER)

    assert found(proposal, ann, ben) == [(ann.pk, "same_trust", "Acts for Holme NHS Trust.")]


def test_acting_for_a_trust_that_employs_the_person():
    ann, proposal = member(Role.TRUST_USER, organisation=OrganisationFactory(name="Weir NHS Trust")), a_proposal()
    PostHeldFactory(person=proposal.person, employer="Weir NHS Trust")

    assert found(proposal, ann) == [(ann.pk, "same_trust", "Acts for Weir NHS Trust.")]


@pytest.mark.parametrize(("last", "is_conflict"), [("2100-03-31", True), ("2017-03-31", False)])
def test_sitting_on_that_board(last: str, is_conflict: bool):
    ann, proposal = UserFactory(), a_proposal()
    seated(SeatFactory(board=proposal.seat.board), "2015-04-01", last, person=person_of(ann))

    said = [(ann.pk, "same_trust", "Sits on the board of Holme NHS Trust.")]
    assert found(proposal, ann) == (said if is_conflict else [])


def test_sitting_together_on_another_board():
    ann, proposal, other = UserFactory(), a_proposal(), OrganisationFactory(name="Weir NHS Trust")
    seated(SeatFactory(board=other), "2015-04-01", "2100-03-31", person=person_of(ann))
    seated(SeatFactory(board=other), "2015-04-01", "2100-03-31", person=proposal.person)

    assert found(proposal, ann) == [(ann.pk, "same_trust", "Sits on the board of Weir NHS Trust.")]


def test_the_panel_and_the_reviewers_behind_it():
    run = a_campaign("longlist")
    application, (ann, *_) = run.applications[0], run.panel
    [ben, *_] = a_campaign().panel
    cat = ReviewFactory(application=application).reviewer
    proposal = a_proposal(application=application)

    assert found(proposal, ann, ben, cat) == [
        (ann.pk, "other", "Sat on the panel that recommended it."),
        (cat.pk, "other", "Reviewed the application behind it."),
    ]


def test_a_recorded_relationship_counts_in_both_directions():
    ann, ben, secretary = UserFactory(), UserFactory(), member(Role.TALENT_TEAM)
    person_of(ann)
    proposal = a_proposal(person=person_of(ben))
    said = {"kind": "personal", "detail": "Brother and sister.", "by": secretary, "at": timezone.now()}
    record_relationship(ben, ann.person, **said)

    assert found(proposal, UserFactory()) == [(ann.pk, "personal", "Brother and sister.")]


def test_fourteen_queries_however_many(django_assert_num_queries: Any):
    proposals = [
        a_proposal(application=ApplicationFactory()),
        *(proposed_new(SeatFactory(), "2018-01-01", "2020-12-31") for _ in range(2)),
    ]
    users = [UserFactory().pk for _ in range(3)]

    for rows in (proposals[:1], proposals):
        with django_assert_num_queries(14):
            found_about(rows, users, at=timezone.now())


def before(meeting: Meeting, proposal: Proposal) -> AgendaItem:
    [item] = add_proposals(meeting, [proposal], by=member(Role.TALENT_TEAM), at=timezone.now())
    return item


def test_what_is_found_is_kept_out_of_every_reading(sitting: Any):
    meeting, _, ann, ben = sitting
    proposal = a_proposal()
    member(Role.TRUST_USER, user=ann, organisation=proposal.seat.board)

    item = before(meeting, proposal)

    interest = ProposalInterest.objects.get()
    assert (interest.user, interest.proposal, interest.kind, interest.source) == (
        ann,
        proposal,
        "same_trust",
        "detected",
    )
    assert [list(AgendaItem.objects.listed_for(user)) for user in (ann, ben)] == [[], [item]]
    assert conflicted_members(item, [ann.pk, ben.pk]) == {ann.pk}


def test_a_conflicted_member_neither_votes_nor_is_voted_for(sitting: Any):
    meeting, chair, ann, ben = sitting
    proposal = a_proposal()
    item = before(meeting, proposal)
    member(Role.TRUST_USER, user=ann, organisation=proposal.seat.board)
    declared(item, ann)
    detect(meeting, at=timezone.now())

    with pytest.raises(DecisionRefused, match="You take no part in this item"):
        cast_vote(item, "for", by=ann, at=timezone.now())
    votes = dict.fromkeys([chair.pk, ann.pk, ben.pk], "for")
    with pytest.raises(DecisionRefused, match="cannot vote on this item: a conflict of interest"):
        record_decision(
            item, outcome="approved", votes=votes, reason="Good.", by=member(Role.TALENT_TEAM), at=timezone.now()
        )


def test_what_a_member_declares_hangs_on_the_proposal(sitting: Any):
    meeting, _, ann, _ = sitting
    proposal = a_proposal()
    item = before(meeting, proposal)

    declare(meeting, {item.pk: Interest("financial", "Shares.")}, by=ann, at=timezone.now())

    interest = ProposalInterest.objects.get()
    assert (interest.user, interest.kind, interest.detail, interest.source) == (ann, "financial", "Shares.", "declared")
    another = AgendaItemFactory(
        meeting=MeetingFactory(committee=meeting.committee, starts_at=timezone.now() + dt.timedelta(days=30)),
        kind="new_appointment",
        application=None,
        proposal=proposal,
        title="Again",
    )
    assert list(AgendaItem.objects.listed_for(ann)) == []
    assert conflicted_members(another, [ann.pk]) == {ann.pk}


def test_a_conflicted_colleague_sees_and_changes_nothing():
    colleague = member(Role.TALENT_TEAM)
    tenure = seated(SeatFactory(), "2015-04-01", "2018-03-31")
    proposal = proposed(tenure)
    Case.objects.create(seat=tenure.seat, tenure=tenure, horizon=6, opened_at=timezone.now(), proposal=proposal)
    ProposalInterest.objects.create(user=colleague, proposal=proposal, kind="personal", declared_at=timezone.now())

    assert (list(Proposal.objects.visible_to(colleague)), list(Case.objects.visible_to(colleague))) == ([], [])
    with pytest.raises(ProposalRefused, match="This proposal is not yours to change"):
        withdraw_proposal(proposal, by=colleague, at=timezone.now())
    proposal.refresh_from_db()
    assert proposal.is_open


def test_an_interest_in_the_application_behind_it_counts():
    colleague, application = member(Role.TALENT_TEAM), ApplicationFactory()
    a_proposal(application=application)
    DeclaredInterest.objects.create(
        user=colleague, application=application, kind="personal", declared_at=timezone.now()
    )

    assert list(Proposal.objects.visible_to(colleague)) == []


def an_interest(user: User, proposal: Proposal | None = None) -> ProposalInterest:
    return ProposalInterest.objects.create(
        user=user, proposal=proposal or a_proposal(), kind="employer", source="detected", declared_at=timezone.now()
    )


@pytest.mark.parametrize("role", [Role.REGIONAL_LEAD, Role.COMMITTEE_MEMBER])
def test_only_the_talent_team_lifts(role: str):
    with pytest.raises(LiftRefused):
        lift(an_interest(UserFactory()), by=member(role), at=timezone.now(), reason="Another Ann.")


def test_nobody_lifts_their_own():
    own = member(Role.TALENT_TEAM)
    interest = an_interest(own)

    with pytest.raises(LiftRefused, match="Nobody lifts their own conflict"):
        lift(interest, by=own, at=timezone.now(), reason="It is nothing.")
    with pytest.raises(IntegrityError):
        ProposalInterest.objects.filter(pk=interest.pk).update(lifted_by=own, lifted_at=timezone.now())


def test_lifting_needs_its_reason_and_is_not_undone_by_the_next_look(sitting: Any):
    meeting, _, ann, _ = sitting
    proposal = a_proposal()
    member(Role.TRUST_USER, user=ann, organisation=proposal.seat.board)
    item = before(meeting, proposal)
    interest, secretary = ProposalInterest.objects.get(), member(Role.TALENT_TEAM)

    with pytest.raises(LiftRefused, match="Give the reason"):
        lift(interest, by=secretary, at=timezone.now(), reason=" ")
    lift(interest, by=secretary, at=timezone.now(), reason="Left the trust last week.")
    detect(meeting, at=timezone.now())

    assert ProposalInterest.objects.count() == 1
    assert list(AgendaItem.objects.listed_for(ann)) == [item]


def test_what_was_decided_without_somebody_stays_so(sitting: Any):
    meeting, chair, ann, ben = sitting
    proposal = a_proposal()
    item = before(meeting, proposal)
    interest = an_interest(ann, proposal)
    votes = dict.fromkeys([chair.pk, ben.pk], "for")
    secretary = member(Role.TALENT_TEAM)
    record_decision(item, outcome="approved", votes=votes, reason="Good.", by=secretary, at=timezone.now())

    with pytest.raises(LiftRefused, match="This has been decided"):
        lift(interest, by=secretary, at=timezone.now(), reason="Another Ann.")


def test_a_relationship_recorded_late_closes_what_is_on_the_agenda(sitting: Any):
    meeting, _, ann, _ = sitting
    proposal = a_proposal()
    item = before(meeting, proposal)
    said = {"kind": "collaborator", "detail": "Ran a charity together.", "at": timezone.now()}
    assert list(AgendaItem.objects.listed_for(ann)) == [item]

    record_relationship(ann, proposal.person, by=member(Role.TALENT_TEAM), **said)

    assert list(AgendaItem.objects.listed_for(ann)) == []


def test_a_relationship_is_found_for_applications_too(sitting: Any):
    meeting, _, ann, _ = sitting
    application = AgendaItemFactory(meeting=meeting).application
    said = {"kind": "personal", "detail": "Neighbours and friends.", "at": timezone.now()}

    record_relationship(ann, application.person, by=member(Role.TALENT_TEAM), **said)

    assert list(DeclaredInterest.objects.values_list("user", "application", "kind", "source", "detail")) == [
        (ann.pk, application.pk, ConflictKind.PERSONAL, "detected", "Neighbours and friends.")
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"detail": " "}, "Say what is between them."),
        ({"own": True}, "Ask somebody else in the talent team to keep your own."),
        ({"role": Role.REGIONAL_LEAD}, "Relationships are the talent team’s to keep."),
        ({"same": True}, "These are one and the same person."),
        ({"twice": True}, "This is on record already."),
    ],
)
def test_a_relationship_that_cannot_be_recorded(given: dict[str, Any], said: str):
    by = member(given.get("role", Role.TALENT_TEAM))
    user = by if given.get("own") else UserFactory()
    person = person_of(user) if given.get("same") else somebody()
    facts = {"kind": "personal", "detail": given.get("detail", "Cousins."), "by": by, "at": timezone.now()}
    if given.get("twice"):
        record_relationship(user, person, **facts)

    with pytest.raises(RelationshipRefused) as refused:
        record_relationship(user, person, **facts)

    assert str(refused.value) == said


def test_an_ended_relationship_is_looked_for_no_more():
    ann, proposal, secretary = UserFactory(), a_proposal(), member(Role.TALENT_TEAM)
    said = {"kind": "employer", "detail": "Partners in a firm.", "at": timezone.now() - dt.timedelta(days=9)}
    row = record_relationship(ann, proposal.person, by=secretary, **said)

    end_relationship(row, by=secretary, at=timezone.now())

    assert found(proposal, ann) == []
