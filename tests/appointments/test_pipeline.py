"""Pipeline measures: what each counts and leaves out, by region and quarter, from one query each; page and file."""

import csv
import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from appointments import pipeline, pipeline_papers
from appointments.appointing import correct_appointment
from appointments.forms_proposal import ProposalForm
from appointments.models import Appointment, Campaign, Proposal, Seat
from appointments.pipeline import Applied, InPost, Taken, Vacant
from appointments.years import ReportingYear
from portal.models import Region, Role
from talent.models import State
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory, RegionFactory, member, sign_in
from tests.factories.programmes import IntakeFactory
from tests.factories.proposals import decided, proposed_new
from tests.factories.talent import ApplicationFactory

pytestmark = pytest.mark.django_db

D = dt.date
YEAR = ReportingYear.parse("2017-18")
SUMMER, WINTER = D(2017, 7, 1), D(2018, 1, 1)
DAYS = (D(2017, 3, 31), D(2018, 3, 31))


@pytest.fixture
def north() -> Region:
    return RegionFactory(name="North")


@pytest.fixture
def south() -> Region:
    return RegionFactory(name="South")


def seat(region: Region, role: str = "ned", **more: Any) -> Seat:
    made: Seat = SeatFactory(board=OrganisationFactory(region=region), role=role, **more)
    return made


def closed_campaign(where: Seat, day: dt.date, applicants: int, stage: str = "longlist") -> None:
    closes = dt.datetime(day.year, day.month, day.day, 17, tzinfo=dt.UTC)
    intake = IntakeFactory(opens_at=closes - dt.timedelta(days=30), closes_at=closes)
    Campaign.objects.create(seat=where, intake=intake, stage=stage, closes_on=day, about="A busy trust.")
    for _ in range(applicants):
        ApplicationFactory(intake=intake, state=State.SUBMITTED, submitted_at=closes - dt.timedelta(days=2))
    ApplicationFactory(intake=intake, state=State.DRAFT)


def told(where: Seat, day: dt.date, applicants: int | None, **more: Any) -> Proposal:
    """A post that was advertised elsewhere, as the proposal says."""
    kind = Proposal.Kind.NEW_APPOINTMENT if where.is_non_executive else Proposal.Kind.EXECUTIVE_MOVE
    said = {"kind": kind, "seat": where, "person": somebody(), "reason": "The strongest.", "made_at": timezone.now()}
    proposal: Proposal = Proposal.objects.create(**{**said, "applicants": applicants, "closed_on": day, **more})
    return proposal


def test_applicants_are_counted_by_post_region_and_quarter_of_closing(
    north: Region, south: Region, django_assert_num_queries: Any
):
    closed_campaign(seat(north), D(2017, 7, 3), 3)
    closed_campaign(seat(north), D(2017, 9, 29), 1)
    closed_campaign(seat(south), D(2018, 1, 8), 2)
    told(seat(north, "chief_executive"), D(2018, 2, 1), 9)
    told(seat(north, "chief_executive"), D(2018, 3, 31), 4)

    with django_assert_num_queries(1):
        found = pipeline.applicants_per_post(YEAR)

    assert found == (
        Applied("ned", "North", SUMMER, 2, 4),
        Applied("ned", "South", WINTER, 1, 2),
        Applied("chief_executive", "North", WINTER, 2, 13),
    )


def test_a_post_counts_once_and_in_its_year(north: Region):
    closed_campaign(seat(north), D(2017, 3, 31), 3)
    closed_campaign(seat(north), D(2018, 4, 1), 3)
    closed_campaign(seat(north), D(2017, 7, 3), 3, stage="cancelled")
    told(seat(north, "finance"), D(2017, 7, 3), 5, withdrawn_at=dt.datetime(2017, 7, 4, tzinfo=dt.UTC))
    ours = ApplicationFactory(state=State.RECOMMENDED)
    told(seat(north), D(2017, 7, 3), 5, application=ours)  # its campaign counts, not what is said of it
    told(seat(north), D(2017, 7, 3), None)

    assert pipeline.applicants_per_post(YEAR) == ()


def took(where: Seat, closed: dt.date | None, decided_on: dt.date) -> Appointment:
    call_command("load_policies", verbosity=0)
    proposal = proposed_new(where, "2018-04-01", "2021-03-31")
    proposal.closed_on = closed
    proposal.save()
    row = Appointment.objects.get(decision=decided(proposal))
    return correct_appointment(row, decided_on=decided_on, by=member(Role.TALENT_TEAM), at=row.at, reason="Minutes")


def test_time_runs_from_closing_to_the_decision(north: Region, django_assert_num_queries: Any):
    took(seat(north), D(2017, 6, 30), D(2017, 9, 30))  # three months to the day
    took(seat(north), D(2017, 6, 30), D(2017, 7, 10))
    took(seat(north), D(2017, 10, 1), D(2018, 1, 2))  # a day late
    took(seat(north), None, D(2017, 9, 30))
    took(seat(north), D(2017, 6, 30), D(2018, 4, 1))

    with django_assert_num_queries(1):
        found = pipeline.time_to_appoint(YEAR, months=3)

    assert found == (Taken("ned", "North", SUMMER, 2, 2, 51.0), Taken("ned", "North", WINTER, 1, 0, 93.0))


def test_an_appointment_taken_back_took_no_time(north: Region):
    row = took(seat(north), D(2017, 6, 30), D(2017, 9, 30))

    correct_appointment(row, cancelled=True, by=member(Role.TALENT_TEAM), at=row.at, reason="Never taken up")

    assert pipeline.time_to_appoint(YEAR, months=3) == ()


def test_chief_executives_in_post_on_each_day(north: Region, south: Region, django_assert_num_queries: Any):
    seated(seat(north, "chief_executive"), "2015-03-31", None)
    seated(seat(north, "chief_executive"), "2016-03-31", "2018-01-31")
    seated(seat(north, "chief_executive"), "2017-03-01", None, acting=True)
    seated(seat(south, "chief_executive"), "2018-03-31", None)
    seated(seat(south, "finance"), "2001-04-01", None)

    with django_assert_num_queries(1):
        found = pipeline.tenure_of_chief_executives(DAYS)

    assert found == (
        InPost("North", DAYS[0], 2, (731 + 365) / 2),
        InPost("North", DAYS[1], 1, 1096.0),
        InPost("South", DAYS[0], 0, None),
        InPost("South", DAYS[1], 1, 0.0),
    )
    assert pipeline.mean_years(row for row in found if row.day == DAYS[1]) == 548 / 365.25
    assert pipeline.mean_years([found[2]]) is None


def test_vacant_seats_on_each_day(north: Region, south: Region, django_assert_num_queries: Any):
    filled, left, closing = (seat(north) for _ in range(3))
    seated(filled, "2015-04-01", "2019-03-31")
    seated(left, "2015-04-01", "2018-03-30")
    Seat.objects.filter(pk=closing.pk).update(closed_on=DAYS[1])
    seat(south, "chair")
    seat(south, "finance")
    SeatFactory(board=OrganisationFactory(region=south, closed_on=DAYS[0]))

    with django_assert_num_queries(1):
        found = pipeline.vacancies(DAYS)

    assert found == (
        Vacant("North", DAYS[0], 3, 1),
        Vacant("North", DAYS[1], 2, 1),
        Vacant("South", DAYS[0], 1, 1),
        Vacant("South", DAYS[1], 1, 1),
    )
    assert [row.rate for row in found] == [1 / 3, 0.5, 1.0, 1.0]


def test_days_still_to_come_are_not_shown():
    assert pipeline.days_shown(YEAR, today=D(2017, 10, 1)) == (D(2017, 3, 31), D(2017, 6, 30), D(2017, 9, 30))
    assert len(pipeline.days_shown(YEAR, today=D(2020, 1, 1))) == 5


@pytest.mark.parametrize("posts", [1, 3])
def test_pipeline_detail(client: Client, north: Region, posts: int, django_assert_num_queries: Any):
    for _ in range(posts):
        told(seat(north, "chief_executive"), D(2017, 7, 3), 9)
    sign_in(client, member(Role.TALENT_TEAM))
    client.get("/year-end-report/2017-18/pipeline/")

    with django_assert_num_queries(12):
        response = client.get("/year-end-report/2017-18/pipeline/")

    by_post = response.context["sections"][0].tables[0]
    assert by_post.rows == (("Chief executive", str(posts), str(9 * posts), "9.0"),)


def test_each_section_has_a_chart_and_a_table_with_its_figures(north: Region):
    call_command("load_policies", verbosity=0)
    told(seat(north, "chief_executive"), D(2017, 7, 3), 9)
    took(seat(north), D(2017, 6, 30), D(2017, 7, 10))
    seated(seat(north, "chief_executive"), "2015-03-31", None)

    shown = pipeline_papers.sections(pipeline.pipeline(YEAR, today=D(2020, 1, 1)))

    assert [bool(section.chart) for section in shown] == [True] * 4
    assert [section.tables[0].rows[0] for section in shown] == [
        ("Chief executive", "1", "9", "9.0"),
        ("Non-executive director", "1", "1 (100%)", "10"),
        ("England", "2.0", "2.3", "2.5", "2.8", "3.0"),
        ("England", "1 of 1", "1 of 1", "1 of 1", "1 of 1", "1 of 1"),
    ]


def test_the_file_is_for_talent_staff_and_has_the_finest_grain(client: Client, north: Region):
    told(seat(north, "chief_executive"), D(2017, 7, 3), 9)
    sign_in(client, member(Role.REGIONAL_LEAD, region=north))

    lines = list(csv.reader(StringIO(client.get("/year-end-report/2017-18/pipeline/export/").getvalue().decode())))

    assert lines[1] == ["Applicants", "Chief executive", "North", "2017-07-01", "1", "9", "9.000"]
    sign_in(client, member(Role.TRUST_USER))
    assert client.get("/year-end-report/2017-18/pipeline/export/").status_code == 403


def test_the_report_shows_the_measures_to_everybody(client: Client, north: Region):
    told(seat(north, "chief_executive"), D(2017, 7, 3), 9)

    page = client.get("/year-end-report/2017-18/").content.decode()

    assert "Applicants per post" in page
    assert "/pipeline/" not in page


@pytest.mark.parametrize(("kind", "role"), [("new_appointment", "ned"), ("executive_move", "chief_executive")])
def test_a_proposal_asks_how_many_applied_elsewhere(north: Region, kind: str, role: str):
    today = dt.date(2018, 4, 1)
    typed = {"name": "Asha Rao", "reason": "Good.", "applicants": "9"}
    closed = {"closed_on_day": "3", "closed_on_month": "7", "closed_on_year": "2017"}

    form = ProposalForm({**typed, **closed}, kind=kind, seat=seat(north, role), rates=[], today=today)

    assert form.is_valid(), form.errors
    assert (form.facts()["applicants"], form.facts()["closed_on"]) == (9, D(2017, 7, 3))
