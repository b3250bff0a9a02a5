"""The year-end report: what each figure counts, from one query each, and that a corrected row moves it."""

import datetime as dt
import json
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from appointments import reports
from appointments.models import Appointment
from appointments.years import ReportingYear
from portal.models import Organisation, Role
from programmes.models import Cohort
from talent.models import Participation, ParticipationOutcome
from tests.factories.appointments import AgendaItemFactory, DecisionFactory
from tests.factories.boards import SeatFactory, seated
from tests.factories.networks import NetworkSessionFactory
from tests.factories.portal import OrganisationFactory, RegionFactory, member, sign_in
from tests.factories.programmes import SchemeFactory
from tests.factories.talent import PlacementFactory

pytestmark = pytest.mark.django_db

D = dt.date
YEAR = ReportingYear.parse("2017-18")
IN_THE_YEAR = D(2017, 7, 13)


def appointed(kind: str = "new", role: str = "ned", day: dt.date = IN_THE_YEAR, **more: Any) -> Appointment:
    """A row of the ledger as the act writes it."""
    board = more.pop("board", None) or OrganisationFactory()
    tenure = seated(SeatFactory(board=board, role=role), "2017-08-01", "2020-07-31")
    kept = {"person": tenure.person, "seat": tenure.seat, "board": board, "role": role, "tenure": tenure}
    decision = DecisionFactory(item=AgendaItemFactory(business=True))
    days = {"starts_on": tenure.starts_on, "ends_on": tenure.ends_on, "decided_on": day, "at": timezone.now()}
    return Appointment.objects.create(kind=kind, decision=decision, **kept, **days, **more)


def corrected(row: Appointment, **facts: Any) -> Appointment:
    names = ("kind", "person", "seat", "board", "role", "tenure", "starts_on", "ends_on", "decision", "decided_on")
    kept = {name: getattr(row, name) for name in names}
    return Appointment.objects.create(**{**kept, **facts}, corrects=row, at=timezone.now(), reason="Typed wrongly")


def test_appointments_are_counted_by_kind_and_seat(django_assert_num_queries):
    for kind, role in (("new", "chair"), ("new", "ned"), ("reappointment", "ned"), ("extension", "chair")):
        appointed(kind, role)

    with django_assert_num_queries(1):
        assert reports.appointments(YEAR) == reports.Appointments(4, 2, 1, 2, 1)


def test_the_year_goes_by_the_date_of_the_decision():
    for day in (D(2017, 3, 31), D(2017, 4, 1), D(2018, 3, 31), D(2018, 4, 1)):
        appointed(day=day)

    assert reports.appointments(YEAR).total == 2


def test_executives_and_foundation_trusts_are_not_the_bodys_appointments():
    appointed(role="finance")
    appointed(board=OrganisationFactory(kind=Organisation.Kind.FOUNDATION_TRUST))

    assert reports.appointments(YEAR).total == 0


def test_a_correction_moves_the_report():
    row = appointed("new", "chair")
    before = reports.appointments(YEAR)
    moved = corrected(row, decided_on=D(2018, 4, 2))
    after = reports.appointments(YEAR), reports.appointments(ReportingYear.parse("2018-19"))
    corrected(moved, cancelled=True)

    assert (before.total, [year.new_chairs for year in after]) == (1, [0, 1])
    assert reports.appointments(ReportingYear.parse("2018-19")).total == 0


def test_only_sessions_held_count(django_assert_num_queries):
    for state in ("held", "planned", "cancelled"):
        NetworkSessionFactory(state=state, starts_at=dt.datetime(2018, 2, 6, 11, tzinfo=dt.UTC))

    with django_assert_num_queries(1):
        assert reports.chair_networks(YEAR) == 1


def test_aspiring_chief_executives_by_tenure_or_by_record(django_assert_num_queries):
    cohort = Cohort.objects.create(
        scheme=SchemeFactory(slug=reports.ASPIRING_CHIEF_EXECUTIVE), name="First", starts_on=D(2016, 4, 18)
    )
    in_time, late, before, acting = (
        seated(SeatFactory(role="chief_executive"), first, None, acting=first == "2018-01-02").person
        for first in ("2018-03-31", "2018-04-01", "2015-01-01", "2018-01-02")
    )
    told = seated(SeatFactory(), "2016-04-01", None).person
    joined = {
        p.pk: Participation.objects.create(cohort=cohort, person=p, joined_on=D(2016, 4, 18))
        for p in (in_time, late, before, acting, told)
    }
    ParticipationOutcome.objects.create(
        participation=joined[told.pk], kind="chief_executive", happened_on=D(2018, 1, 1), at=timezone.now()
    )

    with django_assert_num_queries(1):
        assert reports.aspiring_chief_executive(YEAR) == reports.AspiringChiefExecutive(5, 2)


def test_each_figures_rows_are_as_many_as_it_says():
    appointed("new", "chair")
    appointed("extension")
    NetworkSessionFactory(state="held", starts_at=dt.datetime(2018, 2, 6, 11, tzinfo=dt.UTC))

    for figure, number in reports.lines(reports.year_end(YEAR)):
        assert (figure.key, figure.rows(YEAR).count()) == (figure.key, number)


def test_the_command_writes_the_published_keys():
    appointed("new", "chair")
    out = StringIO()

    call_command("year_end_report", "2017-18", stdout=out)

    assert json.loads(out.getvalue()) == {
        "year": "2017-18",
        "appointments": {"total": 1, "new": 1, "new_chairs": 1, "renewed": 0, "renewed_chairs": 0},
        "chair_networks": 0,
        "next_director": {"placements": 0, "by_region": {}},
        "aspiring_chief_executive": {"participants": 0, "became_chief_executive": 0},
    }


def test_a_year_that_is_none_is_refused_in_words():
    with pytest.raises(CommandError, match="write it as 2017-18"):
        call_command("year_end_report", "2017-19")


@pytest.mark.parametrize("figure", [figure.key for figure in reports.FIGURES if not figure.query])
@pytest.mark.parametrize("rows", [1, 3])
def test_report_rows(client, figure: str, rows: int, django_assert_num_queries):
    """Every list of rows answers, with as many queries for three as for one."""
    sign_in(client, member(Role.TALENT_TEAM))
    for number in range(rows):
        appointed("new", "chair")
        appointed("extension", "chair")
        NetworkSessionFactory(state="held", starts_at=dt.datetime(2018, 2, 6, 11, number, tzinfo=dt.UTC))

    empty = figure in ("placements", "participants", "chief-executives")
    with django_assert_num_queries(8 if empty else 9):
        response = client.get(f"/year-end-report/2017-18/{figure}/")

    assert response.status_code == 200


def test_the_public_sees_the_figures_and_no_link_to_the_rows(client):
    row = appointed("new", "chair")

    page = client.get("/year-end-report/2017-18/").content.decode()

    assert "New appointments of chairs" in page
    assert "/year-end-report/2017-18/new-chairs/" not in page
    assert row.person.full_name not in page


def test_each_regions_placements_lead_to_their_rows(client):
    """Beside the whole figure each line of it: as many rows as it says."""
    scheme = SchemeFactory(slug=reports.NEXT_DIRECTOR)
    hosts = [OrganisationFactory(region=RegionFactory(name=name)) for name in ("London", "Midlands and East")]
    for host in (hosts[0], hosts[0], hosts[1]):
        started = {"application__intake__scheme": scheme, "host": host, "starts_on": IN_THE_YEAR}
        PlacementFactory(**started)
    sign_in(client, member(Role.TALENT_TEAM))
    said = reports.next_director(YEAR).by_region
    page = client.get("/year-end-report/2017-18/").text

    found = {}
    for region in said:
        address = f"/year-end-report/2017-18/placements/?{urlencode({'region': region})}"
        assert f'href="{address}"' in page
        found[region] = client.get(address).context["page"].paginator.count

    assert said == found == {"London": 2, "Midlands and East": 1}
