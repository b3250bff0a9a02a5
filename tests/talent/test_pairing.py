"""Hosts and mentors for a candidate: order, reasons for and against, who is left out, and the pair that is proposed."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from portal.models import Role, Standing
from talent.models import PairProposed, Person, State
from talent.pairing import PairRefused, pairs_for, propose_pair
from tests.factories.portal import OrganisationFactory, RegionFactory, member, sign_in
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import (
    ApplicationFactory,
    DeclaredInterestFactory,
    PersonFactory,
    PlacementFactory,
    PostHeldFactory,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
LATER = TODAY + dt.timedelta(days=200)


@pytest.fixture
def accepted():
    application = ApplicationFactory(state=State.ACCEPTED, intake=IntakeFactory(scheme__outcome="placement"))
    Person.objects.filter(pk=application.person_id).update(sectors=["mental_health"], background="finance")
    return application


@pytest.fixture
def team():
    return member(Role.TALENT_TEAM)


def trust(application, name, **kwargs):
    return OrganisationFactory(name=name, region=application.region, **kwargs)


def found(application):
    return pairs_for(application, at=NOW, day=TODAY)


def a_mentor(host, **person):
    user = member(Role.TRUST_USER, organisation=host)
    return PersonFactory(user=user, **person), user.memberships.get()


def test_hosts_stand_by_what_speaks_for_them_and_each_reason_is_told(accepted):
    known = trust(accepted, "Known", sector="mental_health")
    Standing.objects.create(organisation=known, from_on=dt.date(2018, 1, 1), cqc_rating="good", source="CQC")
    hard = trust(accepted, "Hard", sector="acute")
    Standing.objects.create(organisation=hard, from_on=dt.date(2018, 1, 1), segment=4, source="The body")
    PlacementFactory(host=hard, ends_on=LATER)
    trust(accepted, "Employer")
    PostHeldFactory(person=accepted.person, employer="Employer")
    OrganisationFactory(name="Elsewhere", region=RegionFactory())

    hosts = found(accepted).hosts

    assert [(one.what.name, one.speaks_for[1:], one.against) for one in hosts] == [
        (
            "Known",
            (
                "Mental health: a sector that they know",
                "No placement is running there",
                "Rated good by the Care Quality Commission",
            ),
            (),
        ),
        (
            "Hard",
            ("Acute: a sector that is new to them, which widens what they know",),
            ("1 placement running there already", "In special measures: its board may have no time to teach"),
        ),
    ]


def test_mentors_with_their_reasons_and_those_whom_something_bars(accepted):
    host = trust(accepted, "Host")
    best, _ = a_mentor(host, background="finance")
    PostHeldFactory(person=best, title="Chair", employer="Host", board_level=True)
    plain, _ = a_mentor(host)
    conflicted, _ = a_mentor(host)
    DeclaredInterestFactory(user=conflicted.user, application=accepted)
    _, full = a_mentor(host)
    for _ in range(2):
        PlacementFactory(mentor_as=full, ends_on=LATER)
    shares, _ = a_mentor(host)
    for person in (shares, accepted.person):
        PostHeldFactory(person=person, employer="Harbour Housing")

    pairs = found(accepted)

    assert [(one.what.user, one.speaks_for[1:]) for one in pairs.mentors] == [
        (
            best.user,
            (
                "Has held a post at board level",
                "Comes from the same profession: finance and audit",
                "Mentors nobody at the moment",
            ),
        ),
        (plain.user, ("Mentors nobody at the moment",)),
    ]
    assert {one.what.user: one.bars for one in pairs.left_out} == {
        conflicted.user: ("Declared a conflict of interest about this application",),
        full.user: ("Mentors 2 people already",),
        shares.user: ("Works for the same employer: harbour housing",),
    }


def test_nothing_moves_when_what_is_protected_is_swapped(accepted):
    host = trust(accepted, "Host")
    a_mentor(host, full_name="Before")
    before = found(accepted)

    Person.objects.update(full_name="Someone else", sort_name="someone else", born_on=dt.date(1990, 1, 1))

    after = found(accepted)
    assert [(one.what.pk, one.speaks_for, one.against) for one in before.mentors + before.hosts] == [
        (one.what.pk, one.speaks_for, one.against) for one in after.mentors + after.hosts
    ]


def test_a_pair_is_kept_with_its_reasons(accepted, team):
    host = trust(accepted, "Host", sector="acute")
    _, mentor = a_mentor(host)

    pair = propose_pair(
        accepted, host=host, mentor_as=mentor, by=team, at=NOW, day=TODAY, reason=" Both know estates. "
    )

    assert (pair.application, pair.host, pair.mentor_as, pair.by, pair.reason) == (
        accepted,
        host,
        mentor,
        team,
        "Both know estates.",
    )
    assert pair.reasons["mentor"] == ["Acts for Host", "Mentors nobody at the moment"]


def test_what_is_not_suggested_is_not_proposed(accepted, team):
    host = trust(accepted, "Host")
    conflicted, barred = a_mentor(host)
    DeclaredInterestFactory(user=conflicted.user, application=accepted)
    said = {"by": team, "at": NOW, "day": TODAY, "reason": "x"}

    with pytest.raises(PairRefused, match="not among those who could mentor"):
        propose_pair(accepted, host=host, mentor_as=barred, **said)
    with pytest.raises(PairRefused, match="not among the hosts"):
        propose_pair(accepted, host=OrganisationFactory(), mentor_as=None, **said)
    with pytest.raises(PermissionDenied):
        propose_pair(accepted, host=host, mentor_as=None, **said | {"by": conflicted.user})
    accepted.state = State.PLACED
    accepted.save()
    with pytest.raises(PairRefused, match="nobody is looked for"):
        propose_pair(accepted, host=host, mentor_as=None, **said)
    assert PairProposed.objects.count() == 0


def test_the_page_proposes_and_leads_on_to_the_placement(client: Client, accepted, team):
    host = trust(accepted, "Host")
    _, mentor = a_mentor(host)
    sign_in(client, team)
    page = f"/talent/placements/pairs/{accepted.reference}/"

    empty = client.post(page, {}).context["form"].errors
    client.post(page, {"host": host.pk, "mentor_as": mentor.pk, "reason": "Near her home."})
    shown = client.get(page).text
    pair = PairProposed.objects.get()
    begun = client.get(f"/talent/placements/new/{accepted.reference}/?pair={pair.pk}").context["form"].initial

    assert empty == {"host": ["Choose a trust"], "reason": ["Say why this pair"]}
    assert f"?pair={pair.pk}" in shown
    assert begun == {"host": host.pk, "mentor_name": str(mentor.user), "mentor_email": mentor.user.email}


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_queries_for_three_as_for_one(accepted, django_assert_num_queries, number):
    for n in range(number):
        a_mentor(trust(accepted, f"Host {n}"))

    with django_assert_num_queries(9):
        found(accepted)
