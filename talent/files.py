"""Files that answer a question: judged by their content, scanned, stored privately under a random name."""

import datetime as dt
import hashlib
import secrets
import zipfile
import zlib
from typing import Any

import filetype
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portal import scanning
from portal.models import User
from programmes.questions import Question
from talent.applying import lock_open_draft
from talent.models import Application, Attachment

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
EXTENSIONS = {PDF: ".pdf", DOCX: ".docx", ODT: ".odt"}


class FileRefused(Exception):
    """The file cannot be taken; `str()` tells the applicant why and what to do."""


def limit_in_words() -> str:
    return f"{settings.UPLOAD_MAX_BYTES // (1024 * 1024)} MB"


def too_large_text() -> str:
    return f"Your file must be smaller than {limit_in_words()}"


def checked_type(upload: Any) -> str:
    """The content type by what is in the file, whatever it is called. Raises FileRefused."""
    if not upload.size:
        raise FileRefused("Your file is empty. Check that it opens on your computer, then choose it again")
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise FileRefused(too_large_text())
    upload.seek(0)
    head = upload.read(4096)
    upload.seek(0)
    if head.startswith(b"%PDF-") or filetype.guess_mime(head) == PDF:
        return PDF
    if kind := _office_type(upload):
        return kind
    raise FileRefused("Your file must be a PDF, a Word document (.docx) or an OpenDocument text (.odt)")


def _office_type(upload: Any) -> str | None:
    """docx or odt, told by the names and the small type entry inside the zip: nothing large is unpacked."""
    try:
        with zipfile.ZipFile(upload) as archive:
            names = set(archive.namelist())
            if {"[Content_Types].xml", "word/document.xml"} <= names and "word/vbaProject.bin" not in names:
                return DOCX
            if "mimetype" in names and archive.getinfo("mimetype").file_size == len(ODT):
                return ODT if archive.read("mimetype") == ODT.encode() else None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        return None
    finally:
        upload.seek(0)
    return None


def refuse_infected(upload: Any) -> None:
    """Raises FileRefused for what the scanner finds, and while it does not answer."""
    try:
        verdict = scanning.scan(upload.chunks())
    except scanning.ScannerDown:
        raise FileRefused(
            "We cannot check files for viruses at the moment, so yours was not taken. Try again in a few minutes"
        ) from None
    finally:
        upload.seek(0)
    if verdict is scanning.Verdict.INFECTED:
        raise FileRefused("Your file contains a virus, so it was not taken. Scan your computer, then choose another")


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
    # Stored under a name that says nothing and that nobody guesses.
    made.file.save(f"{secrets.token_hex(16)}{EXTENSIONS[content_type]}", upload, save=True)
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
