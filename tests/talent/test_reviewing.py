"""Assigning, declaring, scoring and submitting: who may, what is kept, what counts."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.models import Membership, Role, User
from talent.access import Refused
from talent.models import ConflictKind, ConflictPolicy, DeclaredInterest, Review, State
from talent.reviewing import (
    Clash,
    Draft,
    NotFinished,
    Saved,
    assign,
    declare_interest,
    declare_no_conflict,
    draft_of,
    lift_interest,
    reviewers_at,
    save_review,
    submit_review,
    take_away,
)
from tests.factories.portal import OrganisationFactory, member
from tests.factories.talent import ApplicationFactory, DeclaredInterestFactory, PostHeldFactory, ReviewFactory, filled

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def keys(review: Review) -> list[str]:
    return [c.key for c in review.application.question_set.questions.rubric]


def whole(review: Review, points: int = 3) -> Draft:
    return Draft(
        points=dict.fromkeys(keys(review), points),
        evidence=dict.fromkeys(keys(review), "Led a merger."),
        recommendation="interview",
        overall="Ready.",
    )


def begun() -> Review:
    return ReviewFactory(reviewer=member(Role.REVIEWER), no_conflict_at=NOW)


def test_assigning_twice_is_one_review():
    staff, reviewer, application = member(Role.TALENT_TEAM), member(Role.REVIEWER), ApplicationFactory(state=State.SIFT)
    due = dt.date(2018, 1, 31)

    first = assign(application, reviewer=reviewer, by=staff, at=NOW, due_on=due)
    second = assign(application, reviewer=reviewer, by=staff, at=NOW, due_on=due)

    assert first == second == Review.objects.get()
    assert (first.assigned_by, first.assigned_at, first.due_on) == (staff, NOW, due)


@pytest.mark.parametrize("state", [s for s in State if s not in (State.SIFT, State.REVIEW)])
def test_only_what_is_in_sift_or_review_is_assigned(state: State):
    with pytest.raises(Refused):
        assign(ApplicationFactory(state=state), reviewer=member(Role.REVIEWER), by=member(Role.TALENT_TEAM), at=NOW)

    assert Review.objects.count() == 0


def test_only_reviewers_in_force_are_given_a_review():
    gone = member(Role.REVIEWER, ended_at=NOW - dt.timedelta(days=1))

    with pytest.raises(Refused):
        assign(ApplicationFactory(state=State.REVIEW), reviewer=gone, by=member(Role.TALENT_TEAM), at=NOW)

    assert reviewers_at(NOW) == []


def test_a_regional_lead_assigns_in_the_region_only():
    lead, reviewer = member(Role.REGIONAL_LEAD), member(Role.REVIEWER)

    with pytest.raises(Refused):
        assign(ApplicationFactory(state=State.REVIEW), reviewer=reviewer, by=lead, at=NOW)


def test_staff_in_conflict_do_not_assign():
    staff, application = member(Role.TALENT_TEAM), ApplicationFactory(state=State.REVIEW)
    declare_interest(application, kind=ConflictKind.PERSONAL, by=staff, at=NOW)

    with pytest.raises(Refused):
        assign(application, reviewer=member(Role.REVIEWER), by=staff, at=NOW)


@pytest.mark.parametrize(
    ("ended_days_ago", "kind"), [(None, ConflictKind.SAME_TRUST), (600, ConflictKind.SAME_TRUST), (800, None)]
)
def test_an_employer_in_common_is_detected_for_two_years(ended_days_ago: int | None, kind: str | None):
    trust = OrganisationFactory(name="Harbour Valley NHS Trust")
    reviewer = member(Role.REVIEWER, organisation=trust)
    application = ApplicationFactory(state=State.REVIEW)
    ended = NOW.date() - dt.timedelta(days=ended_days_ago) if ended_days_ago else None
    PostHeldFactory(person=application.person, employer="harbour valley  NHS TRUST", ended_on=ended)

    assign(application, reviewer=reviewer, by=member(Role.TALENT_TEAM), at=NOW)

    assert [(i.user, i.kind, i.source) for i in DeclaredInterest.objects.all()] == (
        [(reviewer, kind, "detected")] if kind else []
    )
    assert Review.objects.count() == (0 if kind else 1)


def test_nobody_reviews_their_own_application():
    reviewer = member(Role.REVIEWER)
    application = ApplicationFactory(user=reviewer, state=State.REVIEW)

    assign(application, reviewer=reviewer, by=member(Role.TALENT_TEAM), at=NOW)

    assert Review.objects.count() == 0
    assert DeclaredInterest.objects.get().kind == ConflictKind.PERSONAL


def test_a_declared_conflict_takes_the_review_away_at_once():
    review = begun()

    declare_interest(review.application, kind=ConflictKind.FINANCIAL, detail=" Shares. ", by=review.reviewer, at=NOW)

    review.refresh_from_db()
    assert (review.withdrawn_at, review.withdrawn_by) == (NOW, review.reviewer)
    assert DeclaredInterest.objects.get().detail == "Shares."
    assert list(Review.objects.visible_to(review.reviewer)) == []


def test_scores_of_a_conflicted_reviewer_stay_on_record_and_do_not_count():
    review = begun()
    save_review(review, whole(review), base_revision=0, by=review.reviewer, at=NOW)
    submit_review(review, by=review.reviewer, at=NOW)

    declare_interest(review.application, kind=ConflictKind.OTHER, by=review.reviewer, at=NOW)

    assert review.scores.count() == len(keys(review))
    assert list(Review.objects.counted()) == []


def test_nobody_lifts_their_own_conflict():
    staff = member(Role.TALENT_TEAM)
    interest = DeclaredInterestFactory(user=staff)

    with pytest.raises(Refused):
        lift_interest(interest, by=staff, at=NOW, reason="It is nothing")


def test_lifting_needs_a_reason_and_is_written_down():
    interest, staff = DeclaredInterestFactory(), member(Role.TALENT_TEAM)

    with pytest.raises(Refused):
        lift_interest(interest, by=staff, at=NOW, reason=" ")
    lift_interest(interest, by=staff, at=NOW, reason="Another trust of the same name")

    interest.refresh_from_db()
    assert (interest.lifted_by, interest.lifted_at, interest.lift_reason) == (
        staff,
        NOW,
        "Another trust of the same name",
    )


def test_nothing_is_written_before_the_declaration():
    review = ReviewFactory(reviewer=member(Role.REVIEWER))

    with pytest.raises(Refused):
        save_review(review, whole(review), base_revision=0, by=review.reviewer, at=NOW)

    declare_no_conflict(review, by=review.reviewer, at=NOW)
    assert save_review(review, whole(review), base_revision=0, by=review.reviewer, at=NOW) == Saved(1)


def test_only_the_reviewer_writes():
    review = begun()

    with pytest.raises(Refused):
        save_review(review, whole(review), base_revision=0, by=member(Role.REVIEWER), at=NOW)


def test_a_leaver_writes_nothing_more():
    review = begun()
    Membership.objects.filter(user=review.reviewer).update(ended_at=NOW)
    leaver = User.objects.get(pk=review.reviewer.pk)

    with pytest.raises(Refused):
        save_review(review, whole(review), base_revision=0, by=leaver, at=NOW)
    assert list(Review.objects.visible_to(leaver)) == []


def test_a_draft_is_kept_with_its_gaps():
    review = begun()
    half = Draft(points={keys(review)[0]: 2}, evidence={keys(review)[0]: "Some"})

    save_review(review, half, base_revision=0, by=review.reviewer, at=NOW)

    stored = draft_of(Review.objects.get())
    assert stored.points == dict.fromkeys(keys(review)) | {keys(review)[0]: 2}
    assert stored.evidence == dict.fromkeys(keys(review), "") | {keys(review)[0]: "Some"}


def test_two_tabs_are_told_and_nothing_is_overwritten():
    review = begun()
    first, second = whole(review, points=1), whole(review, points=4)
    save_review(review, first, base_revision=0, by=review.reviewer, at=NOW)

    answer = save_review(review, second, base_revision=0, by=review.reviewer, at=NOW)

    assert answer == Clash(revision=1, theirs=first)
    assert draft_of(Review.objects.get()) == first


def test_the_same_text_from_two_tabs_is_no_clash():
    review = begun()
    save_review(review, whole(review), base_revision=0, by=review.reviewer, at=NOW)

    assert save_review(review, whole(review), base_revision=0, by=review.reviewer, at=NOW) == Saved(1)


def test_an_unfinished_review_is_not_sent():
    review = begun()
    first = keys(review)[0]
    draft = whole(review)
    save_review(
        review,
        Draft(draft.points | {first: None}, draft.evidence | {first: " "}, "", " "),
        base_revision=0,
        by=review.reviewer,
        at=NOW,
    )

    with pytest.raises(NotFinished) as refusal:
        submit_review(review, by=review.reviewer, at=NOW)

    assert list(refusal.value.gaps) == [f"points_{first}", f"evidence_{first}", "recommendation", "overall"]
    assert Review.objects.get().submitted_at is None


def test_a_review_is_sent_once_and_then_fixed():
    review = begun()
    save_review(review, whole(review), base_revision=0, by=review.reviewer, at=NOW)

    submit_review(review, by=review.reviewer, at=NOW)
    again = submit_review(review, by=review.reviewer, at=NOW + dt.timedelta(hours=1))

    assert again.submitted_at == NOW
    with pytest.raises(Refused):
        save_review(review, whole(review, points=1), base_revision=1, by=review.reviewer, at=NOW)


@pytest.mark.parametrize("state", [s for s in State if s != State.REVIEW])
def test_a_review_is_written_while_the_application_is_in_review_only(state: State):
    review = ReviewFactory(
        application=ApplicationFactory(state=state), reviewer=member(Role.REVIEWER), no_conflict_at=NOW
    )

    with pytest.raises(Refused):
        save_review(review, whole(review), base_revision=0, by=review.reviewer, at=NOW)


@pytest.mark.parametrize("state", list(State))
def test_a_reviewer_finds_what_is_in_review_or_at_interview(state: State):
    review = ReviewFactory(application=ApplicationFactory(state=state), reviewer=member(Role.REVIEWER))

    found = list(Review.objects.visible_to(review.reviewer))

    assert found == ([review] if state in (State.REVIEW, State.INTERVIEW) else [])


def test_taking_away_needs_a_reason_and_keeps_the_row():
    review, staff = begun(), member(Role.TALENT_TEAM)

    with pytest.raises(Refused):
        take_away(review, by=staff, at=NOW, reason="")
    take_away(review, by=staff, at=NOW, reason="On leave")

    row = Review.objects.get()
    assert (row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason) == (NOW, staff, "On leave")


def test_an_answer_that_names_the_employer_is_a_conflict_too():
    reviewer = member(Role.REVIEWER, organisation=OrganisationFactory(name="Harbour Housing"))
    application = filled(ApplicationFactory(state=State.REVIEW))

    assign(application, reviewer=reviewer, by=member(Role.TALENT_TEAM), at=NOW)

    assert [(i.user, i.kind) for i in DeclaredInterest.objects.all()] == [(reviewer, ConflictKind.SAME_TRUST)]


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (24, ["Same employer, now or in the last 2 years", "Worked closely together in the last 2 years"]),
        (6, ["Same employer, now or in the last 6 months", "Worked closely together in the last 6 months"]),
        (0, ["Same employer, now", "Worked closely together recently"]),
    ],
)
def test_a_conflict_is_asked_for_as_far_back_as_the_rule_says(months: int, expected: list[str]):
    asked = dict(ConflictPolicy(look_back_months=months).asked)

    assert [asked[ConflictKind.EMPLOYER], asked[ConflictKind.COLLABORATOR]] == expected
    assert set(asked) == set(ConflictKind.values)
