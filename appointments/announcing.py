"""Announcing an appointment: a draft from the ledger and the declaration, corrected by staff, then published."""

import datetime as dt

from django.db import transaction

from appointments.access import may_run_campaign
from appointments.models import Announcement, Appointment
from portal.models import User
from programmes.questions import Topic
from talent.access import is_own
from talent.applying import answers_of
from talent.models import Application, State
from talent.written import line_of

NOTHING = "None declared."


class AnnouncementRefused(Exception):
    """The appointment cannot be announced so; `str()` is fit for the screen."""


def political_activity_of(application: Application | None) -> str:
    """What the appointee declared, in words. Read for nobody but an appointee: see draft_announcement()."""
    if application is None:
        return NOTHING
    answers = answers_of(application)
    asked = [
        question
        for section in application.question_set.questions.sections
        for question in section.shown(answers)
        if question.topic is Topic.POLITICAL
    ]
    lines = [line_of(question, answers.get(question.key)) for question in asked]
    said = [". ".join(filter(None, [", ".join(line.items), line.text])) for line in lines if line.items]
    return "\n".join(said) or NOTHING


@transaction.atomic
def draft_announcement(appointment: Appointment, *, words: str, by: User, at: dt.datetime) -> Announcement:
    """A draft with the political activity that was declared; another draft takes its place until it is published.

    Only of somebody who has accepted: before that it would tell of an appointment that may not come to be.
    """
    row = _check(appointment, by)
    application = row.decision.item.subject
    announcement, made = Announcement.objects.select_for_update(of=("self",)).get_or_create(
        appointment=row,
        defaults={
            "words": words.strip(),
            "political_activity": political_activity_of(application),
            "drafted_at": at,
            "drafted_by": by,
        },
    )
    if made:
        return announcement
    if announcement.published_at is not None:
        raise AnnouncementRefused("This appointment has been announced.")
    announcement.words, announcement.drafted_at, announcement.drafted_by = words.strip(), at, by
    announcement.save(update_fields=["words", "drafted_at", "drafted_by"])
    return announcement


@transaction.atomic
def publish_announcement(announcement: Announcement, *, by: User, at: dt.datetime) -> Announcement:
    """From now on anybody can read it. Raises AnnouncementRefused."""
    row = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement.pk)
    _check(row.appointment, by)
    if row.published_at is not None:
        raise AnnouncementRefused("This appointment has been announced.")
    if not row.words.strip():
        raise AnnouncementRefused("Say something about the person first.")
    row.published_at, row.published_by = at, by
    row.save(update_fields=["published_at", "published_by"])
    return row


def _check(appointment: Appointment, by: User) -> Appointment:
    rows = Appointment.objects.standing().select_related(
        "board", "person", "decision__item__application", "decision__item__proposal__application__question_set"
    )
    row = rows.filter(pk=appointment.pk).first()
    if row is None:
        raise AnnouncementRefused("This appointment was corrected. Announce the row that stands.")
    if not may_run_campaign(by, row.board) or is_own(by, row.person):
        raise AnnouncementRefused("This appointment is not yours to announce.")
    application = row.decision.item.subject
    if application is not None and application.state != State.APPOINTED:
        raise AnnouncementRefused("They have not accepted yet. Record them as appointed first.")
    return row
