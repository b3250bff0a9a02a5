"""The equality vault's only door: answers go in, and only tables after suppression come out, once (docs/adr/0014)."""

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, islice

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from portal.models import User
from programmes.models import Intake
from talent.access import may_read_equality
from talent.disclosure import Counted, Shown
from talent.models import Application, DeadlineExtension, EqualityTable, Person, VaultRead
from talent.models.equality import EqualityRecord
from talent.monitoring import COMPARED, FIELDS, NOT_ANSWERED, PUBLISHED, UNDER_REPRESENTED, Answer
from talent.passing import Passing, Step, with_passings

# DPA 2018 Sch 1 para 39: kept until the year's report is out and checked, then deleted (docs/data-protection.md).
RETENTION = dt.timedelta(days=730)
# Answers are taken this long after the deadline; counts come out only after that, so that none moves between readings.
ANSWERED_WITHIN = dt.timedelta(days=7)
BATCH = 5000
# The unit of a reading by whom the answers are about.
OWN_COPY = "own copy"


class VaultClosed(Exception):
    """The vault does not answer this person, or not yet; `str()` is fit for the screen."""


@dataclass(frozen=True, slots=True)
class People:
    """A group whose answers are counted together; `inside` is the key of the group that it is a part of."""

    key: str
    label: str
    inside: str | None
    members: frozenset[str]  # as subject_of() calls them


@dataclass(frozen=True, slots=True)
class Unit:
    """What is published together, once: its groups lie within one another or apart, never across."""

    key: str
    year_starts: int
    title: str
    groups: tuple[People, ...]
    # Between which groups the relative likelihood of coming through is worked out; the most wanted first.
    steps: tuple[Step, ...] = ()
    is_demonstration: bool = False


def subject_of(row: Application | Person) -> str:
    """What a token is made of."""
    return str(row.pk) if isinstance(row, Application) else f"person:{row.merged_into_id or row.pk}"


def subjects_of(applications: Iterable[int]) -> frozenset[str]:
    """The same of applications by their ids."""
    return frozenset(map(str, applications))


def token(subject: str, *, key: str | None = None) -> str:
    """What ties a record to its subject: an HMAC that only the holder of the vault's keys can work out."""
    secret = hashlib.sha256(b"equality-token:" + (key or settings.EQUALITY_KEYS[0]).encode()).digest()
    return hmac.new(secret, subject.encode(), hashlib.sha256).hexdigest()


def _tokens(subject: str) -> list[str]:
    return [token(subject, key=key) for key in settings.EQUALITY_KEYS]


def store(application: Application, answers: Mapping[str, str], *, at: dt.datetime) -> None:
    """Puts answers into the vault; those to other questions, given before, stay."""
    # The intake's last day for everybody: a date of their own could be matched with an application's.
    _store(subject_of(application), answers, application.intake.closes_at.date(), application.intake)


def store_of_person(person: Person, answers: Mapping[str, str], *, counted_on: dt.date) -> None:
    """The same for who sits on a board; `counted_on` is the day on which the boards are counted next."""
    _store(subject_of(person), answers, counted_on, None)


@transaction.atomic
def _store(subject: str, answers: Mapping[str, str], day: dt.date, intake: Intake | None) -> None:
    record = EqualityRecord.objects.select_for_update().filter(token__in=_tokens(subject)).first()
    EqualityRecord.objects.update_or_create(
        token=record.token if record else token(subject),
        defaults={
            "intake": intake,
            "answers": {**(record.answers if record else {}), **answers},
            "answered_on": day,
            "delete_after": day + RETENTION,
        },
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """Somebody's answers with their days, as they come from elsewhere (the demonstration, another vault)."""

    subject: Application | Person
    answers: Mapping[str, str]
    answered_on: dt.date
    delete_after: dt.date


def keep(many: Iterable[Kept]) -> None:
    """Stores answers in bulk, for subjects that have none yet."""
    EqualityRecord.objects.bulk_create(
        EqualityRecord(
            token=token(subject_of(one.subject)),
            intake=one.subject.intake if isinstance(one.subject, Application) else None,
            answers=dict(one.answers),
            answered_on=one.answered_on,
            delete_after=one.delete_after,
        )
        for one in many
    )


def is_asked(application: Application) -> bool:
    """A pair is not asked: an answer belongs to one person. The scheme must be loaded."""
    return not application.intake.scheme.is_for_two


def has_answered(row: Application | Person) -> bool:
    """Whether the monitoring questions were answered; no page shows what was said, not even to whoever said it."""
    record = EqualityRecord.objects.filter(token__in=_tokens(subject_of(row))).first()
    return record is not None and any(key in record.answers for key in FIELDS if key != UNDER_REPRESENTED)


def own_answers(row: Application | Person, *, by: User, at: dt.datetime) -> dict[str, str]:
    """What somebody said, in words and to themselves alone: for their own copy of all that is held. Writes a VaultRead.

    Raises VaultClosed for anybody else.
    """
    person = row.person if isinstance(row, Application) else row
    while person.user_id is None and person.merged_into is not None:
        person = person.merged_into
    if person.user_id != by.pk:
        raise VaultClosed("Your answers are read by nobody but you.")
    record = EqualityRecord.objects.filter(token__in=_tokens(subject_of(row))).first()
    if record is None:
        return {}
    VaultRead.objects.create(at=at, by=by, unit=OWN_COPY, records=1)
    return {
        FIELDS[key].label: dict(FIELDS[key].choices).get(said, said)
        for key, said in record.answers.items()
        if key in FIELDS
    }


def erase(row: Application | Person) -> None:
    """Somebody takes their answers back."""
    EqualityRecord.objects.filter(token__in=_tokens(subject_of(row))).delete()


def takes_answers_until(intake: Intake) -> dt.datetime:
    """The last moment for an answer: some days after the latest deadline anybody has in this intake. One query."""
    extensions = DeadlineExtension.objects.filter(application__intake=intake)
    last = extensions.aggregate(last=Max("until"))["last"]
    return max(intake.closes_at, last or intake.closes_at) + ANSWERED_WITHIN


def is_published(unit: str, year_starts: int) -> bool:
    return EqualityTable.objects.filter(unit=unit, year_starts=year_starts).exists()


@transaction.atomic
def publish(unit: Unit, *, by: User, at: dt.datetime) -> list[EqualityTable]:
    """Counts every question of a unit and keeps the tables for good; writes a VaultRead. Raises VaultClosed.

    Whether the unit has closed is for its caller to say (appointments/equality_units.py).
    """
    if not may_read_equality(by):
        raise VaultClosed("Only the talent team publishes the equality report.")
    if is_published(unit.key, unit.year_starts):
        raise VaultClosed(f"{unit.title} is published already, and a table is published once.")
    given = _answers(set().union(*(group.members for group in unit.groups)))
    VaultRead.objects.create(at=at, by=by, unit=unit.key, records=len(given))
    tables = []
    for question, answers in PUBLISHED.items():
        counted = [_counted(group, question, answers, given) for group in unit.groups]
        table = EqualityTable(unit=unit.key, year_starts=unit.year_starts, title=unit.title, question=question)
        table.at, table.by, table.is_demonstration = at, by, unit.is_demonstration
        table.facts = _facts(answers, *with_passings(counted, COMPARED.get(question), unit.steps))
        tables.append(table)
    return EqualityTable.objects.bulk_create(tables)


def _answers(members: set[str]) -> dict[str, Mapping[str, str]]:
    """What each member said, as far as they said anything."""
    found: dict[str, Mapping[str, str]] = {}
    waiting = iter(sorted(members))
    while some := list(islice(waiting, BATCH)):
        whose = {one: member for member in some for one in _tokens(member)}
        for record in EqualityRecord.objects.filter(token__in=list(whose)):
            found[whose[record.token]] = record.answers
    return found


def _counted(
    group: People, question: str, answers: Sequence[Answer], given: Mapping[str, Mapping[str, str]]
) -> Counted:
    place = {value: number for number, answer in enumerate(answers) for value in answer.values}
    counts = [0] * len(answers)
    for member in group.members:
        said = given.get(member, {}).get(question, NOT_ANSWERED)
        counts[place.get(said, place[NOT_ANSWERED])] += 1
    return Counted(group.key, group.label, group.inside, tuple(counts))


def _facts(answers: Sequence[Answer], groups: Sequence[Shown], passings: Sequence[Passing]) -> dict[str, object]:
    """Nothing in them is exact: rounded figures, and ratios to one decimal place."""
    return {
        "answers": [answer.label for answer in answers],
        "groups": [
            {
                "key": group.key,
                "label": group.label,
                "total": group.total.shown,
                "cells": [cell.shown for cell in group.cells],
            }
            for group in groups
        ],
        "ratios": [
            asdict(passing.step) | {name: round(getattr(passing.ratio, name), 1) for name in ("value", "low", "high")}
            for passing in passings
        ],
    }


def purge(*, at: dt.datetime) -> int:
    """Deletes what is past its retention date; returns how many records."""
    deleted, _ = EqualityRecord.objects.filter(delete_after__lte=at.date()).delete()
    return deleted


@transaction.atomic
def rotate() -> int:
    """Brings every record to the first of EQUALITY_KEYS, so that the others can be dropped; returns how many."""
    current = {old: token(subject) for subject in _subjects() for old in _tokens(subject)}
    records = list(EqualityRecord.objects.select_for_update())
    for record in records:
        record.token = current.get(record.token, record.token)
        record.save()
    return len(records)


def _subjects() -> Iterator[str]:
    people = Person.objects.values_list("pk", flat=True).iterator()
    return chain(
        map(str, Application.objects.values_list("pk", flat=True).iterator()), (f"person:{pk}" for pk in people)
    )
