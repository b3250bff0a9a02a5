"""The talent schemes and succession of the demonstration: who took part, what came of it, who could follow whom."""

import datetime as dt

import pytest
from django.utils import timezone

from appointments.demo_participation import load_aspiring_chief_executives
from appointments.demo_succession import load_succession
from appointments.models import GrowthConversation, Successor, Tenure
from portal.demo import Stage
from portal.models import Role
from programmes import demo_talent_schemes
from programmes.models import Cohort, Intake, Scheme
from talent.demo import cohorts
from talent.models import Participation, ParticipationOutcome, Person
from tests.factories.boards import SeatFactory
from tests.factories.portal import RegionFactory, member
from tests.factories.talent import PersonFactory

pytestmark = pytest.mark.django_db


def test_every_scheme_has_its_cohort_and_one_person_went_through_eight_of_them():
    RegionFactory()
    stage = Stage(at=timezone.now(), accounts={"talent_team": member(Role.TALENT_TEAM)})
    for _ in range(11):
        seat = SeatFactory(role="chief_executive")
        Tenure.objects.create(seat=seat, person=PersonFactory(), starts_on=dt.date(2017, 9, 1), source="first_load")
    SeatFactory(role="nursing")

    demo_talent_schemes.load(stage)
    load_aspiring_chief_executives(stage)
    cohorts.load(stage)
    load_succession(stage)

    assert (Scheme.objects.count(), Cohort.objects.count()) == (9, 10)
    assert Intake.objects.live(timezone.now()).count() == 9
    chief = Participation.objects.filter(cohort__scheme__slug="aspiring-chief-executives")
    assert chief.count() == 27
    assert not Participation.objects.filter(sponsor_name="").exists()
    traveller = Person.objects.get(full_name=cohorts.TRAVELLER)
    assert traveller.participations.values("cohort__scheme").distinct().count() == 8
    assert ParticipationOutcome.objects.filter(kind="nurse_director").count() == 5
    assert Successor.objects.filter(seat__role="nursing").exists()
    assert GrowthConversation.objects.count() > 20
