"""Files: judged by content, scanned by a real clamd, limited while they arrive, private, and nothing typed is lost."""

import io
import os
import shutil
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal import scanning
from portal.files import DOCX, ODT, FileRefused, checked_type
from portal.files import PDF as PDF_TYPE
from portal.models import Role
from talent.models import Attachment, SectionAnswer, State
from tests.factories.portal import member, sign_in
from tests.factories.talent import PDF, ApplicationFactory, AttachmentFactory, DeclaredInterestFactory, filled

# Only our own clamd knows this one: no real scanner is disturbed by the test's file.
SIGNATURE = b"portal-test-signature-7f3c"


@pytest.fixture(scope="module")
def clamd() -> Iterator[str]:
    """A clamd of our own with one local signature; yields its address."""
    program = shutil.which("clamd", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("clamd is not installed (apt-get install clamav-daemon; .ci/run does)")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "local.ndb").write_text(f"Portal.Test:0:*:{SIGNATURE.hex()}\n")
        socket_path, config = home / "clamd.sock", home / "clamd.conf"
        config.write_text(f"DatabaseDirectory {home}\nLocalSocket {socket_path}\nForeground yes\nUser root\n")
        if os.geteuid() != 0:
            config.write_text(config.read_text().replace("User root\n", ""))
        running = subprocess.Popen([program, f"--config-file={config}"], stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            for _ in range(300):
                if socket_path.exists() or running.poll() is not None:
                    break
                time.sleep(0.1)
            yield f"unix://{socket_path}"
        finally:
            running.terminate()
            running.wait()


def docx(*, macros: bool = False) -> bytes:
    names = ["[Content_Types].xml", "word/document.xml"] + (["word/vbaProject.bin"] if macros else [])
    return _zip({name: b"<x/>" for name in names})


def _zip(entries: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"), [(PDF, PDF_TYPE), (docx(), DOCX), (_zip({"mimetype": ODT.encode()}), ODT)]
)
def test_the_kind_is_read_from_the_content(content: bytes, kind: str):
    assert checked_type(SimpleUploadedFile("anything.exe", content, content_type="image/png")) == kind


@pytest.mark.parametrize(
    "content", [b"MZ program", _zip({"a.txt": b"x"}), docx(macros=True), b"PK\x03\x04 broken", b"<html>"]
)
def test_other_kinds_are_refused_whatever_they_are_called(content: bytes):
    with pytest.raises(FileRefused, match="must be a PDF"):
        checked_type(SimpleUploadedFile("cv.pdf", content, content_type="application/pdf"))


def test_a_broken_archive_is_refused():
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODT)
    content = bytearray(stored.getvalue())
    start = content.index(b"mimetype") + len("mimetype")
    content[start : start + 8] = b"\xff" * 8

    with pytest.raises(FileRefused):
        checked_type(SimpleUploadedFile("cv.odt", bytes(content)))


def test_an_empty_file_is_refused():
    with pytest.raises(FileRefused, match="is empty"):
        checked_type(SimpleUploadedFile("cv.pdf", b""))


def test_clamd_finds_the_signature_and_passes_the_rest(clamd: str, settings):
    settings.CLAMD_URL = clamd

    assert scanning.answers() is True
    assert scanning.scan([PDF, SIGNATURE]) is scanning.Verdict.INFECTED
    assert scanning.scan([PDF]) is scanning.Verdict.CLEAN


def test_without_a_scanner_nothing_is_scanned(settings):
    settings.CLAMD_URL = ""

    assert scanning.scan([SIGNATURE]) is scanning.Verdict.NOT_SCANNED


def give(client: Client, content: bytes, *, name: str = "cv.pdf"):
    """Uploads a CV on a page that has a text as well; the text must always be kept."""
    application = ApplicationFactory()
    sign_in(client, application.person.user)
    url = reverse("talent:section_edit", args=[application.reference, "your-cv"])
    response = client.post(url, {"revision": "0", "go": "continue", "cv": SimpleUploadedFile(name, content)})
    return application, response


@pytest.mark.django_db
def test_an_infected_file_is_not_taken(client: Client, clamd: str, settings):
    settings.CLAMD_URL = clamd

    _, response = give(client, PDF + SIGNATURE)

    assert "Your file contains a virus" in response.text
    assert Attachment.objects.count() == 0


@pytest.mark.django_db
def test_while_the_scanner_is_down_uploads_are_held_back(client: Client, settings):
    settings.CLAMD_URL = "unix:///nowhere/clamd.sock"

    _, response = give(client, PDF)

    assert "We cannot check files for viruses at the moment" in response.text
    assert Attachment.objects.count() == 0


@pytest.mark.django_db
def test_a_good_file_is_kept_under_a_name_that_says_nothing(client: Client, settings):
    settings.CLAMD_URL = ""

    application, response = give(client, PDF, name="../Asha Patel CV.exe")

    kept = application.attachments.get()
    assert (response.status_code, kept.name, kept.content_type, kept.size) == (
        302,
        "Asha Patel CV.pdf",
        PDF_TYPE,
        len(PDF),
    )
    assert "Asha" not in kept.file.name


@pytest.mark.django_db
def test_a_file_past_the_limit_is_dropped_as_it_arrives_and_the_text_is_kept(client: Client, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    application = ApplicationFactory()
    raw = application.question_set.content
    about = raw["sections"][0]
    about["questions"].append({"key": "photo", "kind": "file", "label": "Photo", "required": False})
    application.question_set = type(application.question_set).objects.create(
        scheme=application.question_set.scheme, number=99, content=raw, digest="x", at=application.started_at
    )
    application.save()
    sign_in(client, application.person.user)
    url = reverse("talent:section_edit", args=[application.reference, "about-you"])
    huge = SimpleUploadedFile("huge.pdf", PDF + b"x" * (3 * 1024 * 1024))

    response = client.post(url, {"full_name": "Asha Patel", "revision": "0", "photo": huge, "phone": "020"})

    assert "Your file must be smaller than 1 MB" in response.text
    assert Attachment.objects.count() == 0
    values = SectionAnswer.objects.get(application=application).values
    assert (values["full_name"], values["phone"]) == ("Asha Patel", "020")


@pytest.mark.django_db
def test_who_may_read_a_file(client: Client):
    application = filled(ApplicationFactory(state=State.REVIEW))
    attachment = application.attachments.get()
    url = reverse("talent:attachment_download", args=[application.reference, attachment.pk])
    staff, conflicted = member(Role.TALENT_TEAM), member(Role.TALENT_TEAM)
    DeclaredInterestFactory(user=conflicted, application=application)
    readers = {
        "owner": application.person.user,
        "staff": staff,
        "conflicted": conflicted,
        "reviewer": member(Role.REVIEWER),
        "regional_lead elsewhere": member(Role.REGIONAL_LEAD),
    }

    found = {}
    for name, user in readers.items():
        sign_in(client, user)
        found[name] = client.get(url).status_code

    assert found == {"owner": 200, "staff": 200, "conflicted": 404, "reviewer": 404, "regional_lead elsewhere": 404}


@pytest.mark.django_db
def test_a_file_is_sent_as_a_download_that_no_browser_interprets(client: Client):
    attachment = AttachmentFactory(name="My CV.pdf")
    sign_in(client, attachment.application.person.user)

    response = client.get(reverse("talent:attachment_download", args=[attachment.application.reference, attachment.pk]))

    assert response["Content-Disposition"] == 'attachment; filename="My CV.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == PDF_TYPE
    assert b"".join(response.streaming_content) == PDF


@pytest.mark.django_db(transaction=True)
def test_a_new_file_replaces_the_old_and_leaves_nothing_behind(client: Client, settings):
    settings.CLAMD_URL = ""
    application, _ = give(client, PDF)
    old = application.attachments.get()
    url = reverse("talent:section_edit", args=[application.reference, "your-cv"])

    client.post(url, {"revision": "0", "go": "continue", "cv": SimpleUploadedFile("new.docx", docx())})

    new = application.attachments.get()
    assert (new.name, new.content_type) == ("new.docx", DOCX)
    assert not old.file.storage.exists(old.file.name)
