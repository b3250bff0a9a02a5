"""A trust's part in a collaborative: chosen with a reason, given buddies, steps recorded, charts shown, left."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from portal.models import Role
from programmes.access import may_lead
from programmes.enrolling import (
    Choice,
    EnrolmentRefused,
    choose_trust,
    choose_trusts,
    hold_step,
    leave,
    name_buddies,
    share_charts,
)
from programmes.models import Collaborative, Enrolment, EnrolmentEvent
from programmes.timeline import timeline_of
from tests.factories.collaboratives import CollaborativeFactory, EnrolmentFactory, TimelineStepFactory, WaveFactory
from tests.factories.portal import OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db
AT = dt.datetime(2017, 8, 1, 9, tzinfo=dt.UTC)
TODAY = dt.date(2017, 8, 1)


def lead_of(wave):
    lead = member(Role.IMPROVEMENT_LEAD)
    wave.collaborative.leads.add(lead)
    return lead


def events(enrolment) -> list[tuple[str, str]]:
    return list(EnrolmentEvent.objects.filter(enrolment=enrolment).values_list("kind", "reason"))


def test_a_trust_is_chosen_once_with_what_the_choice_rested_on():
    wave, trust = WaveFactory(), OrganisationFactory(name="Trust")
    lead = lead_of(wave)

    enrolment = choose_trust(wave, trust, by=lead, at=AT, reason=" Beyond the limit ", facts={"z": 3.4})

    assert (enrolment.joined_on, events(enrolment)) == (TODAY, [("chosen", "Beyond the limit")])
    assert EnrolmentEvent.objects.get(enrolment=enrolment).facts == {"z": 3.4}
    again = WaveFactory(collaborative=wave.collaborative)
    with pytest.raises(EnrolmentRefused, match=rf"^Trust takes part already \({wave.name}\)\.$"):
        choose_trust(again, trust, by=lead, at=AT, reason="Again")


@pytest.mark.parametrize("why", ["no reason", "closed", "body"])
def test_what_is_no_choice_is_refused(why: str):
    wave = WaveFactory()
    trust = {
        "no reason": OrganisationFactory(name="Trust"),
        "closed": OrganisationFactory(name="Trust", closed_on=TODAY),
        "body": OrganisationFactory(body=True, name="Trust"),
    }[why]
    said = "Say why Trust was chosen." if why == "no reason" else "Trust is no trust that is open on that day."

    with pytest.raises(EnrolmentRefused) as refused:
        choose_trust(wave, trust, by=lead_of(wave), at=AT, reason="" if why == "no reason" else "Asked")

    assert (str(refused.value), Enrolment.objects.count()) == (said, 0)


def test_several_trusts_join_together_or_none_does():
    wave = WaveFactory()
    lead = lead_of(wave)
    there = EnrolmentFactory(wave=wave, trust=OrganisationFactory(name="Ash"))
    choices = [Choice(OrganisationFactory(name=name), f"Beyond the limit: {name}") for name in ("Birch", "Cedar")]

    with pytest.raises(EnrolmentRefused, match=rf"^Ash takes part already \({wave.name}\)\. Say why Elm was chosen\.$"):
        choose_trusts(
            wave,
            [*choices, Choice(there.trust, "Again"), Choice(OrganisationFactory(name="Elm"), " ")],
            by=lead,
            at=AT,
        )
    assert list(Enrolment.objects.all()) == [there]

    made = choose_trusts(wave, choices, by=lead, at=AT)

    assert [events(one) for one in made] == [
        [("chosen", "Beyond the limit: Birch")],
        [("chosen", "Beyond the limit: Cedar")],
    ]


def test_a_trust_may_join_again_once_its_wave_has_ended():
    first = WaveFactory(ends_on=dt.date(2017, 7, 31))
    trust = EnrolmentFactory(wave=first).trust
    later = WaveFactory(collaborative=first.collaborative, starts_on=dt.date(2017, 9, 1))

    again = choose_trust(later, trust, by=lead_of(later), at=AT, reason="Turnover rose again")

    assert (again.wave, trust.enrolments.count()) == (later, 2)


def test_the_queries_of_choosing_do_not_grow_with_the_trusts(django_assert_num_queries):
    wave = WaveFactory()
    lead = lead_of(wave)
    assert may_lead(lead, wave.collaborative)  # who one is, is read once
    for number in (1, 3):
        choices = [Choice(trust, "Asked") for trust in OrganisationFactory.create_batch(number)]
        with django_assert_num_queries(7):
            choose_trusts(wave, choices, by=lead, at=AT)


def test_only_the_programme_team_chooses_names_buddies_and_lets_go():
    enrolment = EnrolmentFactory()
    own = member(Role.TRUST_USER, organisation=enrolment.trust)
    for person in (own, member(Role.IMPROVEMENT_LEAD), member(Role.EDITOR), UserFactory()):
        with pytest.raises(PermissionDenied):
            choose_trust(enrolment.wave, OrganisationFactory(), by=person, at=AT, reason="Asked")
        with pytest.raises(PermissionDenied):
            name_buddies(enrolment, clinical=None, workforce=None, by=person, at=AT)
        with pytest.raises(PermissionDenied):
            leave(enrolment, left_on=TODAY, by=person, at=AT, reason="Merged")

    assert (Enrolment.objects.count(), events(enrolment)) == (1, [])


def test_a_buddy_comes_from_outside_and_holds_the_role():
    enrolment = EnrolmentFactory()
    lead, buddy, stranger = lead_of(enrolment.wave), member(Role.IMPROVEMENT_LEAD), UserFactory(full_name="Ann")
    insider = member(Role.IMPROVEMENT_LEAD)
    member(Role.TRUST_USER, organisation=enrolment.trust, user=insider)

    named = name_buddies(enrolment, clinical=buddy, workforce=lead, by=lead, at=AT)

    assert (named.clinical_buddy, named.workforce_buddy) == (buddy, lead)
    assert EnrolmentEvent.objects.get().facts == {"clinical": buddy.pk, "workforce": lead.pk}
    with pytest.raises(EnrolmentRefused, match=r"^Ann is no improvement lead\.$"):
        name_buddies(enrolment, clinical=stranger, workforce=None, by=lead, at=AT)
    with pytest.raises(EnrolmentRefused, match=r"A buddy comes from outside\.$"):
        name_buddies(enrolment, clinical=insider, workforce=None, by=lead, at=AT)


def test_a_step_is_recorded_once_it_took_place_and_once_only():
    enrolment = EnrolmentFactory()
    step = TimelineStepFactory(collaborative=enrolment.wave.collaborative, name="Visit", day=14)
    later = TimelineStepFactory(collaborative=enrolment.wave.collaborative, day=60)
    buddy = member(Role.IMPROVEMENT_LEAD)
    enrolment.workforce_buddy = buddy
    enrolment.save()
    given = {"held_on": dt.date(2017, 7, 20), "notes": "Good pace.", "by": buddy, "at": AT}

    event = hold_step(enrolment, step, **given)

    [first, second] = timeline_of(enrolment, today=TODAY)
    assert (first.due_on, first.event, first.is_late) == (dt.date(2017, 7, 17), event, False)
    assert (second.due_on, second.event, second.is_late) == (dt.date(2017, 9, 1), None, False)
    with pytest.raises(EnrolmentRefused, match=r"^“Visit” is on record already\.$"):
        hold_step(enrolment, step, **given)
    with pytest.raises(EnrolmentRefused, match=r"^Record it once it has taken place\.$"):
        hold_step(enrolment, later, **given | {"held_on": dt.date(2017, 8, 2)})
    with pytest.raises(EnrolmentRefused, match=r"^This step belongs to another collaborative\.$"):
        hold_step(enrolment, TimelineStepFactory(), **given)
    with pytest.raises(PermissionDenied):
        hold_step(enrolment, later, **given | {"by": member(Role.TRUST_USER, organisation=enrolment.trust)})


def test_only_the_trust_itself_shows_its_charts():
    enrolment = EnrolmentFactory()
    own, team = member(Role.TRUST_USER, organisation=enrolment.trust), member(Role.TALENT_TEAM)

    share_charts(enrolment, shares=True, by=own, at=AT)
    share_charts(enrolment, shares=True, by=own, at=AT)

    assert [kind for kind, _ in events(enrolment)] == ["shared"]
    with pytest.raises(PermissionDenied):
        share_charts(enrolment, shares=False, by=team, at=AT)
    enrolment.refresh_from_db()
    assert enrolment.shares is True


def test_peers_are_those_of_the_same_collaborative_who_show_theirs():
    own = EnrolmentFactory()
    person = member(Role.TRUST_USER, organisation=own.trust)
    another_wave = WaveFactory(collaborative=own.wave.collaborative)
    shown = EnrolmentFactory(wave=another_wave, shares=True)
    EnrolmentFactory(wave=own.wave)
    EnrolmentFactory(shares=True)
    EnrolmentFactory(wave=own.wave, shares=True, left_on=TODAY)

    assert list(Enrolment.objects.shared_with(person)) == [shown]
    assert list(Enrolment.objects.visible_to(person)) == [own]
    assert list(Enrolment.objects.shared_with(member(Role.TRUST_USER))) == []


def test_who_leaves_is_let_go_once_and_may_come_back_in_another_wave():
    enrolment = EnrolmentFactory()
    lead = lead_of(enrolment.wave)
    given = {"by": lead, "at": AT, "reason": "Merged with a neighbour"}

    gone = leave(enrolment, left_on=TODAY, **given)

    assert (gone.left_on, events(enrolment)) == (TODAY, [("left", "Merged with a neighbour")])
    with pytest.raises(EnrolmentRefused, match=r"^This trust has left already\.$"):
        leave(enrolment, left_on=TODAY, **given)
    with pytest.raises(EnrolmentRefused, match=r"was in this wave and left it\. Choose another wave\.$"):
        choose_trust(enrolment.wave, enrolment.trust, by=lead, at=AT, reason="Back")
    wave = WaveFactory(collaborative=enrolment.wave.collaborative)
    assert choose_trust(wave, enrolment.trust, by=lead, at=AT, reason="Back").is_running


def test_a_lead_without_the_role_leads_nothing_and_the_team_leads_all():
    former, collaborative = UserFactory(), CollaborativeFactory()
    collaborative.leads.add(former)

    assert list(Collaborative.objects.led_by(former)) == []
    assert list(Collaborative.objects.led_by(member(Role.TALENT_TEAM))) == [collaborative]
