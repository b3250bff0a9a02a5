"""A member's pack: what is in it and what is not, byte for byte the same, provable, and PDF/UA."""

import hashlib
import io
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader, PdfWriter

from appointments.agenda import add_appendix, add_cohort
from appointments.jobs import make_pack
from appointments.models import AgendaItem, PackIssued, PackRead, RenderedPaper
from appointments.pack_papers import pack_facts, pack_pdf
from appointments.packs import PackRefused, issue_pack, items_for, order_pack
from portal.binding import NotAPdf
from portal.models import Job
from talent.models import State
from tests.appointments.conftest import Sitting
from tests.factories.appointments import AgendaItemFactory, declared
from tests.factories.portal import sign_in
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import ApplicationFactory, DeclaredInterestFactory, filled
from tests.verapdf import assert_pdf_ua

pytestmark = pytest.mark.django_db


def upload(pages: int = 2) -> bytes:
    writer, written = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width=842, height=595)
    writer.write(written)
    return written.getvalue()


def candidate(sitting: Sitting) -> AgendaItem:
    application = filled(ApplicationFactory(intake=IntakeFactory(closed=True), state=State.RECOMMENDED))
    return AgendaItemFactory(meeting=sitting.meeting, application=application)


def issue(sitting: Sitting) -> tuple[PackIssued, bytes]:
    pack = issue_pack(sitting.meeting, member=sitting.ann, at=timezone.now())
    return pack, pack.file.read()


def declare_all(sitting: Sitting) -> None:
    for item in sitting.meeting.items.all():
        declared(item, sitting.ann)


def bound(sitting: Sitting) -> bytes:
    """Set and bound anew, with nothing kept from before."""
    RenderedPaper.objects.all().delete()
    seat = sitting.meeting.seats(timezone.now()).get(user=sitting.ann)
    facts = pack_facts(sitting.meeting, seat, items_for(sitting.meeting, sitting.ann))
    return pack_pdf(facts, at=timezone.now(), told=lambda done, of: None)


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_a_pack_holds_the_papers_in_order_with_bookmarks_and_the_members_name(sitting: Sitting):
    business = AgendaItemFactory(meeting=sitting.meeting, business=True, note="Six dates are proposed.")
    add_appendix(business, title="Calendar", content=upload(), by=sitting.secretary, at=timezone.now())
    declare_all(sitting)

    pack, content = issue(sitting)

    reader = PdfReader(io.BytesIO(content))
    assert pack.pages == len(reader.pages) == 7
    papers, appendices = reader.outline[2], reader.outline[4]
    assert [reader.outline[0].title, reader.outline[1].title, reader.outline[3].title] == [
        "Cover, contents and agenda",
        "Papers",
        "Appendices",
    ]
    assert [entry.title for entry in papers] == [f"1. {sitting.item.title}", f"2. {business.title}"]
    assert [reader.get_destination_page_number(entry) for entry in [*papers, *appendices]] == [2, 4, 5]
    assert all(str(sitting.ann) in page.extract_text() for page in reader.pages)


def test_contents_lead_to_the_pages_they_name(sitting: Sitting):
    declare_all(sitting)

    reader = PdfReader(io.BytesIO(issue(sitting)[1]))

    links = [annotation.get_object() for annotation in reader.pages[1]["/Annots"]]
    assert [reader.get_page_number(link["/A"]["/D"][0].get_object()) + 1 for link in links] == [3]
    assert {link["/A"]["/S"] for link in links} == {"/GoTo"}


def test_tags_language_and_title_come_through(sitting: Sitting):
    declare_all(sitting)

    root = PdfReader(io.BytesIO(issue(sitting)[1])).root_object

    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    document = root["/StructTreeRoot"]["/K"][0].get_object()
    assert [part.get_object()["/S"] for part in document["/K"]] == ["/Part", "/Part"]
    assert f"Pack of {sitting.ann}" in root["/Metadata"].get_data().decode()


def test_the_volume_and_each_paper_are_pdf_ua(sitting: Sitting, tmp_path: Path):
    candidate(sitting)
    AgendaItemFactory(meeting=sitting.meeting, business=True)
    declare_all(sitting)

    _, content = issue(sitting)

    assert_pdf_ua(content, tmp_path)
    for paper in RenderedPaper.objects.all():
        assert_pdf_ua(paper.file.read(), tmp_path)


def test_two_binds_from_an_emptied_shelf_give_the_same_bytes(sitting: Sitting):
    candidate(sitting)
    declare_all(sitting)

    assert bound(sitting) == bound(sitting)


def test_what_was_issued_is_not_bound_again(sitting: Sitting):
    declare_all(sitting)
    first, content = issue(sitting)
    RenderedPaper.objects.all().delete()

    second, again = issue(sitting)

    assert (second, again, RenderedPaper.objects.count()) == (first, content, 0)
    assert first.sha256 == hashlib.sha256(content).hexdigest()
    assert PackIssued.objects.count() == 1


def test_only_the_paper_that_changed_is_set_anew(sitting: Sitting):
    other = AgendaItemFactory(meeting=sitting.meeting, business=True)
    declare_all(sitting)
    first, _ = issue(sitting)
    AgendaItem.objects.filter(pk=other.pk).update(note="A new proposal.")

    second, _ = issue(sitting)

    assert RenderedPaper.objects.count() == 3
    assert (PackIssued.objects.count(), second.sha256 == first.sha256) == (2, False)


def test_a_conflicted_members_pack_knows_nothing_of_the_item(sitting: Sitting):
    other = AgendaItemFactory(meeting=sitting.meeting, business=True)
    add_appendix(sitting.item, title="Secret case", content=upload(), by=sitting.secretary, at=timezone.now())
    declare_all(sitting)
    DeclaredInterestFactory(user=sitting.ann, application=sitting.item.application)

    pack, content = issue(sitting)

    assert (pack.items, pack.pages) == ([other.pk], 3)
    said = text_of(content)
    hidden = (sitting.item.title, sitting.item.application.person.full_name, "Secret case", "2.")
    assert [word for word in hidden if word in said] == []
    assert [entry.title for entry in PdfReader(io.BytesIO(content)).outline[2]] == [f"1. {other.title}"]


def test_an_item_not_declared_about_is_not_in_the_pack(sitting: Sitting):
    AgendaItemFactory(meeting=sitting.meeting, business=True)
    declared(sitting.item, sitting.ann)

    assert issue(sitting)[0].items == [sitting.item.pk]


def test_a_conflict_found_later_closes_the_pack(sitting: Sitting, client: Client):
    declare_all(sitting)
    issue(sitting)
    DeclaredInterestFactory(user=sitting.ann, application=sitting.item.application)
    sign_in(client, sitting.ann)

    response = client.get(reverse("appointments:pack_download", args=[sitting.meeting.pk]))

    assert (response.status_code, PackRead.objects.count()) == (302, 0)


def test_opening_a_pack_is_recorded(sitting: Sitting, client: Client):
    declare_all(sitting)
    pack, content = issue(sitting)
    sign_in(client, sitting.ann)

    response = client.get(reverse("appointments:pack_download", args=[sitting.meeting.pk]))

    assert b"".join(response.streaming_content) == content
    assert list(PackRead.objects.values_list("pack", "by")) == [(pack.pk, sitting.ann.pk)]


def test_what_was_issued_cannot_be_rewritten(sitting: Sitting):
    declare_all(sitting)
    issue(sitting)

    with pytest.raises(DatabaseError), transaction.atomic():
        PackIssued.objects.raw("UPDATE appointments_packissued SET sha256 = '' RETURNING id")[0]


def test_the_worker_binds_and_says_how_far_it_is(sitting: Sitting):
    declare_all(sitting)
    order_pack(sitting.meeting, member=sitting.ann, at=timezone.now())
    job = Job.objects.get()

    make_pack(job)

    job.refresh_from_db()
    assert (job.progress_done, job.progress_total, PackIssued.objects.get().member) == (1, 1, sitting.ann)


def test_nobody_without_a_seat_orders_a_pack(sitting: Sitting):
    with pytest.raises(PackRefused, match="who sit on the committee"):
        order_pack(sitting.meeting, member=sitting.secretary, at=timezone.now())


def test_nothing_to_read_is_no_pack(sitting: Sitting):
    with pytest.raises(PackRefused, match="Declare your interests first"):
        order_pack(sitting.meeting, member=sitting.ann, at=timezone.now())


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.7 broken"])
def test_what_is_no_pdf_is_no_appendix(sitting: Sitting, content: bytes):
    with pytest.raises(NotAPdf):
        add_appendix(sitting.item, title="X", content=content, by=sitting.secretary, at=timezone.now())


def test_an_item_about_a_cohort_holds_the_paper_of_each(sitting: Sitting):
    intake = IntakeFactory(closed=True)
    applications = [filled(ApplicationFactory(intake=intake, state=State.RECOMMENDED)) for _ in range(2)]
    item = add_cohort(sitting.meeting, applications, by=sitting.secretary, at=timezone.now())
    declared(item, sitting.ann)

    said = text_of(issue(sitting)[1])

    assert [each.reference in said for each in applications] == [True, True]
    assert "2 candidates are decided together" in said
