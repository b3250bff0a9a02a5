"""The text of a PDF, Word or OpenDocument file: read in a process of its own, with little memory and little time.

Nothing in a file is run or fetched: no macros, no outside entities, no more unpacked than a CV needs. The only one that
imports pypdf.
"""

import io
import json
import re
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from pypdf import PdfReader
from pypdf.errors import PyPdfError

FOLDER = Path(__file__).parent.parent
SECONDS = 20
MEMORY = 1024**3
MOST_UNPACKED = 20 * 1024**2
MOST_ENTRIES = 2000
MOST_PAGES = 60
LONGEST = 100_000
# Fewer letters than this beside a picture: the page is one, and its words are pixels.
SCANNED_BELOW = 40

WORDS = {
    "encrypted": "Your file is protected by a password. Save it without one, then choose it again",
    "macros": "Your file holds macros. Save it as a Word document without macros (.docx), then choose it again",
    "scanned": "Your file is a picture of pages, so there is no text to read. Choose the file it was printed from",
    "empty": "There is no text in your file",
    "too_large": "Your file unpacks to more than a CV needs, so it was not read",
    "broken": "Your file cannot be read. Check that it opens on your computer, then save it again",
}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


class Unreadable(Exception):
    """No text came out; `str()` tells the person why and what to do."""


def text_of(content: bytes, kind: str) -> str:
    """The words in `content` (`kind`: pdf, docx or odt), line by line. Raises Unreadable."""
    command = [sys.executable, "-m", "portal.document_text", kind]
    try:
        done = subprocess.run(  # noqa: S603 - this very file, and one of three kinds
            command, input=content, capture_output=True, timeout=SECONDS, check=False, cwd=FOLDER
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(WORDS["broken"]) from error
    if done.returncode != 0:  # ran out of memory or time
        raise Unreadable(WORDS["too_large"])
    answer: dict[str, str] = json.loads(done.stdout)
    if "why" in answer:
        raise Unreadable(WORDS[answer["why"]])
    return answer["text"]


class _Refused(Exception):
    """The key of WORDS that says why."""


def _read(content: bytes, kind: str) -> str:
    text = {"pdf": _pdf, "docx": _docx, "odt": _odt}[kind](content)
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in text.replace("\0", "").splitlines())
    tidy = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if not tidy:
        raise _Refused("empty")
    return tidy[:LONGEST]


def _pdf(content: bytes) -> str:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise _Refused("encrypted")
    pages = reader.pages[:MOST_PAGES]
    text = "\n".join(page.extract_text() for page in pages)
    if len(text.strip()) < SCANNED_BELOW and any(_has_picture(page) for page in pages):
        raise _Refused("scanned")
    return text


def _has_picture(page: Any) -> bool:
    objects = (page.get("/Resources") or {}).get("/XObject") or {}
    return any(each.get_object().get("/Subtype") == "/Image" for each in objects.values())


def _docx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if any(name.lower().endswith("vbaproject.bin") for name in _names(archive)):
            raise _Refused("macros")
        root = fromstring(_part(archive, "word/document.xml"), forbid_dtd=True)
    return "\n".join("".join(_docx_words(paragraph)) for paragraph in root.iter(f"{_W}p"))


def _docx_words(paragraph: Any) -> Iterator[str]:
    for each in paragraph.iter():
        if each.tag == f"{_W}t":
            yield each.text or ""
        elif each.tag == f"{_W}tab":
            yield "\t"
        elif each.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"


def _odt(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = _names(archive)
        if any(name.startswith(("Basic/", "Scripts/")) for name in names):
            raise _Refused("macros")
        if "META-INF/manifest.xml" in names and b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
            raise _Refused("encrypted")
        root = fromstring(_part(archive, "content.xml"), forbid_dtd=True)
    return "\n".join("".join(each.itertext()) for each in root.iter() if each.tag in (f"{_TEXT}p", f"{_TEXT}h"))


def _names(archive: zipfile.ZipFile) -> list[str]:
    names = archive.namelist()
    if len(names) > MOST_ENTRIES:
        raise _Refused("too_large")
    return names


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One entry, unpacked no further than the limit, whatever the archive says of its size."""
    if archive.getinfo(name).flag_bits & 1:
        raise _Refused("encrypted")
    with archive.open(name) as entry:
        content = entry.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        raise _Refused("too_large")
    return content


def _answer(content: bytes, kind: str) -> dict[str, str]:
    try:
        return {"text": _read(content, kind)}
    except _Refused as refused:
        return {"why": str(refused)}
    except (PyPdfError, zipfile.BadZipFile, ParseError, DefusedXmlException):
        return {"why": "broken"}
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, RecursionError, NotImplementedError):
        return {"why": "broken"}  # what libraries say of a file that somebody bent


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    json.dump(_answer(sys.stdin.buffer.read(), sys.argv[1]), sys.stdout)
