"""Freezing a scheme's questions: done once when an intake opens, and again only by a named act."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.models import User
from programmes.access import may_set_questions
from programmes.models import Intake, QuestionSet, Scheme


class NotOpenYet(Exception):
    """Questions are asked from the moment an intake opens."""


class NothingToAdopt(Exception):
    """The intake is not open, or asks the questions as they stand already."""


@transaction.atomic
def questions_of(intake: Intake, *, at: dt.datetime) -> QuestionSet:
    """The set that an application begun now answers; the first call after opening freezes it. Raises NotOpenYet."""
    if at < intake.opens_at:
        raise NotOpenYet(f"{intake} opens at {intake.opens_at.isoformat()}")
    locked = Intake.objects.select_for_update(of=("self",)).select_related("question_set", "scheme").get(pk=intake.pk)
    if locked.question_set is None:
        locked.question_set = freeze(locked.scheme, by=None, at=at, reason=f"{locked.name} opened")
        locked.save(update_fields=["question_set"])
    return locked.question_set


@transaction.atomic
def freeze(scheme: Scheme, *, by: User | None, at: dt.datetime, reason: str) -> QuestionSet:
    """The scheme's questions as they stand now, as a version: the latest if nothing changed, else the next number."""
    Scheme.objects.select_for_update().get(pk=scheme.pk)
    content = scheme.content()
    digest = QuestionSet.digest_of(content)
    latest = scheme.question_sets.order_by("-number").first()
    if latest is not None and latest.digest == digest:
        return latest
    number = latest.number + 1 if latest else 1
    return QuestionSet.objects.create(
        scheme=scheme, number=number, content=content, digest=digest, at=at, by=by, reason=reason
    )


def was_edited(intake: Intake, *, at: dt.datetime) -> bool:
    """Whether `intake` is open and asks other questions than its scheme holds by now."""
    frozen = intake.question_set
    return intake.is_live(at) and frozen is not None and frozen.digest != QuestionSet.digest_of(intake.scheme.content())


@transaction.atomic
def adopt_questions(intake: Intake, *, by: User, at: dt.datetime, reason: str) -> QuestionSet:
    """Gives an open intake the questions as edited since; drafts already begun keep theirs. Raises NothingToAdopt."""
    if not may_set_questions(by):
        raise PermissionDenied
    rows = Intake.objects.select_for_update(of=("self",)).select_related("scheme", "question_set")
    locked = rows.get(pk=intake.pk)
    if not was_edited(locked, at=at):
        raise NothingToAdopt
    locked.question_set = freeze(locked.scheme, by=by, at=at, reason=reason)
    locked.save(update_fields=["question_set"])
    return locked.question_set
