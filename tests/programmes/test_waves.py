"""A whole wave: a step that all took together, plans counted by state, and a collaborative that measures nothing."""

import datetime as dt

import pytest
from django.test import Client

from portal.models import Role
from programmes.cohort import Plans, plans_of
from programmes.enrolling import EnrolmentRefused, hold_for_all
from programmes.models import Enrolment, EnrolmentEvent, ImprovementPlan
from tests.factories.collaboratives import CollaborativeFactory, EnrolmentFactory, TimelineStepFactory, WaveFactory
from tests.factories.portal import OrganisationFactory, UserFactory, member, sign_in

pytestmark = pytest.mark.django_db
AT = dt.datetime(2017, 8, 1, 9, tzinfo=dt.UTC)
HELD = dt.date(2017, 7, 10)


@pytest.fixture
def wave():
    wave = WaveFactory(collaborative=CollaborativeFactory(measures=[], name="Culture", slug="culture"), name="Pilots")
    wave.lead = member(Role.IMPROVEMENT_LEAD)
    wave.collaborative.leads.add(wave.lead)
    return wave


def test_a_step_is_recorded_for_each_running_trust_that_has_none(wave):
    step = TimelineStepFactory(collaborative=wave.collaborative, name="Launch event")
    new, known, left = (EnrolmentFactory(wave=wave) for _ in range(3))
    Enrolment.objects.filter(pk=left.pk).update(left_on=dt.date(2017, 7, 5))
    known.events.create(kind="held", step=step, held_on=dt.date(2017, 7, 4), at=AT, reason="By telephone")

    hold_for_all(wave, step, held_on=HELD, notes=" All came. ", by=wave.lead, at=AT)

    held = EnrolmentEvent.objects.filter(step=step).order_by("held_on").values_list("enrolment", "held_on", "reason")
    assert list(held) == [(known.pk, dt.date(2017, 7, 4), "By telephone"), (new.pk, HELD, "All came.")]
    with pytest.raises(EnrolmentRefused, match=r"^“Launch event” is on record for every trust of this wave already\.$"):
        hold_for_all(wave, step, held_on=HELD, notes="", by=wave.lead, at=AT)


def test_what_did_not_take_place_or_belongs_elsewhere_is_refused(wave):
    EnrolmentFactory(wave=wave)
    step = TimelineStepFactory(collaborative=wave.collaborative)
    with pytest.raises(EnrolmentRefused, match=r"^Record it once it has taken place\.$"):
        hold_for_all(wave, step, held_on=dt.date(2017, 8, 2), notes="", by=wave.lead, at=AT)
    with pytest.raises(EnrolmentRefused, match=r"^This step belongs to another collaborative\.$"):
        hold_for_all(wave, TimelineStepFactory(), held_on=HELD, notes="", by=wave.lead, at=AT)

    assert EnrolmentEvent.objects.count() == 0


def test_the_team_records_it_on_its_page(client: Client, wave):
    step = TimelineStepFactory(collaborative=wave.collaborative, name="Launch event")
    EnrolmentFactory.create_batch(2, wave=wave)
    sign_in(client, wave.lead)
    typed = {"wave": wave.pk, "step": step.pk, "held_on_day": "10", "held_on_month": "7", "held_on_year": "2017"}

    response = client.post("/collaboratives/culture/step/", typed, follow=True)
    again = client.post("/collaboratives/culture/step/", typed)

    assert [str(m) for m in response.context["messages"]] == ["Recorded for 2 trusts: Launch event."]
    assert again.context["form"].errors == {
        "__all__": ["“Launch event” is on record for every trust of this wave already."]
    }


def test_plans_are_counted_by_state_in_one_query(wave, django_assert_num_queries):
    for state in ("draft", "submitted", "submitted"):
        ImprovementPlan.objects.create(
            enrolment=EnrolmentFactory(wave=wave), state=state, changed_at=AT, changed_by=UserFactory()
        )
    EnrolmentFactory(wave=wave)

    with django_assert_num_queries(1):
        found = plans_of(Enrolment.objects.running())

    assert found == Plans((("Draft", 1), ("With the buddies", 2)), 1)
    assert found.total == 3


def test_a_collaborative_without_measures_shows_its_phases(client: Client, wave):
    discover = TimelineStepFactory(collaborative=wave.collaborative, name="Discover", kind="phase", day=0)
    TimelineStepFactory(collaborative=wave.collaborative, name="Deliver", kind="phase", day=90)
    enrolment = EnrolmentFactory(wave=wave, trust=OrganisationFactory(name="Elm Trust"))
    hold_for_all(wave, discover, held_on=HELD, notes="", by=wave.lead, at=AT)
    sign_in(client, wave.lead)

    page = client.get("/collaboratives/culture/")
    own = client.get(f"/collaboratives/trusts/{enrolment.pk}/").content.decode()

    [(shown, stages)] = page.context["timelines"]
    assert (shown, [(str(stage.step), stage.event is not None) for stage in stages]) == (
        enrolment,
        [("Discover", True), ("Deliver", False)],
    )
    assert "Discover: done on 10 July 2017" in " ".join(page.content.decode().split())
    assert "Measures" not in own
    assert client.get("/collaboratives/culture/export/").status_code == 404


def test_phases_take_the_same_queries_with_one_and_with_three(client: Client, wave, django_assert_num_queries):
    TimelineStepFactory(collaborative=wave.collaborative, name="Discover", kind="phase")
    sign_in(client, wave.lead)
    shown = []
    for number in (1, 2):
        EnrolmentFactory.create_batch(number, wave=wave)
        client.get("/collaboratives/culture/")
        with django_assert_num_queries(16):
            response = client.get("/collaboratives/culture/")
        shown.append(len(response.context["timelines"]))

    assert shown == [1, 3]
