"""What is published together, when it has closed, and that the worker publishes it once."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from appointments import equality_units
from appointments.equality_report import PUBLISH, order_publication
from appointments.equality_units import NOT_OVER, TAKES_ANSWERS, UNDECIDED
from appointments.years import ReportingYear
from portal import outbox
from portal.models import Job, Role
from programmes.models import Intake
from talent import equality
from talent.equality import VaultClosed
from talent.models import EqualityTable, State, VaultRead
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory, RegionFactory, member
from tests.factories.programmes import IntakeFactory, SchemeFactory
from tests.factories.talent import ApplicationEventFactory, ApplicationFactory

pytestmark = pytest.mark.django_db

YEAR = ReportingYear(2017)
CLOSED = dt.datetime(2017, 5, 12, 11, tzinfo=dt.UTC)
AFTER = dt.datetime(2018, 4, 2, 9, tzinfo=dt.UTC)


def an_intake(closes_at: dt.datetime = CLOSED, **more: Any) -> Intake:
    return IntakeFactory(opens_at=closes_at - dt.timedelta(days=30), closes_at=closes_at, **more)


def applied(intake: Intake, number: int = 1, state: str = State.UNSUCCESSFUL, **answers: str) -> None:
    for _ in range(number):
        application = ApplicationFactory(intake=intake, state=state)
        ApplicationEventFactory(application=application)
        if answers:
            equality.store(application, answers, at=CLOSED)


def why_not(at: dt.datetime = AFTER) -> list[str]:
    return [unit.why_not for unit in equality_units.standings(YEAR, at=at)]


def test_a_schemes_intakes_of_the_year_are_one_unit():
    scheme = SchemeFactory()
    for closes_at, number in ((CLOSED, 2), (dt.datetime(2018, 3, 31, 22, tzinfo=dt.UTC), 3)):
        applied(an_intake(closes_at, scheme=scheme), number)
    applied(an_intake(dt.datetime(2018, 3, 31, 23, 30, tzinfo=dt.UTC), scheme=scheme), 4)  # 1 April in London

    unit, boards = equality_units.ready_units(YEAR, at=AFTER + dt.timedelta(days=9))

    assert (unit.key, unit.title, boards.key) == (f"scheme:{scheme.slug}", f"{scheme}, 2017-18", "boards")
    assert [(group.key, group.inside, len(group.members)) for group in unit.groups] == [
        ("applied", None, 5),
        ("sifted", "applied", 0),
        ("shortlisted", "sifted", 0),
        ("appointable", "shortlisted", 0),
        ("appointed", "appointable", 0),
    ]


def test_nothing_is_ready_before_the_year_has_ended():
    applied(an_intake())

    assert why_not(dt.datetime(2018, 3, 31, 22, 59, tzinfo=dt.UTC)) == [NOT_OVER, NOT_OVER]
    assert why_not(dt.datetime(2018, 3, 31, 23, 1, tzinfo=dt.UTC)) == ["", ""]


def test_a_unit_waits_for_its_last_answers_and_decisions():
    intake = an_intake(dt.datetime(2018, 3, 30, 11, tzinfo=dt.UTC))
    applied(intake)
    assert why_not() == [TAKES_ANSWERS, ""]

    applied(intake, state=State.INTERVIEW)
    assert why_not(AFTER + dt.timedelta(days=9)) == [UNDECIDED, ""]


def test_an_intake_to_which_nobody_applied_is_no_unit():
    ApplicationFactory(intake=an_intake(), state=State.DRAFT)

    assert [unit.key for unit in equality_units.standings(YEAR, at=AFTER)] == ["boards"]


def test_boards_are_counted_by_kind_and_region_and_everybody_once():
    north, south = RegionFactory(name="North"), RegionFactory(name="South")
    here, there = OrganisationFactory(region=north), OrganisationFactory(region=south)
    person = somebody()
    seated(SeatFactory(board=here, role="chair"), "2017-01-01", "2018-12-31", person=person)
    seated(SeatFactory(board=there), "2017-01-01", "2018-12-31", person=person)
    seated(SeatFactory(board=there), "2017-01-01", "2018-12-31")
    seated(SeatFactory(board=there, role="finance"), "2017-01-01", None)
    seated(SeatFactory(board=there, role="workforce", voting=False), "2017-01-01", None)
    seated(SeatFactory(board=here), "2017-01-01", "2018-03-30")

    unit = equality_units.of_boards(YEAR)

    assert [(group.label, group.inside, len(group.members)) for group in unit.groups] == [
        ("All voting members", None, 3),
        ("Chairs and non-executives", "all", 2),
        ("Chairs and non-executives, North", "non-executive", 1),
        ("Chairs and non-executives, South", "non-executive", 1),
        ("Executive directors", "all", 1),
        ("Executive directors, South", "executive", 1),
    ]


def test_the_worker_publishes_what_has_closed_once_and_says_how_far_it_is():
    reader, intake = member(Role.TALENT_TEAM), an_intake()
    applied(intake, 20, sex="female")
    order_publication(YEAR, by=reader, at=timezone.now())

    assert outbox.run_next(at=timezone.now()) is True
    order_publication(YEAR, by=reader, at=timezone.now())
    assert outbox.run_next(at=timezone.now()) is True

    unit = f"scheme:{intake.scheme.slug}"
    assert EqualityTable.objects.count() == 12
    assert EqualityTable.objects.get(unit=unit, question="sex").facts["groups"][0]["cells"] == [20, 0, 0, 0]
    assert list(VaultRead.objects.order_by("pk").values_list("unit", "records")) == [(unit, 20), ("boards", 0)]
    jobs = Job.objects.filter(kind=PUBLISH).order_by("pk").values_list("progress_done", "progress_total")
    assert list(jobs) == [(2, 2), (0, 0)]


def test_an_order_by_somebody_who_left_publishes_nothing():
    reader = member(Role.TALENT_TEAM)
    order_publication(YEAR, by=reader, at=timezone.now())
    reader.memberships.update(ended_at=timezone.now())

    outbox.run_next(at=timezone.now())

    assert EqualityTable.objects.count() == 0


@pytest.mark.parametrize("role", [Role.REGIONAL_LEAD, Role.COMMITTEE_MEMBER, Role.REVIEWER, Role.TRUST_USER])
def test_only_the_talent_team_orders(role: str):
    with pytest.raises(VaultClosed):
        order_publication(YEAR, by=member(role), at=timezone.now())
    assert Job.objects.filter(kind=PUBLISH).count() == 0


def test_baselines_are_loaded_once(capsys):
    call_command("load_policies")
    call_command("load_policies")

    assert capsys.readouterr().out.splitlines()[-1] == "0 added"
