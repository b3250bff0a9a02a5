"""The acts of reviewing: assign, declare, save, submit, take away. Raw scores are written here and nowhere else."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from portal.models import Membership, Role, User
from talent.access import Refused, may_act_as_staff, may_write_review
from talent.assignment import Plan
from talent.conflicts import Conflict, conflicts_among
from talent.models import Application, DeclaredInterest, Review, Score, State


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reviewer has on the screen: points and evidence by criterion, the recommendation, the whole."""

    points: Mapping[str, int | None]
    evidence: Mapping[str, str]
    recommendation: str = ""
    overall: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    revision: int


@dataclass(frozen=True, slots=True)
class Clash:
    """Another tab saved first: what stands now; what was typed here stays on the screen."""

    revision: int
    theirs: Draft


class NotFinished(Exception):
    """A review cannot be sent yet; `gaps` says what is missing, by form field."""

    def __init__(self, gaps: dict[str, str]) -> None:
        super().__init__("The review is not finished.")
        self.gaps = gaps


def reviewers_at(at: dt.datetime) -> list[User]:
    """Everyone who may be given a review, by name."""
    holders = Membership.objects.in_force(at).filter(role=Role.REVIEWER, user__is_active=True).values("user")
    return list(User.objects.filter(pk__in=holders))


@transaction.atomic
def assign(
    application: Application, *, reviewer: User, by: User, at: dt.datetime, due_on: dt.date | None = None
) -> Review | Conflict:
    """Gives the application to one reviewer; asked twice, it is one review.

    A conflict that records show is written down as detected and returned instead.
    """
    row = _lock(application)
    _refuse_unless_staff(by, row)
    if row.state not in (State.SIFT, State.REVIEW):
        raise Refused("Reviewers are assigned while an application is in sift or in review.")
    if reviewer not in reviewers_at(at):
        raise Refused(f"{reviewer} is not a reviewer now.")
    if conflicts := conflicts_among([row], [reviewer], at=at):
        _write_down(conflicts, at)
        return conflicts[0]
    review, _ = Review.objects.get_or_create(
        application=row,
        reviewer=reviewer,
        withdrawn_at=None,
        defaults={"assigned_at": at, "assigned_by": by, "due_on": due_on},
    )
    return review


@transaction.atomic
def apply_plan(
    plan: Plan, applications: Iterable[Application], *, by: User, at: dt.datetime, due_on: dt.date | None = None
) -> list[Review | Conflict]:
    """Makes the assignments of a plan that staff have seen; what became impossible meanwhile is answered as such."""
    known = {a.pk: a for a in applications}
    people = User.objects.in_bulk({a.reviewer for a in plan.assignments})
    return [
        assign(known[a.application], reviewer=people[a.reviewer], by=by, at=at, due_on=due_on) for a in plan.assignments
    ]


def _write_down(conflicts: list[Conflict], at: dt.datetime) -> None:
    DeclaredInterest.objects.bulk_create(
        [
            DeclaredInterest(
                user_id=c.user,
                application_id=c.application,
                kind=c.kind,
                detail=c.detail,
                source=DeclaredInterest.Source.DETECTED,
                declared_at=at,
            )
            for c in conflicts
            if not c.known
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def declare_interest(
    application: Application, *, kind: str, detail: str = "", by: User, at: dt.datetime
) -> DeclaredInterest:
    """Puts a conflict on record; a review the person had of it is taken away at once, scores kept but uncounted."""
    row = _lock(application)
    interest, _ = DeclaredInterest.objects.get_or_create(
        user=by, application=row, kind=kind, lifted_at=None, defaults={"detail": detail.strip(), "declared_at": at}
    )
    row.reviews.standing().filter(reviewer=by).update(
        withdrawn_at=at, withdrawn_by=by, withdrawn_reason="Declared a conflict"
    )
    return interest


@transaction.atomic
def declare_no_conflict(review: Review, *, by: User, at: dt.datetime) -> Review:
    """The reviewer says that nothing stands between them and the applicant; only then may they read."""
    row = _lock_review(review)
    if row.reviewer_id != by.pk or not row.is_open:
        raise Refused("This review is not yours to begin.")
    if row.no_conflict_at is None:
        row.no_conflict_at = at
        row.save(update_fields=["no_conflict_at"])
    return row


@transaction.atomic
def lift_interest(interest: DeclaredInterest, *, by: User, at: dt.datetime, reason: str) -> DeclaredInterest:
    """Ends a conflict that was found not to be one; the reviewer is not given the application back by that."""
    row = DeclaredInterest.objects.select_for_update().get(pk=interest.pk)
    if row.user_id == by.pk or not may_act_as_staff(by, row.application):
        raise Refused("Nobody lifts their own conflict.")
    if not reason.strip():
        raise Refused("Give the reason; it is kept with the conflict.")
    if row.lifted_at is None:
        row.lifted_at, row.lifted_by, row.lift_reason = at, by, reason.strip()
        row.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    return row


@transaction.atomic
def save_review(review: Review, draft: Draft, *, base_revision: int, by: User, at: dt.datetime) -> Saved | Clash:
    """Stores a draft as typed, gaps included; on an older revision it says so and stores nothing."""
    row = _lock_writable(review, by=by)
    standing = draft_of(row)
    if standing == draft:
        return Saved(row.revision)
    if row.revision != base_revision:
        return Clash(row.revision, standing)
    for criterion in row.application.question_set.questions.rubric:
        Score.objects.update_or_create(
            review=row,
            criterion_key=criterion.key,
            defaults={
                "points": draft.points.get(criterion.key),
                "evidence": draft.evidence.get(criterion.key, ""),
            },
        )
    row.recommendation, row.overall = draft.recommendation, draft.overall
    row.revision, row.saved_at = row.revision + 1, at
    row.save(update_fields=["recommendation", "overall", "revision", "saved_at"])
    return Saved(row.revision)


@transaction.atomic
def submit_review(review: Review, *, by: User, at: dt.datetime) -> Review:
    """Sends the review, once: asked again, it is the same review. Raises NotFinished or Refused."""
    row = _lock_review(review)
    if row.reviewer_id == by.pk and row.submitted_at is not None and row.withdrawn_at is None:
        return row
    row = _lock_writable(row, by=by)
    if gaps := gaps_in(row):
        raise NotFinished(gaps)
    row.submitted_at = at
    row.save(update_fields=["submitted_at"])
    return row


@transaction.atomic
def take_away(review: Review, *, by: User, at: dt.datetime, reason: str) -> Review:
    """Ends an assignment with a reason; scores stay on record and no longer count."""
    row = _lock_review(review)
    _refuse_unless_staff(by, row.application)
    if not reason.strip():
        raise Refused("Give the reason; it is kept with the review.")
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, by, reason.strip()[:200]
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return row


def draft_of(review: Review) -> Draft:
    """What is stored, complete for the rubric. One query."""
    stored = {s.criterion_key: s for s in review.scores.all()}
    keys = [c.key for c in review.application.question_set.questions.rubric]
    return Draft(
        points={k: stored[k].points if k in stored else None for k in keys},
        evidence={k: stored[k].evidence if k in stored else "" for k in keys},
        recommendation=review.recommendation,
        overall=review.overall,
    )


def gaps_in(review: Review) -> dict[str, str]:
    """What a review needs before it can be sent, by form field: a score and evidence for each criterion, and advice."""
    draft, gaps = draft_of(review), {}
    for criterion in review.application.question_set.questions.rubric:
        if draft.points[criterion.key] is None:
            gaps[f"points_{criterion.key}"] = f"Choose a score for {criterion.label}"
        if not draft.evidence[criterion.key].strip():
            gaps[f"evidence_{criterion.key}"] = f"Give the evidence for {criterion.label}"
    if not draft.recommendation:
        gaps["recommendation"] = "Choose what you recommend"
    if not draft.overall.strip():
        gaps["overall"] = "Sum up your reasons"
    return gaps


def _lock(application: Application) -> Application:
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("person", "partner", "question_set", "intake__scheme")
        .get(pk=application.pk)
    )


def _lock_review(review: Review) -> Review:
    return (
        Review.objects.select_for_update(of=("self",))
        .select_related("application__person", "application__partner", "application__question_set")
        .get(pk=review.pk)
    )


def _lock_writable(review: Review, *, by: User) -> Review:
    row = _lock_review(review)
    if not may_write_review(by, row):
        raise Refused("This review cannot be changed any more.")
    return row


def _refuse_unless_staff(by: User, application: Application) -> None:
    if not may_act_as_staff(by, application):
        raise Refused("This application is not yours to work on.")
