"""The task list: each section with how far it is; and deadlines for lists without a query a row."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from programmes.questions import Section
from talent.models import Application, State
from talent.models.application import ApplicationQuerySet


@dataclass(frozen=True, slots=True)
class Task:
    section: Section
    status: str
    is_done: bool
    colour: str = ""  # of the tag; a finished task has none (NHS.UK task list)


def tasks_of(application: Application, left: Iterable[Section]) -> list[Task]:
    """Every section in order. One query."""
    unfinished = {section.key for section in left}
    begun = set(application.answers.filter(revision__gt=0).values_list("section_key", flat=True))
    return [_task(section, unfinished, begun) for section in application.question_set.questions.sections]


def _task(section: Section, unfinished: set[str], begun: set[str]) -> Task:
    if section.key not in unfinished:
        return Task(section, "Completed", True)
    if section.key in begun:
        return Task(section, "In progress", False, "blue")
    return Task(section, "Not started", False, "grey")


def with_deadlines(applications: ApplicationQuerySet) -> ApplicationQuerySet:
    """The applications with scheme, region and `extended_until`: one query."""
    joined = applications.select_related("intake__scheme", "region")
    return joined.annotate(extended_until=Max("extensions__until"))


def deadline_of(application: Application) -> dt.datetime:
    """The deadline of a row from with_deadlines()."""
    return max(application.intake.closes_at, application.extended_until or application.intake.closes_at)


def has_closed(application: Application, *, at: dt.datetime) -> bool:
    """Whether a draft from with_deadlines() is too late to send."""
    return application.state == State.DRAFT and at >= deadline_of(application)
