"""What the talent team does for one applicant: findings, more time, adjustments, feedback, complaints, hidden words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from portal import outbox
from portal.models import User
from talent.access import Refused, may_act_as_staff, may_answer_complaints
from talent.models import (
    Adjustment,
    Application,
    Complaint,
    DeadlineExtension,
    Feedback,
    RedactionTerm,
    SiftFinding,
    State,
)
from talent.models.application import TURNED_AWAY, closing_time
from talent.workflow import Actor, MoveRefused, move


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one application in a bulk move; `refusal` is empty where it moved."""

    application: Application
    refusal: str = ""


def move_many(
    applications: Iterable[Application], name: str, *, by: User, at: dt.datetime, reason: str = ""
) -> list[Outcome]:
    """Takes the same step for each, for one reason; those that may not move are answered, the others have moved."""
    outcomes = []
    for application in applications:
        try:
            outcomes.append(Outcome(move(application, name, by=by, actor=Actor.STAFF, at=at, reason=reason)))
        except MoveRefused as refusal:
            outcomes.append(Outcome(application, str(refusal)))
    return outcomes


@transaction.atomic
def record_finding(
    application: Application, *, meets_essentials: bool, by: User, at: dt.datetime, reason: str
) -> SiftFinding:
    """The sift's finding on the essential criteria; a later one replaces it, and both stay on record."""
    row = _lock_for_staff(application, by)
    if row.state not in (State.SUBMITTED, State.SIFT, State.REVIEW):
        raise Refused("The essential criteria are found on before the shortlist.")
    _refuse_without(reason)
    row.meets_essentials = meets_essentials
    row.save(update_fields=["meets_essentials"])
    return SiftFinding.objects.create(
        application=row, meets_essentials=meets_essentials, by=by, at=at, reason=reason.strip()
    )


@transaction.atomic
def extend_deadline(
    application: Application, *, until: dt.datetime, by: User, at: dt.datetime, reason: str
) -> DeadlineExtension:
    """More time for one person's draft; the deadline can be moved on, never back."""
    row = _lock_for_staff(application, by)
    if row.state != State.DRAFT:
        raise Refused("This application has been sent: there is nothing to extend.")
    if until <= max(closing_time(row), at):
        raise Refused("The new deadline must be later than the one that stands, and in the future.")
    _refuse_without(reason)
    return DeadlineExtension.objects.create(application=row, until=until, by=by, at=at, reason=reason.strip())


@transaction.atomic
def answer_adjustment(adjustment: Adjustment, *, answer: str, by: User, at: dt.datetime) -> Adjustment:
    row = Adjustment.objects.select_for_update(of=("self",)).select_related("application__person").get(pk=adjustment.pk)
    _refuse_unless_staff(by, row.application)
    row.answer, row.answered_at, row.answered_by = answer.strip(), at, by
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    return row


@transaction.atomic
def give_feedback(
    application: Application, *, strengths: str, to_develop: str, next_steps: str, by: User, at: dt.datetime
) -> Feedback:
    """What the applicant can act on; they are told that it is there. A better wording is a new row."""
    row = _lock_for_staff(application, by)
    if row.state not in TURNED_AWAY:
        raise Refused("Feedback is given once an application was not successful.")
    last = row.feedback.first()
    if last and (last.strengths, last.to_develop, last.next_steps) == (strengths, to_develop, next_steps):
        return last  # sent twice
    feedback = Feedback.objects.create(
        application=row, strengths=strengths, to_develop=to_develop, next_steps=next_steps, by=by, at=at
    )
    outbox.enqueue("talent.tell_feedback", {"feedback": feedback.pk}, at=at, key=f"feedback:{feedback.pk}")
    return feedback


@transaction.atomic
def answer_complaint(complaint: Complaint, *, answer: str, by: User, at: dt.datetime) -> Complaint:
    row = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if not may_answer_complaints(by) or row.user_id == by.pk:
        raise Refused("This complaint is not yours to answer.")
    if row.answered_at and row.answer == answer.strip():
        return row  # sent twice
    row.answer, row.answered_at, row.answered_by = answer.strip(), at, by
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    outbox.enqueue("talent.tell_complaint_answered", {"complaint": row.pk}, at=at, key=f"complaint:{row.pk}:{at}")
    return row


@transaction.atomic
def hide_words(application: Application, *, words: str, by: User, at: dt.datetime) -> RedactionTerm:
    """Hides `words` from the blind round of one application."""
    row = _lock_for_staff(application, by)
    term, _ = RedactionTerm.objects.get_or_create(
        application=row, words=" ".join(words.split()), defaults={"added_by": by, "added_at": at}
    )
    return term


@transaction.atomic
def show_words(term: RedactionTerm, *, by: User) -> None:
    """Shows again what the team had hidden by hand."""
    _refuse_unless_staff(by, term.application)
    term.delete()


def _lock_for_staff(application: Application, by: User) -> Application:
    row = (
        Application.objects.select_for_update(of=("self",))
        .select_related("person", "intake__scheme")
        .get(pk=application.pk)
    )
    _refuse_unless_staff(by, row)
    return row


def _refuse_unless_staff(by: User, application: Application) -> None:
    if not may_act_as_staff(by, application):
        raise Refused("This application is not yours to work on.")


def _refuse_without(reason: str) -> None:
    if not reason.strip():
        raise Refused("Give the reason; it is kept with the decision.")
