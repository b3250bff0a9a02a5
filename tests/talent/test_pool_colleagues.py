"""Who works on a private pool: named and taken off by its owner alone, on record, and out at once."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.models import Role
from talent import curating
from talent.access import Refused
from talent.models import ColleagueEvent, CuratedPool, PoolCandidate
from tests.factories.portal import RegionFactory, UserFactory, member, sign_in
from tests.talent.test_curating import NOW, a_pool, put_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return member(Role.TALENT_TEAM, user=UserFactory(full_name="Olu Owner"))


@pytest.fixture
def pool(owner):
    return a_pool(owner, "private")


def lead():
    return member(Role.REGIONAL_LEAD, region=RegionFactory())


def test_a_colleague_finds_the_pool_and_taken_off_finds_it_no_more(owner, pool):
    colleague = member(Role.TALENT_TEAM)
    candidate = put_in(pool, owner)

    curating.name_colleague(pool, colleague, by=owner, at=NOW)
    seen = set(CuratedPool.objects.visible_to(colleague))
    PoolCandidate.objects.filter(pk=candidate.pk).update(owner=colleague)
    curating.take_off_colleague(pool, colleague, by=owner, at=NOW)

    candidate.refresh_from_db()
    assert (seen, set(CuratedPool.objects.visible_to(colleague))) == ({pool}, set())
    assert candidate.owner == owner
    assert list(ColleagueEvent.objects.order_by("pk").values_list("colleague", "kind", "by")) == [
        (colleague.pk, "named", owner.pk),
        (colleague.pk, "taken_off", owner.pk),
    ]


def test_only_the_owner_names_and_only_talent_staff(owner, pool):
    colleague, trust = lead(), member(Role.TRUST_USER)
    curating.name_colleague(pool, colleague, by=owner, at=NOW)

    for whom, by in ((lead(), colleague), (trust, owner), (colleague, owner), (owner, owner)):
        with pytest.raises(Refused):
            curating.name_colleague(pool, whom, by=by, at=NOW)
    with pytest.raises(Refused, match="Only a private pool"):
        curating.name_colleague(a_pool(owner), lead(), by=owner, at=NOW)
    with pytest.raises(Refused):
        curating.take_off_colleague(pool, colleague, by=colleague, at=NOW)
    assert list(pool.colleagues.all()) == [colleague]


def test_the_page_from_naming_to_taking_off(client: Client, owner, pool):
    colleague = member(Role.TALENT_TEAM, user=UserFactory(full_name="Cora Colleague"))
    sign_in(client, owner)
    page = reverse("talent:curated_colleagues", args=[pool.pk])
    linked = page in client.get(reverse("talent:curated_detail", args=[pool.pk])).text

    nobody = client.post(page, {}).context["form"].errors
    client.post(page, {"colleague": colleague.pk})
    named = client.get(page)
    client.post(reverse("talent:curated_colleague_remove", args=[pool.pk, colleague.pk]))

    assert (linked, nobody) == (True, {"colleague": ["Choose a colleague"]})
    assert [str(user) for user in named.context["colleagues"]] == ["Cora Colleague"]
    assert [event.get_kind_display() for event in client.get(page).context["events"]] == ["Taken off", "Named"]


def test_a_colleague_who_is_no_owner_has_no_such_page(client: Client, owner, pool):
    colleague = member(Role.TALENT_TEAM)
    curating.name_colleague(pool, colleague, by=owner, at=NOW)
    sign_in(client, colleague)
    page = reverse("talent:curated_colleagues", args=[pool.pk])

    assert client.get(page).status_code == 404
    assert client.post(page, {"colleague": lead().pk}).status_code == 404
    assert page not in client.get(reverse("talent:curated_detail", args=[pool.pk])).text
