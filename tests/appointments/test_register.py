"""The register of appointments: who sees which rows, how it is narrowed, the file, one row's page with its history."""

import csv
import datetime as dt
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook

from appointments import register, reports
from appointments.appointing import correct_appointment
from appointments.models import Appointment, ProposalInterest
from appointments.papers import keep_letters
from appointments.years import ReportingYear
from portal.models import Organisation, Region, Role, User
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory, RegionFactory, UserFactory, member, sign_in
from tests.factories.proposals import decided, proposed, proposed_new

pytestmark = pytest.mark.django_db

D = dt.date
JULY = D(2017, 7, 20)
AT = dt.datetime(2018, 5, 1, 12, tzinfo=dt.UTC)
LIST, EXPORT = "/appointments/", "/appointments/export/"


@pytest.fixture(autouse=True)
def policies(db: None) -> None:
    call_command("load_policies", verbosity=0)


def appointed(name: str = "Nadia Okoro", *, day: dt.date = JULY, **seat: Any) -> Appointment:
    """Decided through the acts, then dated into 2017/18 by a correction, as the acts date by today."""
    pay = 18_621 if seat.get("role") == "chair" else 6157
    proposal = proposed_new(SeatFactory(**seat), "2018-01-01", "2020-12-31", person=somebody(name), remuneration=pay)
    decision = decided(proposal)
    return dated(Appointment.objects.get(decision=decision), day)


def dated(row: Appointment, day: dt.date) -> Appointment:
    return correct_appointment(row, decided_on=day, by=member(Role.TALENT_TEAM), at=row.at, reason="As the minutes say")


def renewed(name: str = "Rose Ade", **seat: Any) -> Appointment:
    tenure = seated(SeatFactory(**seat), "2015-04-01", "2018-03-31", person=somebody(name))
    return dated(Appointment.objects.get(decision=decided(proposed(tenure))), D(2017, 9, 28))


def listed(client: Client, **query: str) -> list[str]:
    return [row.person.full_name for row in client.get(LIST, query).context["page"]]


def exported(client: Client, **query: str) -> list[dict[str, str]]:
    content = client.get(EXPORT, query).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(content)))


def test_the_register_shows_what_stands_and_on_request_what_stood(client: Client):
    row = appointed("Nadia Okoro")
    taken_back = appointed("Never Came")
    correct_appointment(taken_back, cancelled=True, by=member(Role.TALENT_TEAM), at=AT, reason="Withdrew")
    sign_in(client, member(Role.TALENT_TEAM))

    assert listed(client) == ["Nadia Okoro"]
    assert sorted(listed(client, replaced="on")) == ["Nadia Okoro"] * 2 + ["Never Came"] * 3
    assert row.corrects is not None


def test_it_is_narrowed_by_year_kind_seat_region_and_trust(client: Client):
    north, south = RegionFactory(name="North"), RegionFactory(name="South")
    board = OrganisationFactory(name="Aire NHS Trust", region=north)
    appointed("New Chair", board=board, role="chair")
    appointed("New Ned", board=OrganisationFactory(name="Exe NHS Trust", region=south))
    appointed("Later", board=board, day=D(2018, 4, 1))
    renewed("Renewed Ned", board=board)
    sign_in(client, member(Role.TALENT_TEAM))

    assert listed(client) == ["Later", "Renewed Ned", "New Ned", "New Chair"]
    assert listed(client, year="2017-18") == ["Renewed Ned", "New Ned", "New Chair"]
    assert listed(client, kind="new") == ["Later", "New Ned", "New Chair"]
    assert listed(client, kind="renewed") == ["Renewed Ned"]
    assert listed(client, role="chair") == ["New Chair"]
    assert listed(client, role="non_executive", year="2018-19") == ["Later"]
    assert listed(client, region=str(south.pk)) == ["New Ned"]
    assert listed(client, trust=board.ods_code) == ["Later", "Renewed Ned", "New Chair"]
    assert listed(client, trusts="foundation_trust") == []
    assert listed(client, q="chair") == ["New Chair"]
    assert listed(client, q="exe") == ["New Ned"]
    assert listed(client, q=board.ods_code.lower()) == ["Later", "Renewed Ned", "New Chair"]
    assert [row["Person"] for row in exported(client, kind="renewed")] == ["Renewed Ned"]


def test_a_year_that_is_none_is_said_so(client: Client):
    appointed()
    sign_in(client, member(Role.TALENT_TEAM))

    response = client.get(LIST, {"year": "2016-18"})

    assert list(response.context["form"].errors) == ["year"]


@pytest.fixture
def region() -> Region:
    return RegionFactory(name="North")


def readers(board: Organisation) -> dict[str, User]:
    return {
        "talent team": member(Role.TALENT_TEAM),
        "committee member": member(Role.COMMITTEE_MEMBER),
        "regional lead": member(Role.REGIONAL_LEAD, region=board.region),
        "trust user": member(Role.TRUST_USER, organisation=board),
        "other region": member(Role.REGIONAL_LEAD),
        "other trust": member(Role.TRUST_USER),
    }


SEES = ["talent team", "committee member", "regional lead", "trust user"]


def test_each_door_shows_a_row_to_the_same_people(client: Client, region: Region):
    row = appointed("Nadia Okoro", board=OrganisationFactory(region=region))
    found: dict[str, list[str]] = {"list": [], "search": [], "file": [], "workbook": [], "page": [], "count": []}
    for who, user in readers(row.board).items():
        client = Client()
        sign_in(client, user)
        book = load_workbook(BytesIO(client.get(EXPORT, {"format": "xlsx"}).getvalue()))
        doors = {
            "list": listed(client) == ["Nadia Okoro"],
            "search": listed(client, q="okoro") == ["Nadia Okoro"],
            "file": [line["Person"] for line in exported(client)] == ["Nadia Okoro"],
            "workbook": len(list(book["Appointments"].rows)) == 2,
            "page": client.get(f"{LIST}{row.pk}/").status_code == 200,
            "count": client.get(LIST).context["page"].paginator.count == 1,
        }
        for door, shown in doors.items():
            found[door] += [who] if shown else []

    assert found == dict.fromkeys(found, SEES)


def test_a_member_with_a_conflict_finds_the_row_behind_no_door(client: Client):
    row = appointed("Nadia Okoro")
    user = member(Role.COMMITTEE_MEMBER)
    proposal = row.decision.item.proposal
    ProposalInterest.objects.create(user=user, proposal=proposal, kind="personal", declared_at=AT)
    sign_in(client, user)

    assert (listed(client), listed(client, q="okoro"), exported(client)) == ([], [], [])
    assert client.get(LIST).context["page"].paginator.count == 0
    assert client.get(f"{LIST}{row.pk}/").status_code == 404


def test_a_spreadsheet_runs_nothing_that_somebody_is_called(client: Client):
    appointed('=HYPERLINK("x")')
    sign_in(client, member(Role.TALENT_TEAM))

    assert exported(client)[0]["Person"] == '\'=HYPERLINK("x")'
    book = load_workbook(BytesIO(client.get(EXPORT, {"format": "xlsx"}).getvalue()))
    assert book["Appointments"]["E2"].value == '\'=HYPERLINK("x")'


def test_the_file_has_every_fact(client: Client):
    row = appointed("Nadia Okoro", board=OrganisationFactory(ods_code="RX1", name="Aire NHS Trust", region__name="N"))
    sign_in(client, member(Role.TALENT_TEAM))

    assert exported(client) == [
        {
            "Row": str(row.pk),
            "Decided": "2017-07-20",
            "Decision": str(row.decision.number),
            "Kind": "New",
            "Person": "Nadia Okoro",
            "Trust code": "RX1",
            "Trust": "Aire NHS Trust",
            "Region": "N",
            "Seat": "Non-executive director",
            "First day": "2018-01-01",
            "Last day": "2020-12-31",
            "GBP a year": "6157",
            "Days a month": "",
            "Corrects row": str(row.corrects_id),
            "Taken back": "",
        }
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_appointment_list(client: Client, rows: int, django_assert_num_queries: Any):
    for _ in range(rows):
        appointed()
    sign_in(client, member(Role.TALENT_TEAM))
    client.get(LIST)

    with django_assert_num_queries(12):
        assert len(client.get(LIST).context["page"]) == rows


@pytest.mark.parametrize("corrections", [1, 3])
def test_appointment_detail(client: Client, corrections: int, django_assert_num_queries: Any):
    row = appointed()
    for number in range(corrections - 1):
        row = correct_appointment(
            row, remuneration=6000 + number, by=member(Role.TALENT_TEAM), at=AT, reason="Typed wrongly"
        )
    sign_in(client, member(Role.TALENT_TEAM))
    client.get(LIST)

    with django_assert_num_queries(12):
        response = client.get(f"{LIST}{row.pk}/")

    assert len(response.context["entries"]) == corrections + 1


def test_the_history_says_what_each_row_changed():
    first = appointed(day=D(2017, 7, 20)).corrects
    assert first is not None
    team = member(Role.TALENT_TEAM)
    second = Appointment.objects.standing().get()
    correct_appointment(second, remuneration=7000, ends_on=D(2021, 3, 31), by=team, at=AT, reason="Typed wrongly")

    entries = register.history(first)

    assert [entry.changes for entry in entries][2] == (
        register.Change("Last day", "31 December 2020", "31 March 2021"),
        register.Change("Pounds a year", "£6,157", "£7,000"),
    )
    assert entries[0].row == first


def test_reasons_are_for_talent_staff(client: Client):
    row = appointed()

    for user, reads in ((member(Role.TALENT_TEAM), True), (member(Role.TRUST_USER, organisation=row.board), False)):
        sign_in(client, user)
        assert ("As the minutes say" in client.get(f"{LIST}{row.pk}/").content.decode()) is reads


def test_the_letter_is_the_persons_and_the_teams(client: Client):
    row = appointed()
    person, user = row.person, UserFactory()
    person.user = user
    person.save()
    keep_letters(row.decision, at=AT)

    answers = {}
    people = {
        "own": user,
        "team": member(Role.TALENT_TEAM),
        "lead": member(Role.REGIONAL_LEAD, region=row.board.region),
    }
    others = {"other": UserFactory(), "trust": member(Role.TRUST_USER, organisation=row.board)}
    for who, reader in (people | others | {"other lead": member(Role.REGIONAL_LEAD)}).items():
        sign_in(client, reader)
        answers[who] = client.get(f"{LIST}{row.pk}/letter/").status_code

    assert answers == {"own": 200, "team": 200, "lead": 200, "other": 404, "trust": 404, "other lead": 404}


def test_years_go_from_the_first_decision_to_the_last(django_assert_num_queries: Any):
    appointed(day=D(2016, 3, 31))
    appointed(day=D(2018, 4, 1))

    with django_assert_num_queries(1):
        years = register.years_recorded()

    assert [str(year) for year in years][-4:] == ["2018-19", "2017-18", "2016-17", "2015-16"]


def test_every_figure_about_appointments_leads_to_just_its_rows(client: Client):
    appointed(role="chair")
    appointed()
    renewed(role="chair")
    renewed()
    appointed(day=D(2018, 4, 1))
    sign_in(client, member(Role.TALENT_TEAM))
    year = ReportingYear.parse("2017-18")

    shown = {}
    for figure, number in reports.lines(reports.year_end(year)):
        if figure.query:
            response = client.get(f"/year-end-report/2017-18/{figure.key}/", follow=True)
            shown[figure.key] = (response.context["page"].paginator.count, number)

    assert shown == {
        "appointments": (4, 4),
        "new": (2, 2),
        "new-chairs": (1, 1),
        "renewed": (2, 2),
        "renewed-chairs": (1, 1),
    }
