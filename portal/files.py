"""What uploads must be: judged by what is in them, whatever they are called, and scanned before they are kept."""

import secrets
import zipfile
import zlib
from typing import Any

import filetype
from django.conf import settings

from portal import scanning

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
EXTENSIONS = {PDF: ".pdf", DOCX: ".docx", ODT: ".odt"}


class FileRefused(Exception):
    """The file cannot be taken; `str()` tells whoever sent it why and what to do."""


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


def unguessable_name(content_type: str) -> str:
    """A name to store a file under: it says nothing, and nobody guesses it."""
    return f"{secrets.token_hex(16)}{EXTENSIONS[content_type]}"
