"""One person's way through schemes, placements, pools and boards, on one page."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from appointments.models import Tenure
from portal.models import Role
from programmes.demo_talent_schemes import fields, written
from programmes.models import Cohort, Scheme
from programmes.opening import freeze
from talent.journey import journey_of
from talent.models import Application, Participation, ParticipationOutcome
from tests.factories.boards import SeatFactory
from tests.factories.portal import member, sign_in
from tests.factories.talent import PersonFactory, PoolMembershipFactory

pytestmark = pytest.mark.django_db
ALL = (
    "aspiring-chief-executives",
    "aspiring-medical-directors",
    "aspirant-executive-nurse",
    "deputy-executive-nurse",
    "national-nursing-talent",
    "ward-sister-handbook",
    "top-200",
    "senior-systems-leader",
    "interim-executives",
)


def test_every_talent_scheme_is_written_with_questions_stages_and_criteria_of_its_own():
    assert tuple(said["slug"] for said in written()) == ALL
    seen = set()
    for said in written():
        scheme = Scheme(**fields(said))
        scheme.full_clean()
        scheme.save()
        questions = freeze(scheme, by=None, at=timezone.now(), reason="a test").content
        own = tuple(question["key"] for question in questions["sections"][1]["questions"])
        assert own not in seen
        seen.add(own)
    assert len(seen) == len(ALL)


def test_one_person_across_all_schemes(client):
    staff = sign_in(client, member(Role.TALENT_TEAM))
    person = PersonFactory()
    for month, slug in enumerate(ALL, start=1):
        scheme = Scheme.objects.create(name=slug, slug=slug, code=f"X{month}")
        cohort = Cohort.objects.create(
            scheme=scheme, name="2017", starts_on=dt.date(2017, month, 1), ends_on=dt.date(2017, month, 28)
        )
        Participation.objects.create(
            cohort=cohort, person=person, joined_on=cohort.starts_on, sponsor_name="Sal", mentor_name="Mo"
        )
    first = person.participations.order_by("joined_on").first()
    ParticipationOutcome.objects.create(
        participation=first, kind="chief_executive", happened_on=dt.date(2018, 2, 1), by=staff, at=timezone.now()
    )
    PoolMembershipFactory(person=person)
    Tenure.objects.create(
        seat=SeatFactory(role="chief_executive"), person=person, starts_on=dt.date(2018, 2, 1), source="first_load"
    )

    response = client.get(reverse("talent:person_detail", args=[person.pk]))

    steps = response.context["journey"]
    assert [step.kind for step in steps] == ["Pool", "Board", *["Scheme"] * 9]
    assert [step.what for step in steps[2:]] == [f"{slug}: 2017" for slug in reversed(ALL)]
    assert (steps[-1].detail, steps[-1].came_of_it) == (
        "sponsor Sal, mentor Mo",
        "Became a chief executive, February 2018",
    )


@pytest.mark.parametrize("number", [1, 3])
def test_a_long_way_takes_as_many_queries_as_a_short_one(django_assert_num_queries, number):
    person = PersonFactory()
    for count in range(number):
        cohort = Cohort.objects.create(
            scheme=Scheme.objects.create(name=f"S{count}", slug=f"s{count}", code=f"S{count}"),
            name="2017",
            starts_on=dt.date(2017, 1, 1),
        )
        Participation.objects.create(cohort=cohort, person=person, joined_on=cohort.starts_on)
    applications = Application.objects.filter(person=person)

    with django_assert_num_queries(6):
        assert len(journey_of(person, applications)) == number
