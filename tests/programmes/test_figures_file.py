"""Files of figures: CSV and workbooks read alike, every bad cell named, and what is no file of figures refused."""

import datetime as dt
import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from portal.rows_file import BadFile
from programmes import figures_file
from programmes.figures_file import COLUMNS, Known, read_figures
from tests.factories.collaboratives import MeasureFactory
from tests.factories.portal import OrganisationFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2018, 3, 10)
HEADER = "trust,measure,month,numerator,denominator\n"
JANUARY = dt.date(2018, 1, 1)


@pytest.fixture
def known() -> Known:
    trust = OrganisationFactory(ods_code="RX1", name="Trust")
    measures = [MeasureFactory(code="turnover"), MeasureFactory(code="falls", count=True)]
    return Known({"rx1": trust}, {measure.code: measure for measure in measures})


def workbook(*rows: tuple[Any, ...], header: tuple[str, ...] = COLUMNS, merged: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    for row in (header, *rows):
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def faults(content: bytes, known: Known) -> list[str]:
    with pytest.raises(BadFile) as refused:
        read_figures(content, known, today=TODAY)
    return str(refused.value).splitlines()


def test_a_csv_file_and_a_workbook_say_the_same(known: Known):
    text = HEADER + "RX1,turnover,2018-01,150,1000.5\nrx1,FALLS,2018-02-28,12,\n"
    cells = workbook(("RX1", "turnover", dt.date(2018, 1, 31), 150, 1000.5), ("rx1", "FALLS", dt.date(2018, 2, 1), 12))

    from_text, from_cells = (read_figures(content, known, today=TODAY) for content in (text.encode(), cells))

    assert from_text == from_cells
    assert [(e.trust, e.measure.code, e.month, e.numerator, e.denominator) for e in from_text] == [
        (known.trusts["rx1"], "turnover", JANUARY, Decimal(150), Decimal("1000.5")),
        (known.trusts["rx1"], "falls", dt.date(2018, 2, 1), Decimal(12), None),
    ]


def test_every_bad_cell_of_a_csv_file_is_named(known: Known):
    text = HEADER + (
        "RX2,turnover,2018-01,150,1000\n"
        "RX1,vacancies,2018-01,150,1000\n"
        "RX1,turnover,Jan 2018,150,1000\n"
        "RX1,turnover,2018-03,150,1000\n"
        "RX1,turnover,2018-01,many,1000\n"
        "RX1,turnover,2018-01,1.234,\n"
        "RX1,turnover,2018-02,150,1000\n"
        "RX1,turnover,2018-02,151,1000\n"
        "RX1,falls,2018-01,12,1000\n"
        ",,,,\n"
    )

    assert faults(text.encode(), known) == [
        "Line 2, trust: “RX2” is no trust whose figures you enter: rx1",
        "Line 3, measure: “vacancies” is no measure of yours: falls, turnover",
        "Line 4, month: “Jan 2018” is no real date; write year-month-day, such as 2017-04-01",
        "Line 5, month: must be over before its figures are entered",
        "Line 6, numerator: “many” is no number; write it in figures with a point, such as 15.2",
        "Line 7, numerator: “1.234” has more than two decimals, or is too large",
        "Line 9, month: is the month of line 8 as well",
        "Line 10, denominator: must be empty: " + f"{known.measures['falls'].name.lower()} is a plain count",
    ]


def test_every_bad_cell_of_a_workbook_is_named(known: Known):
    content = workbook(
        ("RX1", "turnover", "2018-01", 150, 1000),
        ("RX1", "turnover", dt.date(2018, 1, 1), "=100+50", 1000),
        ("RX1", "turnover", dt.date(2018, 1, 1), True, 1000),
        ("RX1", "turnover", None, dt.date(2018, 1, 1), 1000),
    )

    assert faults(content, known) == [
        "Line 2, month: “2018-01” is no date to the workbook; format the cell as a date",
        "Line 3, numerator: the cell D3 is a formula; paste its value",
        "Line 4, numerator: “True” is no number",
        "Line 5, month: is empty",
        "Line 5, numerator: “2018-01-01 00:00:00” is no number",
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"code,rate\n", "Line 1: the header must be trust,measure,month,numerator,denominator, but is code,rate"),
        (HEADER.encode(), "Line 1: there is no line below the header"),
        (b"", "Line 1: the file is empty"),
        (HEADER.encode() + b"RX1,turnover\n", "Line 2: has 2 columns instead of 5"),
        (HEADER.encode() + "RX1,Bäder".encode("latin-1"), "Line 2: not readable as UTF-8; save the file as CSV UTF-8"),
        (b"PK\x03\x04 nothing", "Line 1: this is no Excel workbook (.xlsx); save it as one, or as CSV UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "Line 1: not readable as UTF-8; save the file as CSV UTF-8"),
    ],
    ids=["columns", "no rows", "empty", "short", "latin-1", "broken zip", "picture"],
)
def test_what_is_no_file_of_figures_is_refused(known: Known, content: bytes, why: str):
    assert faults(content, known) == [why]


def test_a_workbook_with_other_columns_or_none_is_refused(known: Known):
    other = workbook(("RX1",), header=("trust", "rate"))
    book = Workbook()
    file = io.BytesIO()
    book.save(file)

    wanted = "the header must be trust,measure,month,numerator,denominator"
    assert faults(other, known) == [f"Line 1: {wanted}, but is trust,rate"]
    assert faults(file.getvalue(), known) == [f"Line 1: {wanted}, but the sheet is empty"]


def test_merged_cells_are_named(known: Known):
    content = workbook(("RX1", "turnover", JANUARY, 150, 1000), ("RX1", "turnover", None, 151, 1000), merged="C2:C3")

    assert faults(content, known) == ["Line 1: the cells C2:C3 are merged; undo it, so that each has its own value"]


def test_a_zip_that_unpacks_without_end_is_refused_before_it_is_read(known: Known, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(figures_file, "MAX_UNPACKED", 1024 * 1024)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 5 * 1024 * 1024)

    said = ["Line 1: the workbook unpacks to far more than figures would; save it anew"]
    assert len(file.getvalue()) < 10_000
    assert faults(file.getvalue(), known) == said


def test_a_zip_that_lies_about_its_size_is_refused_too(known: Known, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(figures_file, "MAX_UNPACKED", 1024 * 1024)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 5 * 1024 * 1024)
    real, lie = (5 * 1024 * 1024).to_bytes(4, "little"), (1000).to_bytes(4, "little")

    said = faults(file.getvalue().replace(real, lie), known)

    assert said in (
        ["Line 1: the workbook unpacks to far more than figures would; save it anew"],
        ["Line 1: this is no Excel workbook (.xlsx); save it as one, or as CSV UTF-8"],
    )


def test_too_large_a_file_and_too_many_lines_are_refused(known: Known, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(figures_file, "MAX_ROWS", 2)
    lines = [f"RX1,turnover,2017-{month:02d},150,1000\n" for month in (1, 2, 3)]

    assert faults(b" " * (figures_file.MAX_BYTES + 1), known) == [
        "Line 1: the file is larger than 10 MB; send it in parts"
    ]
    assert faults((HEADER + "".join(lines)).encode(), known) == [
        "Line 4: there are more than 2 lines; send the file in parts"
    ]
