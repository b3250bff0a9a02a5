"""The candidate list as a file: whole, guarded, on record, and no more than the list shows."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from portal.exporting import guarded
from portal.models import Role
from talent.exporting import COLUMNS
from talent.models import CandidateExport, State
from tests.factories.portal import member, sign_in
from tests.factories.talent import ApplicationFactory, DeclaredInterestFactory, PersonFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/talent/candidates/export/"


def rows_of(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-1", "'-1"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("Ann\x00 Lee\x0b", "Ann Lee"),
        ("Ann = Lee", "Ann = Lee"),
        ("", ""),
    ],
)
def test_a_cell_is_never_a_formula(typed: str, cell: str):
    assert guarded(typed) == cell


def test_csv_holds_what_the_list_shows_and_is_on_record(client: Client):
    staff = sign_in(client, member(Role.TALENT_TEAM))
    shown = ApplicationFactory(person=PersonFactory(full_name="=HYPERLINK(1)"), state=State.SIFT)
    ApplicationFactory(state=State.REVIEW)
    ApplicationFactory(state=State.DRAFT)
    DeclaredInterestFactory(user=staff, application=ApplicationFactory(state=State.SIFT))

    response = client.post(f"{ADDRESS}?state=sift", {"file_format": "csv", "reason": "For the panel"})

    assert rows_of(response) == [
        list(COLUMNS),
        [
            shown.reference,
            "'=HYPERLINK(1)",
            shown.person.email,
            "",
            shown.intake.scheme.name,
            shown.intake.name,
            shown.region.name,
            "In sift",
            shown.submitted_at.date().isoformat(),
            "",
        ],
    ]
    record = CandidateExport.objects.get()
    assert (record.by, record.rows, record.reason) == (staff, 1, "For the panel")
    assert (record.file_format, record.filters) == ("csv", {"state": ["sift"]})


def test_a_workbook_holds_the_same(client: Client):
    lead = sign_in(client, member(Role.REGIONAL_LEAD))
    mine = ApplicationFactory(state=State.SIFT, region=lead.memberships.get().region)
    ApplicationFactory(state=State.SIFT)

    response = client.post(ADDRESS, {"file_format": "xlsx", "reason": "For the panel"})

    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content)), read_only=True)["Candidates"]
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["Reference", mine.reference]


def test_nothing_leaves_without_a_purpose(client: Client):
    sign_in(client, member(Role.TALENT_TEAM))

    response = client.post(ADDRESS, {"file_format": "csv", "reason": ""})

    assert response.context["form"].errors == {"reason": ["Enter what you need the file for"]}
    assert CandidateExport.objects.count() == 0


def test_no_column_is_about_equality_or_adjustments():
    assert COLUMNS == (
        "Reference",
        "Name",
        "Email",
        "Headline",
        "Scheme",
        "Intake",
        "Region",
        "State",
        "Submitted",
        "Meets essentials",
    )


def test_the_day_of_sending_is_londons(client: Client):
    sign_in(client, member(Role.TALENT_TEAM))
    ApplicationFactory(state=State.SIFT, submitted_at=dt.datetime(2017, 6, 30, 23, 30, tzinfo=dt.UTC))

    response = client.post(ADDRESS, {"file_format": "csv", "reason": "For the panel"})

    assert rows_of(response)[1][COLUMNS.index("Submitted")] == "2017-07-01"
