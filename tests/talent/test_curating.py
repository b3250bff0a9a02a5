"""Curated pools: who opens which, steps, owners, what is next, and out of them at once with the consent."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from portal import worklist
from portal.models import Role
from talent import curating, pooling
from talent.access import Refused
from talent.models import CandidateEvent, CuratedPool, PoolCandidate
from tests.factories.portal import RegionFactory, member, sign_in
from tests.factories.talent import PersonFactory, PoolMembershipFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
LATER = TODAY + dt.timedelta(days=90)


@pytest.fixture
def team():
    return member(Role.TALENT_TEAM)


def a_pool(by, reach="national", region=None, **kwargs):
    said = {"name": "Audit chairs for the north", "purpose": "Three seats fall vacant.", "expires_on": LATER} | kwargs
    return curating.open_pool(reach=reach, region=region, by=by, at=NOW, **said)


def put_in(pool, by, **kwargs):
    person = PoolMembershipFactory(person=PersonFactory(**kwargs)).person
    return curating.add(pool, person, by=by, at=NOW, reason="Chaired two audit committees.")


def test_who_opens_which_pool(team):
    region, other = RegionFactory(), RegionFactory()
    lead, elsewhere = (member(Role.REGIONAL_LEAD, region=r) for r in (region, other))
    colleague = member(Role.TALENT_TEAM)
    private, regional, national = a_pool(team, "private"), a_pool(lead, "regional", region), a_pool(team)
    private.colleagues.add(elsewhere)

    seen = [set(CuratedPool.objects.visible_to(user)) for user in (team, colleague, lead, elsewhere)]

    assert seen == [{private, regional, national}, {regional, national}, {regional, national}, {private, national}]
    assert list(CuratedPool.objects.visible_to(PersonFactory().user)) == []


def test_a_lead_opens_neither_a_national_pool_nor_one_elsewhere():
    lead = member(Role.REGIONAL_LEAD, region=RegionFactory())

    for reach, region in (("national", None), ("regional", RegionFactory())):
        with pytest.raises(Refused):
            a_pool(lead, reach, region)
    with pytest.raises(Refused, match="later day"):
        a_pool(lead, "private", expires_on=TODAY)
    assert CuratedPool.objects.count() == 0


def test_only_who_agrees_to_be_found_is_put_in_and_once(team):
    pool = a_pool(team)
    first = put_in(pool, team)
    again = curating.add(pool, first.person, by=team, at=NOW, reason="Again.")

    with pytest.raises(Refused):
        curating.add(pool, PersonFactory(), by=team, at=NOW, reason="No consent.")
    own = PoolMembershipFactory(person=PersonFactory(user=team)).person
    with pytest.raises(Refused):
        curating.add(pool, own, by=team, at=NOW, reason="Myself.")

    assert (again, PoolCandidate.objects.count(), first.step.name) == (first, 1, "To contact")
    assert [(e.kind, e.detail, e.reason, e.by) for e in first.events.all()] == [
        ("added", "To contact", "Chaired two audit committees.", team)
    ]


def test_steps_owner_next_action_and_notes_are_each_written_down(team):
    pool, colleague = a_pool(team), member(Role.TALENT_TEAM)
    candidate = put_in(pool, team)
    step = pool.steps.get(name="Contacted")
    said = {"step": step, "action": "Ring about Harbour Trust", "on": LATER, "owner": colleague}

    curating.update(candidate, **said, words="Keen, from May.", by=team, at=NOW)
    curating.update(candidate, **said, words="", by=team, at=NOW)

    candidate.refresh_from_db()
    assert (candidate.step, candidate.owner, candidate.next_on) == (step, colleague, LATER)
    assert [(e.kind, e.detail, e.reason) for e in candidate.events.order_by("pk")][1:] == [
        ("moved", "Contacted", ""),
        ("planned", f"Ring about Harbour Trust, {colleague}, by {LATER:%-d %B %Y}", ""),
        ("noted", "", "Keen, from May."),
    ]
    waits = [(e.title, e.due_on) for e in worklist.entries_for(colleague, at=NOW) if e.group == "Talent pools"]
    assert waits == [(f"{candidate.person}: Ring about Harbour Trust", LATER)]


def test_another_pools_step_a_stranger_and_half_a_plan_are_refused(team):
    pool, other = a_pool(team), a_pool(team, "private")
    candidate = put_in(pool, team)
    fine = {"step": candidate.step, "action": "", "on": None, "owner": team, "words": "x", "by": team, "at": NOW}
    lead = member(Role.REGIONAL_LEAD, region=RegionFactory())

    for wrong in (
        {"step": other.steps.get(position=1)},
        {"action": "Ring"},
        {"on": LATER},
        {"owner": PersonFactory().user},
        {"by": lead},
    ):
        with pytest.raises(Refused):
            curating.update(candidate, **fine | wrong)
    curating.close_pool(pool, by=team, at=NOW)
    with pytest.raises(Refused, match="closed"):
        curating.update(candidate, **fine)

    assert CandidateEvent.objects.count() == 1


def test_who_withdraws_is_out_of_the_pool_its_count_and_the_worklist(client, team):
    pool = a_pool(team)
    candidate = put_in(pool, team)
    curating.update(candidate, step=candidate.step, action="Ring", on=LATER, owner=team, words="", by=team, at=NOW)
    sign_in(client, team)
    before = client.get(reverse("talent:curated_list")).context["pools"][0].people

    pooling.leave_every_pool(candidate.person, by=candidate.person.user, at=NOW)

    after = client.get(reverse("talent:curated_list")).context["pools"][0].people
    page = client.get(reverse("talent:curated_detail", args=[pool.pk]))
    assert (before, after, page.context["count"]) == (1, 0, 0)
    assert client.get(reverse("talent:curated_person", args=[candidate.pk])).status_code == 404
    assert [e for e in worklist.entries_for(team, at=NOW) if e.group == "Talent pools"] == []


def test_opening_adding_and_moving_on_screen(client, team):
    person = PoolMembershipFactory().person
    sign_in(client, team)
    day = {f"expires_on_{part}": str(getattr(LATER, part)) for part in ("day", "month", "year")}

    wrong = client.post(reverse("talent:curated_create"), {"name": "A", "purpose": "B", "reach": "regional", **day})
    client.post(reverse("talent:curated_create"), {"name": "A", "purpose": "B", "reach": "private", **day})
    pool = CuratedPool.objects.get()
    client.post(reverse("talent:curated_add", args=[person.pk]), {"pool": pool.pk, "reason": "Fits."})
    candidate = PoolCandidate.objects.get()
    address = reverse("talent:curated_person", args=[candidate.pk])
    step = pool.steps.get(name="In conversation")
    half = client.post(address, {"step": step.pk, "owner": team.pk, "next_action": "Ring"})
    client.post(address, {"step": step.pk, "owner": team.pk, "note": "Keen."})
    listed = client.get(reverse("talent:curated_detail", args=[pool.pk]))

    assert wrong.context["form"].errors == {"region": ["Choose the region"]}
    assert half.context["form"].errors == {"next_on": ["Enter the day by which it is done"]}
    assert [(str(s), [row.person for row in rows]) for s, rows in listed.context["steps"] if rows] == [
        ("In conversation", [person])
    ]
    client.post(reverse("talent:curated_take_out", args=[candidate.pk]), {"reason": "Not now."})
    assert PoolCandidate.objects.shown_on(TODAY).count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_a_pools_page_runs_the_same_queries_for_any_length(client, team, django_assert_num_queries, rows):
    pool = a_pool(team)
    for _ in range(rows):
        put_in(pool, team)
    sign_in(client, team)
    client.get("/")

    with django_assert_num_queries(10):
        client.get(reverse("talent:curated_detail", args=[pool.pk]))
