"""Files that answer a question: checked (portal/files.py), stored privately under a random name."""

import datetime as dt
import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portal.files import EXTENSIONS, checked_type, refuse_infected, unguessable_name
from portal.models import User
from programmes.questions import Question
from talent.applying import lock_open_draft
from talent.models import Application, Attachment


def attach(
    application: Application, question: Question, upload: UploadedFile, *, by: User, at: dt.datetime
) -> Attachment:
    """Checks and stores the file; it replaces the one given before. Raises FileRefused, Closed or MoveRefused."""
    content_type = checked_type(upload)
    refuse_infected(upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return _store(application, question, upload, content_type, digest.hexdigest(), by=by, at=at)


@transaction.atomic
def _store(
    application: Application,
    question: Question,
    upload: UploadedFile,
    content_type: str,
    sha256: str,
    *,
    by: User,
    at: dt.datetime,
) -> Attachment:
    row = lock_open_draft(application, by=by, at=at)
    _remove_all(row, question.key)
    made = Attachment(
        application=row,
        question_key=question.key,
        name=_shown_name(upload.name or "", content_type),
        content_type=content_type,
        size=upload.size or 0,
        sha256=sha256,
        uploaded_at=at,
    )
    made.file.save(unguessable_name(content_type), upload, save=True)
    return made


def _shown_name(name: str, content_type: str) -> str:
    """The applicant's own name for it, without what could steer a browser; ending as its content says."""
    base = "".join(c for c in name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1] if c.isprintable() and c not in '"<>|:*?;')
    stem = base.rsplit(".", 1)[0].strip(" .")[:150] or "file"
    return f"{stem}{EXTENSIONS[content_type]}"


@transaction.atomic
def remove(attachment: Attachment, *, by: User, at: dt.datetime) -> None:
    """Takes a file back from a draft. Raises Closed or MoveRefused."""
    row = lock_open_draft(attachment.application, by=by, at=at)
    _remove_all(row, attachment.question_key)
    row.answers.filter(values={}, section_key=_section_key(row, attachment.question_key)).update(is_complete=False)


def _section_key(application: Application, question_key: str) -> str:
    for section in application.question_set.questions.sections:
        if any(question.key == question_key for question in section.questions):
            return section.key
    return ""


def _remove_all(application: Application, question_key: str) -> None:
    for old in application.attachments.filter(question_key=question_key):
        storage, name = old.file.storage, old.file.name
        old.delete()
        # After the commit: a change that is rolled back keeps its file.
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))
