"""The equality report as page, PDF and CSV: exact figures, every reading logged, and shut to everybody else."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments import equality_baselines
from appointments.equality_report import csv_rows, read_report
from appointments.wres import indicators
from appointments.years import ReportingYear
from portal.models import Role
from talent import equality
from talent.equality import People, Unit, VaultClosed
from talent.models import EqualityReading
from tests.factories.boards import SeatFactory, seated
from tests.factories.equality import AT, TITLE, a_published_year
from tests.factories.portal import UserFactory, member, sign_in
from tests.factories.talent import PersonFactory
from tests.verapdf import assert_pdf_ua

pytestmark = pytest.mark.django_db

YEAR = ReportingYear(2017)
DOORS = ("equality_detail", "equality_download", "equality_export", "equality_publish")


@pytest.fixture
def reader() -> Any:
    """Of the talent team, with the year's figures published: a scheme and the boards."""
    team = member(Role.TALENT_TEAM)
    a_published_year(team)
    return team


def read(reader: Any) -> Any:
    return read_report(YEAR, by=reader, at=AT, form=EqualityReading.Form.PAGE)


def test_the_report_beside_what_it_is_compared_with(reader: Any, django_assert_num_queries: Any) -> None:
    reader = type(reader).objects.get(pk=reader.pk)

    with django_assert_num_queries(4):  # access, the log, baselines, tables
        report = read(reader)

    assert [section.title for section in report.sections] == [TITLE, "Boards on 31 March 2018"]
    women = report.sections[1].compared[0]
    assert [(line.label, line.text) for line in women.lines] == [
        ("All voting members", "67%"),
        ("Aim for 2020", "50%"),
        ("NHS boards, 2017", "43%"),
        ("Population, 2011", "50.8%"),
        ("NHS workforce, 2017", "77%"),
    ]
    assert report.sections[1].comparison[3] == (
        "Population, 2011",
        ["50.8%", "14%", "17.6%"],
        "; ".join((equality_baselines.SEX, equality_baselines.ETHNICITY, equality_baselines.DISABILITY)),
    )
    assert (report.balance.women, report.balance.points_to_go) == (67, 0)


def test_of_the_nine_indicators_the_second_and_the_ninth_are_worked_out(reader: Any) -> None:
    found = indicators(read(reader))

    assert [(one.number, one.figures) for one in found if one.figures] == [
        (2, (f"{TITLE}: 1.9 (95% interval 1.1 to 3.4)",)),
        (9, ("33% of voting members against 17.7% (NHS workforce, 2017): +15.3 percentage points",)),
    ]
    assert (len(found), {one.note.partition(" supplies")[0] for one in found}) == (9, {"", "Each trust"})


def test_the_file_has_every_figure_and_no_other(reader: Any) -> None:
    rows = list(csv_rows(read(reader)))

    assert rows[:2] == [
        ("Unit", "Question", "Group", "People", "Answer", "Figure", "Percent"),
        (TITLE, "Sex", "Shortlisted", "40", "Women", "20", "50%"),
    ]
    compared = "Relative likelihood, White against Black, Asian and minority ethnic: Shortlisted to appointed"
    assert (TITLE, "Ethnic group", compared, "", "1.1 to 3.4", "1.9", "") in rows
    # Six questions about the scheme's two groups and the boards' one; the scheme's sexes have a ratio too.
    assert len(rows) == 1 + 3 * (4 + 4 + 4 + 6 + 10 + 6) + 2


def test_every_reading_is_logged(client: Client, reader: Any) -> None:
    sign_in(client, reader)

    for door in ("equality_detail", "equality_download", "equality_export"):
        client.get(reverse(f"appointments:{door}", args=["2017-18"]))

    logged = EqualityReading.objects.order_by("pk").values_list("by", "year_starts", "form")
    assert list(logged) == [(reader.pk, 2017, "page"), (reader.pk, 2017, "pdf"), (reader.pk, 2017, "csv")]


def test_the_page_shows_figures_charts_and_what_is_to_be_published(client: Client, reader: Any) -> None:
    sign_in(client, reader)

    page = client.get(reverse("appointments:equality_detail", args=["2017-18"]))

    body = page.content.decode()
    assert page.context["ready"] is False
    assert (body.count('role="img"'), body.count("<h2"), "style=" in body) == (3, 7, False)
    assert "Women hold 67% of the voting seats whose holders answered. That meets the aim of 50%" in body


def test_the_paper_is_pdf_ua(client: Client, reader: Any, tmp_path: Path) -> None:
    sign_in(client, reader)

    paper = client.get(reverse("appointments:equality_download", args=["2017-18"]))

    assert paper.headers["Content-Type"] == "application/pdf"
    assert_pdf_ua(paper.content, tmp_path)


def shut_out() -> Iterator[tuple[str, Any]]:
    yield "applicant", UserFactory()
    yield "administrator of a trust", member(Role.TRUST_USER, is_administrator=True)
    for role in (Role.REVIEWER, Role.REGIONAL_LEAD, Role.COMMITTEE_MEMBER, Role.IMPROVEMENT_LEAD, Role.EDITOR):
        yield role, member(role)


def test_nobody_else_finds_it_by_any_door(client: Client, reader: Any) -> None:
    for who, user in shut_out():
        sign_in(client, user)
        for door in DOORS:
            answer = client.get(reverse(f"appointments:{door}", args=["2017-18"]))
            assert (who, door, answer.status_code, TITLE.encode() in answer.content) == (who, door, 403, False)
        home = client.get(reverse("portal:home")).content
        assert (who, b"quality report" in home) == (who, False)
        with pytest.raises(VaultClosed):
            read_report(YEAR, by=user, at=AT, form=EqualityReading.Form.CSV)
    assert EqualityReading.objects.count() == 0


@pytest.mark.parametrize(
    "address",
    [
        "/year-end-report/2017-18/",
        "/year-end-report/",
        "/search/?query=Quillfeather",
        "/talent/candidates/",
        "/talent/intakes/",
        "/boards/terms/",
    ],
)
def test_no_other_page_tells_of_it(client: Client, reader: Any, address: str) -> None:
    """Not even the talent team's own: figures stand in the report alone, where readings are logged."""
    sign_in(client, reader)

    page = client.get(address)

    assert (page.status_code, b"Quillfeather scheme" in page.content, b"White against" in page.content) == (
        200,
        False,
        False,
    )


def test_publication_is_asked_for_once_more(client: Client) -> None:
    sign_in(client, member(Role.TALENT_TEAM))
    address = reverse("appointments:equality_publish", args=["2017-18"])

    page = client.get(address)
    answer = client.post(address)

    assert [unit.title for unit in page.context["ready"]] == ["Boards on 31 March 2018"]
    assert answer.url == reverse("appointments:equality_detail", args=["2017-18"])
    again = client.get(answer.url)
    assert b"About to be published." in again.content


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_years(client: Client, reader: Any, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows - 1):
        one = Unit("boards", 2018 + number, "Boards", (People("all", "All", None, frozenset()),))
        equality.publish(one, by=reader, at=AT)
    sign_in(client, reader)

    with django_assert_num_queries(9):
        page = client.get(reverse("appointments:equality_list"))

    assert [str(year) for year in page.context["years"]] == ["2019-20", "2018-19", "2017-18"][3 - rows :]


def test_a_board_member_answers_in_their_own_account_and_takes_it_back(client: Client) -> None:
    person = PersonFactory(user=UserFactory())
    seated(SeatFactory(role="finance"), "2017-04-01", None, person=person)
    sign_in(client, person.user)
    address = reverse("appointments:own_equality_edit")

    client.post(address, {"sex": "female"})
    answered = equality.has_answered(person)
    page = client.get(address)
    client.post(reverse("appointments:own_equality_erase"))

    assert (answered, page.context["has_answered"], equality.has_answered(person)) == (True, True, False)
    assert 'value="female" checked' not in page.content.decode()


def test_whoever_left_the_board_is_not_asked_any_more(client: Client) -> None:
    person = PersonFactory(user=UserFactory())
    seated(SeatFactory(), "2014-04-01", "2017-03-31", person=person)
    sign_in(client, person.user)

    assert client.get(reverse("appointments:own_equality_edit")).status_code == 404
    assert client.post(reverse("appointments:own_equality_edit"), {"sex": "male"}).status_code == 404
    assert (equality.has_answered(person), timezone.localdate() > dt.date(2017, 3, 31)) == (False, True)
