"""What the collaboratives come to, from the records: trusts, plans sent, projects, how measures moved."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import call_command

from portal.models import Organisation
from programmes.figures import Moved, WaveFigures, cohort_figures, collaborative_figures, network_figures
from programmes.models import Aim, ImprovementPlan
from tests.factories.collaboratives import (
    CollaborativeFactory,
    EnrolmentFactory,
    MeasureFactory,
    TimelineStepFactory,
    WaveFactory,
    counted,
)
from tests.factories.learning import LearningNetworkFactory, a_member
from tests.factories.portal import OrganisationFactory, UserFactory
from tests.factories.programmes import CohortFactory

pytestmark = pytest.mark.django_db
ACUTE, MENTAL = Organisation.Sector.ACUTE, Organisation.Sector.MENTAL_HEALTH
JANUARY = dt.date(2017, 1, 1)
AT = dt.datetime(2018, 2, 1, 9, tzinfo=dt.UTC)


def plan(enrolment, *kinds: str, ideas: int = 2) -> ImprovementPlan:
    made = ImprovementPlan.objects.create(enrolment=enrolment, changed_at=AT, changed_by=UserFactory())
    for number in range(ideas):
        made.ideas.create(what=f"Idea {number}", owner="Matron", due_on=dt.date(2018, 3, 1))
    for kind in kinds:
        made.events.create(kind=kind, at=AT, by=made.changed_by)
    return made


def held(retention, **steps: tuple) -> None:
    collaborative = retention[0].wave.collaborative
    for day, (name, trusts) in enumerate(steps.items()):
        step = TimelineStepFactory(collaborative=collaborative, name=name, day=day)
        for enrolment in trusts:
            enrolment.events.create(kind="held", step=step, held_on=JANUARY, at=AT)


@pytest.fixture
def retention():
    turnover = MeasureFactory(name="Turnover", code="turnover")
    collaborative = CollaborativeFactory(measures=[turnover], name="Retention", slug="retention")
    Aim.objects.update(change_percent=-10)
    first = WaveFactory(collaborative=collaborative, name="Cohort 1", starts_on=JANUARY, ends_on=dt.date(2017, 3, 31))
    second = WaveFactory(collaborative=collaborative, name="Cohort 2", starts_on=dt.date(2018, 1, 1))
    one, two = (EnrolmentFactory(wave=first, trust=OrganisationFactory(sector=s)) for s in (ACUTE, MENTAL))
    three = EnrolmentFactory(wave=second, trust=OrganisationFactory(sector=MENTAL), left_on=dt.date(2018, 2, 1))
    counted(one.trust, turnover, [200, 180, 160, 999])  # the last month lies after the wave
    counted(two.trust, turnover, [100, 100, 100], denominator=3000)
    return one, two, three


def test_each_wave_has_its_trusts_by_sector_its_plans_and_its_projects(retention):
    one, two, three = retention
    plan(one, "submitted", "returned", "submitted", ideas=3)
    plan(two, ideas=5)  # never sent
    plan(three, "submitted", "approved")
    held(retention, Launch=(one, two), Visit=(one,))

    found = collaborative_figures()["retention"]

    moved = Moved("turnover", "%", dt.date(2017, 1, 1), 7.5, dt.date(2017, 3, 1), 6.5)
    assert found.waves == (
        WaveFigures("Cohort 1", 2, {"acute": 1, "mental_health": 1}, 1, 3, (moved,), {"Launch": 2, "Visit": 1}),
        WaveFigures("Cohort 2", 1, {"mental_health": 1}, 1, 2, (), {}),
    )
    assert (found.trusts, found.plans_submitted, found.projects, found.aims) == (3, 2, 5, {"turnover": -10.0})


def test_a_correction_changes_the_figure(retention):
    one, _, _ = retention
    first = one.trust.readings.order_by("month").first()
    kept = {"measure": first.measure, "trust": one.trust, "month": first.month, "denominator": 1000, "at": AT}
    one.trust.readings.create(**kept, numerator=100, source="typed", corrects=first)

    [moved] = collaborative_figures()["retention"].waves[0].measures

    assert moved.first == 5.0


def test_the_command_prints_it_for_people_and_for_programs(retention):
    plan(retention[0], "submitted", ideas=3)
    held(retention, Visit=retention[:1])
    CohortFactory(scheme__slug="qsir")
    LearningNetworkFactory(slug="patient-experience")
    said, keys = StringIO(), StringIO()

    call_command("programme_figures", stdout=said)
    call_command("programme_figures", "--json", stdout=keys)

    assert said.getvalue().splitlines() == [
        "Retention: 3 trusts, 1 plans submitted, 3 projects",
        "  Cohort 1: 2 trusts (1 acute, 1 mental health)",
        "    Visit: 1",
        "    turnover: 7.5 in January 2017, 6.5 in March 2017 (%)",
        "  Cohort 2: 1 trusts (1 mental health)",
        "Network patient-experience: 0 trusts",
        "Scheme qsir: 1 cohort",
    ]
    assert json.loads(keys.getvalue())["collaboratives"]["retention"]["waves"]["Cohort 1"] == {
        "trusts": 2,
        "by_sector": {"acute": 1, "mental_health": 1},
        "plans_submitted": 1,
        "projects": 3,
        "steps": {"Visit": 1},
        "measures": {
            "turnover": {
                "measure": "turnover",
                "unit": "%",
                "first_month": "2017-01",
                "first": 7.5,
                "last_month": "2017-03",
                "last": 6.5,
            }
        },
    }


def test_nothing_on_record_is_said_so():
    said = StringIO()

    call_command("programme_figures", stdout=said)

    assert said.getvalue() == "Nothing is on record yet.\n"


def test_networks_and_cohorts_are_counted_by_their_slugs():
    network = LearningNetworkFactory(slug="patient-experience")
    for left_at in (None, None, None, AT):
        a_member(network, left_at=left_at)
    cohort = CohortFactory(scheme__slug="qsir")
    CohortFactory(scheme=cohort.scheme)

    assert (network_figures(), cohort_figures()) == ({"patient-experience": 3}, {"qsir": 2})


def test_the_queries_do_not_grow(retention, django_assert_num_queries):
    with django_assert_num_queries(10):
        collaborative_figures()
    for _ in range(3):
        other = CollaborativeFactory()
        plan(EnrolmentFactory(wave__collaborative=other), "submitted")
    with django_assert_num_queries(10):
        collaborative_figures()
