"""The equality vault's only door: answers go in, and only suppressed counts of closed stages come out."""

import datetime as dt
import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from portal.access import access_of
from portal.models import User
from programmes.models import Intake
from talent.disclosure import Cell, suppressed
from talent.models import Application, ApplicationEvent, DeadlineExtension, State, VaultRead
from talent.models.equality import EqualityRecord
from talent.monitoring import FIELDS, NOT_ANSWERED, UNDER_REPRESENTED

# DPA 2018 Sch 1 para 39: kept until the year's report is out and checked, then deleted (docs/data-protection.md).
RETENTION = dt.timedelta(days=730)
# Answers are taken this long after the deadline; counts come out only after that, so that none moves between readings.
ANSWERED_WITHIN = dt.timedelta(days=7)


class VaultClosed(Exception):
    """The vault does not answer this person, or not yet; `str()` is fit for the screen."""


class Stage(StrEnum):
    """How far an application came, for the equality report."""

    APPLIED = "applied"
    SHORTLISTED = "shortlisted"
    APPROVED = "approved"


_REACHED_BY = {
    Stage.APPLIED: State.SUBMITTED,
    Stage.SHORTLISTED: State.INTERVIEW,
    Stage.APPROVED: State.APPROVED,
}
_BEFORE_INTERVIEW = (State.SUBMITTED, State.LONGLISTED, State.SIFT, State.REVIEW, State.SHORTLISTED)
# A stage has closed when no application stands where it could still enter it.
_BEFORE = {
    Stage.APPLIED: (),
    Stage.SHORTLISTED: _BEFORE_INTERVIEW,
    Stage.APPROVED: (
        *_BEFORE_INTERVIEW,
        State.INTERVIEW,
        State.APPOINTABLE,
        State.RESERVE,
        State.RECOMMENDED,
    ),
}


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Counts of one question at one closed stage, small numbers suppressed."""

    stage: Stage
    field: str
    total: Cell
    cells: tuple[Cell, ...]


def token(application_id: int, *, key: str | None = None) -> str:
    """What ties a record to an application: an HMAC that only the holder of the vault's keys can work out."""
    secret = hashlib.sha256(b"equality-token:" + (key or settings.EQUALITY_KEYS[0]).encode()).digest()
    return hmac.new(secret, str(application_id).encode(), hashlib.sha256).hexdigest()


def _tokens(application_id: int) -> list[str]:
    return [token(application_id, key=key) for key in settings.EQUALITY_KEYS]


@transaction.atomic
def store(application: Application, answers: Mapping[str, str], *, at: dt.datetime) -> None:
    """Puts answers into the vault; those to other questions, given before, stay."""
    record = EqualityRecord.objects.select_for_update().filter(token__in=_tokens(application.pk)).first()
    EqualityRecord.objects.update_or_create(
        token=record.token if record else token(application.pk),
        defaults={
            "intake_id": application.intake_id,
            "answers": {**(record.answers if record else {}), **answers},
            # The intake's last day for everybody: a date of their own could be matched with an application's.
            "answered_on": application.intake.closes_at.date(),
            "delete_after": application.intake.closes_at.date() + RETENTION,
        },
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """One applicant's answers with their days, as they come from elsewhere (the demonstration, another vault)."""

    application: Application
    answers: Mapping[str, str]
    answered_on: dt.date
    delete_after: dt.date


def keep(many: Iterable[Kept]) -> None:
    """Stores answers in bulk, for applications that have none yet."""
    EqualityRecord.objects.bulk_create(
        EqualityRecord(
            token=token(one.application.pk),
            intake=one.application.intake,
            answers=dict(one.answers),
            answered_on=one.answered_on,
            delete_after=one.delete_after,
        )
        for one in many
    )


def has_answered(application: Application) -> bool:
    """Whether the monitoring questions were answered; what was said does not come out, not even to the applicant."""
    record = EqualityRecord.objects.filter(token__in=_tokens(application.pk)).first()
    return record is not None and any(key in record.answers for key in FIELDS if key != UNDER_REPRESENTED)


def erase(application: Application) -> None:
    """The applicant takes their answers back."""
    EqualityRecord.objects.filter(token__in=_tokens(application.pk)).delete()


def takes_answers_until(intake: Intake) -> dt.datetime:
    """The last moment for an answer: some days after the latest deadline anybody has in this intake. One query."""
    extensions = DeadlineExtension.objects.filter(application__intake=intake)
    last = extensions.aggregate(last=Max("until"))["last"]
    return max(intake.closes_at, last or intake.closes_at) + ANSWERED_WITHIN


def is_closed(intake: Intake, stage: Stage, *, at: dt.datetime) -> bool:
    """Whether nobody can enter this stage's count, or answer, any more. Two queries."""
    if at < takes_answers_until(intake):
        return False
    return not Application.objects.filter(intake=intake, state__in=_BEFORE[stage]).exists()


def aggregate(intake: Intake, stage: Stage, field: str, *, by: User, at: dt.datetime) -> Aggregate:
    """Counts by answer for a stage that has closed; writes a VaultRead. Raises VaultClosed."""
    if not access_of(by).is_talent_team:
        raise VaultClosed("Only the talent team reads the equality report.")
    if not is_closed(intake, stage, at=at):
        raise VaultClosed("The equality report opens when this stage has closed for everybody.")
    return _counted(intake, stage, field, by=by, at=at)


@transaction.atomic
def _counted(intake: Intake, stage: Stage, field: str, *, by: User, at: dt.datetime) -> Aggregate:
    members = _members(intake, stage)
    wanted = {one for pk in members for one in _tokens(pk)}
    given = [r.answers.get(field) for r in EqualityRecord.objects.filter(intake=intake) if r.token in wanted]
    VaultRead.objects.create(at=at, by=by, intake=intake, stage=stage, field=field, records=len(given))
    counts = Counter(value or NOT_ANSWERED for value in given)
    counts[NOT_ANSWERED] += len(members) - len(given)
    choices = (*FIELDS[field].choices, (NOT_ANSWERED, "Not answered"))
    total, cells = suppressed([(label, counts[value]) for value, label in choices])
    return Aggregate(stage, field, total, cells)


def _members(intake: Intake, stage: Stage) -> set[int]:
    """Who ever reached the stage, by the ledger: leaving later changes no count."""
    reached = ApplicationEvent.objects.filter(application__intake=intake, to_state=_REACHED_BY[stage])
    return set(reached.values_list("application_id", flat=True))


def purge(*, at: dt.datetime) -> int:
    """Deletes what is past its retention date; returns how many records."""
    deleted, _ = EqualityRecord.objects.filter(delete_after__lte=at.date()).delete()
    return deleted


@transaction.atomic
def rotate() -> int:
    """Brings every record to the first of EQUALITY_KEYS, so that the others can be dropped; returns how many."""
    current = {
        old: token(pk) for pk in Application.objects.values_list("pk", flat=True).iterator() for old in _tokens(pk)
    }
    records = list(EqualityRecord.objects.select_for_update())
    for record in records:
        record.token = current.get(record.token, record.token)
        record.save()
    return len(records)
