"""A resource on the hub is a file or a link: what may be sent, who reads it, and what becomes of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.documents import get_document_model

from portal.files import FileRefused
from portal.models import Role
from programmes import sharing
from programmes.sharing import Kind, SubmissionRefused
from tests.factories import hub, pages
from tests.factories.portal import OrganisationFactory, member, sign_in

pytestmark = pytest.mark.django_db
CHECKLIST = b"%PDF-1.7 A checklist"


@pytest.fixture
def writer():
    return hub.trust_writer()


def published(row):
    at = timezone.now()
    sharing.move_submission(row, Kind.SUBMITTED, by=row.changed_by, at=at)
    return sharing.move_submission(row, Kind.PUBLISHED, by=member(Role.EDITOR), at=at)


def test_a_resource_needs_a_file_or_a_link_and_not_both(writer) -> None:
    row, at = hub.resource(writer), timezone.now()
    with_link = {"link": "https://example.org/checklist"}

    said = [sharing.missing(row)]
    row = sharing.write(row, with_link, base_revision=row.revision, by=writer, at=at)
    said.append(sharing.missing(row))
    row = sharing.drop_file(row, by=writer, at=at)
    said.append(sharing.missing(row))
    row = sharing.write(row, {"link": ""}, base_revision=row.revision, by=writer, at=at)

    assert [*said, sharing.missing(row)] == [
        [],
        ["Take out the link or the file: one of them."],
        [],
        ["Add a file, or give a link."],
    ]


def test_a_file_is_judged_by_what_is_in_it_and_a_story_has_none(writer) -> None:
    resource, story, at = hub.resource(writer), hub.submission(writer), timezone.now()

    with pytest.raises(FileRefused, match="must be a PDF"):
        sharing.attach_file(resource, SimpleUploadedFile("list.pdf", b"MZ program"), by=writer, at=at)
    with pytest.raises(SubmissionRefused, match=r"^A story has no file\. Share the file as a resource\.$"):
        sharing.attach_file(story, SimpleUploadedFile("list.pdf", CHECKLIST), by=writer, at=at)

    resource.refresh_from_db()
    assert resource.file.read() == CHECKLIST


def test_a_file_that_is_replaced_or_taken_out_is_deleted(writer, django_capture_on_commit_callbacks) -> None:
    row, at = hub.resource(writer), timezone.now()
    first, storage = row.file.name, row.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        row = sharing.attach_file(row, SimpleUploadedFile("new.pdf", b"%PDF-1.7 Anew"), by=writer, at=at)
    second = row.file.name
    assert (storage.exists(first), storage.exists(second)) == (False, True)

    with django_capture_on_commit_callbacks(execute=True):
        row = sharing.drop_file(row, by=writer, at=at)

    assert (storage.exists(second), row.file.name, row.file_type) == (False, "", "")


def test_once_published_everybody_downloads_it_and_nobody_once_it_is_taken_down(client: Client, writer) -> None:
    pages.hub_index()
    row = published(hub.resource(writer))
    page = row.page.specific
    address = page.document.url

    read = client.get(page.get_url())
    file = client.get(address)
    assert (read.status_code, address in read.content.decode()) == (200, True)
    assert f"(PDF, {len(CHECKLIST)}\xa0bytes)" in read.content.decode()
    assert (b"".join(file.streaming_content), page.document.file_extension) == (CHECKLIST, "pdf")

    sharing.move_submission(row, Kind.TAKEN_DOWN, by=member(Role.EDITOR), at=timezone.now(), reason="Out of date")

    assert (client.get(address).status_code, get_document_model().objects.count()) == (404, 0)
    row.refresh_from_db()
    assert row.file.read() == CHECKLIST


def test_a_draft_s_file_is_the_trust_s_and_what_was_sent_the_editors_too(client: Client, writer) -> None:
    row = hub.resource(writer)
    address = f"/hub/submissions/{row.pk}/file/"
    editor, stranger = member(Role.EDITOR), hub.trust_writer(OrganisationFactory())

    def answers() -> list[int]:
        found = []
        for person in (writer, editor, stranger):
            sign_in(client, person)
            found.append(client.get(address).status_code)
        return found

    assert answers() == [200, 404, 404]
    sharing.move_submission(row, Kind.SUBMITTED, by=writer, at=timezone.now())
    assert answers() == [200, 200, 404]


def test_the_page_adds_and_takes_out_the_file(client: Client, writer) -> None:
    sign_in(client, writer)
    row = hub.resource(writer)
    page = f"/hub/submissions/{row.pk}/"

    refused = client.post(f"{page}file/new/", {"file": SimpleUploadedFile("list.pdf", b"MZ program"), "sure": "yes"})
    client.post(f"{page}file/new/", {"file": SimpleUploadedFile("list.pdf", b"%PDF-1.7 Anew"), "sure": "yes"})
    row.refresh_from_db()
    anew = row.file.read()
    client.post(f"{page}file/out/")
    row.refresh_from_db()

    assert refused.context["form"].non_field_errors() == [
        "Your file must be a PDF, a Word document (.docx) or an OpenDocument text (.odt)"
    ]
    assert (anew, row.file.name) == (b"%PDF-1.7 Anew", "")
