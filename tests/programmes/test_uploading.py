"""Figures from a file: kept aside, looked at, entered all at once, once."""

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.models import Role
from portal.rows_file import BadFile
from programmes.entering import Entered, EntryRefused
from programmes.models import FiguresUpload, Reading
from programmes.uploading import drop_stale, enter_file, keep_aside, preview
from tests.factories.collaboratives import MeasureFactory, counted
from tests.factories.portal import OrganisationFactory, member, sign_in

pytestmark = pytest.mark.django_db
AT = dt.datetime(2018, 4, 10, 9, tzinfo=dt.UTC)
HEADER = "trust,measure,month,numerator,denominator\n"


@pytest.fixture
def person():
    found = member(Role.TRUST_USER, organisation=OrganisationFactory(ods_code="RX1"))
    found.trust, found.measure = found.memberships.get().organisation, MeasureFactory(code="turnover")
    counted(found.trust, found.measure, [150, 160], first=dt.date(2018, 1, 1))
    return found


CHANGES = (
    HEADER + "RX1,turnover,2018-01,150,1000\nRX1,turnover,2018-02,161,1000\nRX1,turnover,2018-03,170,1000\n"
).encode()


def test_a_file_is_looked_at_before_it_is_entered_once(person):
    kept = keep_aside(CHANGES, name="figures.csv", by=person, at=AT)

    found = preview(kept)
    before = Reading.objects.count()
    done = enter_file(kept, by=person, at=AT, reason="Counted again")

    assert (found.done, done) == (Entered(1, 1, 1), Entered(1, 1, 1))
    assert [(c.entry.month.month, c.before[0], c.entry.numerator) for c in found.changes] == [(2, 160, 161)]
    assert (found.trusts, found.first, found.last) == (1, dt.date(2018, 1, 1), dt.date(2018, 3, 1))
    assert (before, Reading.objects.count()) == (2, 4)
    assert set(Reading.objects.filter(at=AT).values_list("source", "reason")) == {("file", "Counted again")}
    kept.refresh_from_db()
    assert (kept.rows, kept.entered_at) == ([], AT)
    with pytest.raises(EntryRefused, match=r"^This file was entered already, or another one was sent in its place\.$"):
        enter_file(kept, by=person, at=AT, reason="")


def test_another_file_takes_the_place_of_one_that_waits(person):
    first = keep_aside(CHANGES, name="first.csv", by=person, at=AT)
    keep_aside(CHANGES, name="second.csv", by=person, at=AT)

    assert list(FiguresUpload.objects.values_list("name", flat=True)) == ["second.csv"]
    with pytest.raises(EntryRefused):
        enter_file(first, by=person, at=AT, reason="")


def test_a_bad_file_keeps_nothing(person):
    with pytest.raises(BadFile):
        keep_aside(CHANGES + b"RX1,turnover,2018-01,1,1\n", name="figures.csv", by=person, at=AT)

    assert (FiguresUpload.objects.count(), Reading.objects.count()) == (0, 2)


def test_somebody_else_cannot_enter_it_and_a_stranger_to_the_trust_cannot_send_it(person):
    kept = keep_aside(CHANGES, name="figures.csv", by=person, at=AT)
    other = member(Role.TRUST_USER)

    with pytest.raises(EntryRefused):
        enter_file(kept, by=other, at=AT, reason="")
    with pytest.raises(BadFile, match="“RX1” is no trust whose figures you enter"):
        keep_aside(CHANGES, name="figures.csv", by=other, at=AT)
    assert Reading.objects.count() == 2


def test_a_preview_takes_three_queries(person, django_assert_num_queries):
    for content in (HEADER.encode() + b"RX1,turnover,2018-03,170,1000\n", CHANGES):
        kept = keep_aside(content, name="figures.csv", by=person, at=AT)
        with django_assert_num_queries(3):
            preview(kept)


def test_what_nobody_entered_in_two_days_is_forgotten(person):
    keep_aside(CHANGES, name="figures.csv", by=person, at=AT)

    assert drop_stale(at=AT + dt.timedelta(days=2)) == 0
    assert drop_stale(at=AT + dt.timedelta(days=2, seconds=1)) == 1


def test_the_pages_name_what_is_wrong_and_lead_to_the_preview(client: Client, person):
    sign_in(client, person)
    bad = SimpleUploadedFile("figures.csv", (HEADER + "RX1,turnover,2018-02,many,1000\n").encode())
    good = SimpleUploadedFile("figures.csv", CHANGES)

    refused = client.post("/collaboratives/figures/file/", {"file": bad})
    shown = client.post("/collaboratives/figures/file/", {"file": good}, follow=True)
    page = shown.redirect_chain[-1][0]
    unexplained = client.post(page, {"sure": "yes", "reason": ""})
    done = client.post(page, {"sure": "yes", "reason": "Counted again"}, follow=True)

    assert [str(fault) for fault in refused.context["faults"]] == [
        "Line 2, numerator: “many” is no number; write it in figures with a point, such as 15.2"
    ]
    assert refused.context["form"].errors == {
        "file": ["Nothing was loaded. Put right what is listed below and send the file again."]
    }
    assert shown.templates[0].name == "programmes/upload_detail.html"
    assert list(unexplained.context["form"].errors) == ["reason"]
    assert [str(m) for m in done.context["messages"]] == ["figures.csv: 1 entered, 1 put right, 1 as they were."]
    assert Reading.objects.standing().get(month="2018-02-01").numerator == Decimal(161)


BIG = 50 * 1024 * 1024


def bomb() -> bytes:
    """A workbook of a few hundred kilobytes that would unpack to half a gigabyte."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts,
        parts.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        for _ in range(512):
            sheet.write(bytes(1024 * 1024))
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("figures.csv", lambda: b"0" * BIG, ["The file must be smaller than 10 MB"]),
        ("figures.xlsx", bomb, ["Line 1: the workbook unpacks to far more than figures would; save it anew"]),
        (
            "figures.csv",
            lambda: b"code,rate\nRX1,15\n",
            [f"Line 1: the header must be {HEADER.strip()}, but is code,rate"],
        ),
    ],
    ids=["50 MB", "zip bomb", "wrong columns"],
)
def test_a_bad_file_sent_to_the_page_says_why_and_loads_nothing(client: Client, person, name, content, said):
    sign_in(client, person)

    response = client.post("/collaboratives/figures/file/", {"file": SimpleUploadedFile(name, content())})

    shown = [str(fault) for fault in response.context["faults"]] or response.context["form"].errors["file"]
    assert (response.status_code, shown) == (200, said)
    assert (FiguresUpload.objects.count(), Reading.objects.count()) == (0, 2)
