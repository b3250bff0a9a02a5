"""Several applications decided together: one decision, each moves and is written to; one interest counts for all."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments import conflicts
from appointments.agenda import add_applications, add_cohort, waiting_for_a_meeting
from appointments.decisions import record_decision
from appointments.jobs import make_letter
from appointments.models import AgendaItem, Letter
from appointments.preparing import AgendaRefused
from portal.models import Job
from talent.models import Application, State
from tests.appointments.conftest import Sitting
from tests.factories.appointments import AgendaItemFactory, declared
from tests.factories.portal import sign_in
from tests.factories.talent import ApplicationFactory, DeclaredInterestFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(db: None) -> list[Application]:
    first = ApplicationFactory(state=State.RECOMMENDED)
    return [first, *(ApplicationFactory(state=State.RECOMMENDED, intake=first.intake) for _ in range(2))]


def test_a_cohort_is_one_item(sitting: Sitting, three: list[Application]):
    item = add_cohort(sitting.meeting, three, by=sitting.secretary, at=timezone.now())

    assert (item.kind, item.section.title, item.application) == ("scheme_cohort", "Schemes", None)
    assert set(item.applications.all()) == set(three)
    assert list(waiting_for_a_meeting(sitting.secretary)) == []
    with pytest.raises(AgendaRefused, match="not waiting for a meeting"):
        add_applications(sitting.meeting, three[:1], by=sitting.secretary, at=timezone.now())


def test_a_cohort_is_of_one_intake(sitting: Sitting, three: list[Application]):
    other = ApplicationFactory(state=State.RECOMMENDED)

    with pytest.raises(AgendaRefused, match="applications to one intake"):
        add_cohort(sitting.meeting, [*three, other], by=sitting.secretary, at=timezone.now())


def test_one_decision_moves_each_and_writes_to_each(sitting: Sitting, three: list[Application]):
    item = add_cohort(sitting.meeting, three, by=sitting.secretary, at=timezone.now())

    decision = record_decision(
        item, outcome="approved", votes=sitting.all_for, reason="Strong.", by=sitting.secretary, at=timezone.now()
    )
    for _ in range(2):
        make_letter(Job.objects.get(kind="appointments.make_letter"))

    assert {a.state for a in Application.objects.filter(pk__in=[a.pk for a in three])} == {State.OFFERED}
    assert sorted(decision.facts["applications"]) == sorted(a.reference for a in three)
    assert set(Letter.objects.values_list("application", flat=True)) == {a.pk for a in three}
    assert Letter.objects.count() == 3


def test_an_interest_in_one_takes_a_member_out_of_all(sitting: Sitting, three: list[Application]):
    ReviewFactory(application=three[1], reviewer=sitting.ann)

    item = add_cohort(sitting.meeting, three, by=sitting.secretary, at=timezone.now())

    assert conflicts.conflicted_members(item, sitting.all_for) == {sitting.ann.pk}
    assert list(AgendaItem.objects.listed_for(sitting.ann)) == [sitting.item]


def test_ones_own_application_in_it_does_too(sitting: Sitting, three: list[Application]):
    three[2].person.user = sitting.ben
    three[2].person.save()

    item = add_cohort(sitting.meeting, three, by=sitting.secretary, at=timezone.now())

    assert conflicts.conflicted_members(item, sitting.all_for) == {sitting.ben.pk}
    assert list(AgendaItem.objects.listed_for(sitting.ben)) == [sitting.item]


def test_an_interest_declared_in_the_item_is_kept_to_it(sitting: Sitting):
    item = AgendaItemFactory(meeting=sitting.meeting, cohort=2)

    declared(item, sitting.ann, interest=True)

    assert list(AgendaItem.objects.listed_for(sitting.ann)) == [sitting.item]
    assert conflicts.conflicted_members(item, sitting.all_for) == {sitting.ann.pk}


def test_each_paper_is_read_from_the_item(client: Client, sitting: Sitting):
    item = AgendaItemFactory(meeting=sitting.meeting, cohort=2)
    declared(item, sitting.ann)
    first = item.places.first().application
    sign_in(client, sitting.ann)

    listed = client.get(reverse("appointments:item_detail", args=[item.pk]))
    paper = reverse("appointments:item_candidate", args=[item.pk, first.reference])

    assert [place.application.pk for place in listed.context["places"]] == [p.application_id for p in item.places.all()]
    assert client.get(paper).context["paper"].reference == first.reference
    DeclaredInterestFactory(user=sitting.ann, application=item.places.last().application)
    assert client.get(paper).status_code == 404


def test_they_are_put_together_on_the_page(client: Client, sitting: Sitting, three: list[Application]):
    sign_in(client, sitting.secretary)
    page = reverse("appointments:agenda_edit", args=[sitting.meeting.pk])

    client.post(page, {"applications": [a.pk for a in three], "together": "yes"})

    assert [(i.kind, i.places.count()) for i in AgendaItem.objects.exclude(pk=sitting.item.pk)] == [
        ("scheme_cohort", 3)
    ]
