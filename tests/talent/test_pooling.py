"""Pools: found by consent only, for a time, and gone at once."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from portal import worklist
from portal.models import Role
from talent.models import Person, PoolMembership
from talent.pooling import join_pool, leave_pool
from tests.factories.portal import RegionFactory, UserFactory, member, sign_in
from tests.factories.talent import PersonFactory, PoolFactory, PoolMembershipFactory, PostHeldFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def names_in(client, pool, **query):
    page = client.get(reverse("talent:pool_detail", args=[pool.slug]), query).context["page"]
    return [membership.person.full_name for membership in page]


def test_joining_consents_for_the_pools_term_from_today():
    person, pool = PersonFactory(), PoolFactory(consent_months=12)

    membership = join_pool(person, pool, by=person.user, at=dt.datetime(2017, 9, 30, 12, tzinfo=dt.UTC))

    assert membership.expires_on == dt.date(2018, 9, 30)


def test_joining_again_renews_and_makes_no_second_row():
    person, pool = PersonFactory(), PoolFactory()
    join_pool(person, pool, by=person.user, at=NOW - dt.timedelta(days=300))

    renewed = join_pool(person, pool, by=person.user, at=NOW)

    assert (PoolMembership.objects.count(), renewed.consented_at) == (1, NOW)


def test_nobody_consents_or_leaves_for_somebody_else():
    membership, staff = PoolMembershipFactory(), member(Role.TALENT_TEAM)

    with pytest.raises(PermissionError):
        join_pool(membership.person, membership.pool, by=staff, at=NOW)
    with pytest.raises(PermissionError):
        leave_pool(membership.person, membership.pool, by=staff, at=NOW)

    assert PoolMembership.objects.in_force(TODAY).count() == 1


def test_who_leaves_is_gone_from_list_count_and_person_page_at_once(client):
    membership = PoolMembershipFactory()
    staff = member(Role.TALENT_TEAM)
    sign_in(client, staff)
    before = names_in(client, membership.pool)

    leave_pool(membership.person, membership.pool, by=membership.person.user, at=NOW)

    counted = client.get(reverse("talent:pool_list")).context["pools"]
    assert before == [membership.person.full_name]
    assert names_in(client, membership.pool) == []
    assert [pool.people for pool in counted] == [0]
    assert Person.objects.visible_to(staff).count() == 0


def test_an_expired_consent_finds_nobody(client):
    membership = PoolMembershipFactory(expires_on=TODAY)
    sign_in(client, member(Role.TALENT_TEAM))

    assert names_in(client, membership.pool) == []


def test_a_regional_lead_sees_the_people_of_the_region_only(client):
    region, pool = RegionFactory(), PoolFactory()
    near = PoolMembershipFactory(pool=pool, person=PersonFactory(region=region))
    PoolMembershipFactory(pool=pool, person=PersonFactory(region=RegionFactory()))
    sign_in(client, member(Role.REGIONAL_LEAD, region=region))

    counted = client.get(reverse("talent:pool_list")).context["pools"]
    assert names_in(client, pool) == [near.person.full_name]
    assert [row.people for row in counted] == [1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"words": "housing harbour"}, ["Ada Achebe"]),
        ({"words": "achebe"}, ["Ada Achebe"]),
        ({"words": "submarine"}, []),
        ({"readiness": "now"}, ["Ben Brook"]),
        ({"board_level": "true"}, ["Ada Achebe"]),
        ({}, ["Ada Achebe", "Ben Brook"]),
    ],
)
def test_the_team_narrows_a_pool(client, query, expected):
    pool = PoolFactory()
    ada = PoolMembershipFactory(pool=pool, person=PersonFactory(full_name="Ada Achebe", readiness="")).person
    PoolMembershipFactory(pool=pool, person=PersonFactory(full_name="Ben Brook", readiness="now"))
    PostHeldFactory(person=ada, board_level=True)
    sign_in(client, member(Role.TALENT_TEAM))

    assert names_in(client, pool, **query) == expected


@pytest.mark.parametrize("rows", [1, 3])
def test_a_pools_page_runs_the_same_queries_for_any_length(client, django_assert_num_queries, rows):
    pool = PoolFactory()
    for _ in range(rows):
        PostHeldFactory(person=PoolMembershipFactory(pool=pool).person)
    sign_in(client, member(Role.TALENT_TEAM))
    client.get("/")

    with django_assert_num_queries(POOL_PAGE_QUERIES):
        client.get(reverse("talent:pool_detail", args=[pool.slug]))


POOL_PAGE_QUERIES = 12


def test_a_consent_that_ends_soon_waits_for_its_owner():
    membership = PoolMembershipFactory(expires_on=TODAY + dt.timedelta(days=60))
    PoolMembershipFactory(person=membership.person, expires_on=TODAY + dt.timedelta(days=61))

    entries = [e for e in worklist.entries_for(membership.person.user, at=NOW) if e.group == "Your talent pools"]

    assert [(e.title, e.due_on) for e in entries] == [
        (f"Say whether you want to stay in {membership.pool.name}", TODAY + dt.timedelta(days=60))
    ]


def test_saving_a_profile_and_a_post(client):
    user = UserFactory(full_name="Ada Achebe")
    sign_in(client, user)

    client.post(
        reverse("talent:profile_edit"),
        {"full_name": "Ada Achebe", "headline": "Chief officer, Riverside Housing", "days_a_month": "2.5"},
    )
    client.post(
        reverse("talent:post_add"),
        {
            "title": "Chief officer",
            "employer": "Riverside Housing",
            "started_on_day": "1",
            "started_on_month": "4",
            "started_on_year": "2014",
        },
    )

    person = Person.objects.get(user=user)
    assert (person.headline, str(person.days_a_month)) == ("Chief officer, Riverside Housing", "2.5")
    assert [(p.title, p.started_on, p.ended_on) for p in person.posts.all()] == [
        ("Chief officer", dt.date(2014, 4, 1), None)
    ]


def test_a_post_that_ends_before_it_begins_is_refused_and_keeps_what_was_typed(client):
    sign_in(client, UserFactory())
    dates = {"started_on_day": "1", "started_on_month": "4", "started_on_year": "2014"}
    ends = {"ended_on_day": "31", "ended_on_month": "3", "ended_on_year": "2014"}

    response = client.post(
        reverse("talent:post_add"), {"title": "Chair", "employer": "Riverside Housing", **dates, **ends}
    )

    assert response.context["form"].errors == {"ended_on": ["End date must be after the start date"]}
    assert response.context["form"]["title"].value() == "Chair"


def test_another_persons_post_is_not_found(client):
    theirs = PostHeldFactory()
    sign_in(client, UserFactory())

    assert client.post(reverse("talent:post_remove", args=[theirs.pk])).status_code == 404
    assert theirs.person.posts.count() == 1


def test_an_expired_consent_shows_no_person_page(client):
    membership = PoolMembershipFactory(expires_on=TODAY)
    sign_in(client, member(Role.TALENT_TEAM))

    page = client.get(reverse("talent:person_detail", args=[membership.person.pk]))

    assert (page.status_code, Person.objects.count()) == (404, 1)
