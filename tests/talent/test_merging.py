"""Duplicates: one record points at the other, nothing is lost, nobody is found twice, and all of it can be undone."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal import worklist
from portal.models import Role
from search.documents import findable
from talent import duplicates, merging
from talent.access import Refused, is_own
from talent.models import DuplicatePair, MergeEvent, Person, PoolMembership, PostHeld, ProfileView, State
from talent.pooling import leave_every_pool
from tests.factories.portal import RegionFactory, member, sign_in
from tests.factories.talent import (
    ApplicationFactory,
    DuplicatePairFactory,
    PersonFactory,
    PoolMembershipFactory,
    PostHeldFactory,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def team():
    return member(Role.TALENT_TEAM)


@pytest.fixture
def pair():
    """The second record came from a file: no account, one post, one consent."""
    kept, other = PersonFactory(full_name="Ada Achebe"), PersonFactory(user=None, full_name="Ada Achebe")
    PostHeldFactory(person=other, title="Ward sister")
    PoolMembershipFactory(person=other)
    return DuplicatePairFactory(first=kept, second=other)


def merge(pair, by, **kwargs):
    return merging.merge(pair, keep=kwargs.pop("keep", pair.first), by=by, at=NOW, reason="Same address.")


def events(pair):
    return [(event.kind, event.kept, event.by, event.reason) for event in pair.events.all()]


def test_a_merge_points_and_moves_nothing(pair, team):
    other = merge(pair, team)

    other.refresh_from_db()
    pair.refresh_from_db()
    assert (other, other.merged_into, pair.state) == (pair.second, pair.first, "merged")
    assert [post.title for post in other.posts.all()] == ["Ward sister"]
    assert events(pair) == [("merged", pair.first, team, "Same address.")]


def test_who_is_merged_is_out_of_lists_pools_search_and_totals(client, pair, team):
    membership = PoolMembership.objects.get()
    sign_in(client, team)
    before = (list(findable(TODAY)), list(Person.objects.visible_to(team)))

    merge(pair, team)

    counted = client.get(reverse("talent:pool_list")).context["pools"]
    inside = client.get(reverse("talent:pool_detail", args=[membership.pool.slug])).context["page"]
    assert before == ([pair.second], [pair.second])
    assert (list(findable(TODAY)), list(Person.objects.visible_to(team))) == ([], [])
    assert ([pool.people for pool in counted], list(inside)) == ([0], [])


def test_undoing_gives_everything_back_and_the_pair_is_not_proposed_again(pair, team):
    Person.objects.filter(pk__in=(pair.first_id, pair.second_id)).update(email="ada@example.org")
    merge(pair, team)

    merging.undo(pair, by=team, at=NOW, reason="Two sisters.")

    pair.refresh_from_db()
    assert list(findable(TODAY)) == [pair.second]
    assert (pair.state, duplicates.propose(at=NOW)) == ("apart", 0)
    assert [event.kind for event in pair.events.all()] == ["merged", "undone"]


def test_a_pair_kept_apart_stays_apart_until_it_is_opened(pair, team):
    merging.keep_apart(pair, by=team, at=NOW, reason="Different birthdays.")
    with pytest.raises(Refused, match="decided already"):
        merging.keep_apart(pair, by=team, at=NOW, reason="Again.")

    waiting = DuplicatePair.objects.waiting().count()
    merging.reopen(pair, by=team, at=NOW, reason="One was mistyped.")

    assert (waiting, DuplicatePair.objects.waiting().count()) == (0, 1)
    assert [event.kind for event in pair.events.all()] == ["apart", "reopened"]


def test_the_record_that_signs_in_is_kept(pair, team):
    with pytest.raises(Refused, match="signs in with the record"):
        merge(pair, team, keep=pair.second)

    assert (Person.objects.unmerged().count(), MergeEvent.objects.count()) == (2, 0)


def test_only_the_talent_team_decides_and_nobody_about_themselves(pair, team):
    lead = member(Role.REGIONAL_LEAD, region=RegionFactory())
    own = DuplicatePairFactory(first=PersonFactory(user=team), second=PersonFactory(user=None))

    for which, by in ((pair, lead), (pair, pair.first.user), (own, team)):
        with pytest.raises(Refused):
            merge(which, by)
        with pytest.raises(Refused):
            merging.keep_apart(which, by=by, at=NOW, reason="x")

    assert (Person.objects.exclude(merged_into=None).count(), MergeEvent.objects.count()) == (0, 0)
    assert list(DuplicatePair.objects.visible_to(team)) == [pair]
    assert list(DuplicatePair.objects.visible_to(lead)) == []


def test_a_record_merged_elsewhere_meanwhile_is_refused_and_no_ring_can_form(pair, team):
    third = PersonFactory(user=None)
    onward = DuplicatePairFactory(first=pair.first, second=third)
    back = DuplicatePairFactory(first=pair.second, second=third)
    merge(pair, team)

    with pytest.raises(Refused, match="merged into another meanwhile"):
        merge(back, team, keep=third)
    Person.objects.filter(pk=third.pk).update(user=member(Role.REVIEWER))
    third.refresh_from_db()
    merge(onward, team, keep=third)

    assert merging.kept_record(Person.objects.get(pk=pair.second_id)) == third
    assert merging.records_of(third) == [third, pair.first, pair.second]


def test_decisions_are_written_once(pair, team):
    merge(pair, team)

    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        MergeEvent.objects.filter(pk=pair.events.get().pk)._raw_delete("default")


def test_the_kept_page_shows_the_others_history_and_the_merged_address_leads_to_it(client, pair, team):
    application = ApplicationFactory(person=pair.second, state=State.SUBMITTED)
    sign_in(client, team)
    merge(pair, team)

    moved = client.get(reverse("talent:person_detail", args=[pair.second_id]))
    page = client.get(reverse("talent:person_detail", args=[pair.first_id]))

    assert moved.url == reverse("talent:person_detail", args=[pair.first_id])
    assert [a.reference for a in page.context["applications"]] == [application.reference]
    assert [(record, [p.title for p in posts]) for record, posts, _ in page.context["merged"]] == [
        (pair.second, ["Ward sister"])
    ]
    assert "Ward sister" in page.text


def test_comparing_and_merging_on_screen(client, pair, team):
    sign_in(client, team)
    address = reverse("talent:duplicate_detail", args=[pair.pk])

    page = client.get(address)
    nothing = client.post(address, {"reason": ""})
    wrong = client.post(address, {"decision": "second", "reason": "Same address."})
    client.post(address, {"decision": "first", "reason": "Same address."})
    undone = client.post(reverse("talent:duplicate_undo", args=[pair.pk]), {"reason": "Two sisters."})

    lines = {line.label: (line.first, line.second, line.is_same) for line in page.context["lines"]}
    assert lines["Name"] == (("Ada Achebe",), ("Ada Achebe",), True)
    assert lines["Posts"] == ((), ("Ward sister, Harbour Housing, 2012 to now",), False)
    assert nothing.context["form"].errors == {
        "decision": ["Choose which record to keep, or that these are two people"],
        "reason": ["Say what shows it"],
    }
    assert wrong.context["form"].non_field_errors() == [
        f"Ada Achebe signs in with the record {pair.first_id}: keep that one."
    ]
    assert undone.url == address
    assert [event.kind for event in pair.events.all()] == ["merged", "undone"]
    assert set(ProfileView.objects.values_list("person", "by")) == {(p.pk, team.pk) for p in (pair.first, pair.second)}


def test_consent_that_stands_at_a_merged_record_is_asked_for_again(pair, team):
    membership, owner = PoolMembership.objects.get(), pair.first.user
    merge(pair, team)

    asked = [e.title for e in worklist.entries_for(owner, at=NOW) if e.group == "Your talent pools"]
    PoolMembershipFactory(person=pair.first, pool=membership.pool)
    after = [e.title for e in worklist.entries_for(owner, at=NOW) if e.group == "Your talent pools"]

    assert (asked, after) == ([f"Say whether you want to be found through {membership.pool}"], [])


def test_pairs_wait_for_the_team_and_for_nobody_else(pair, team):
    lead = member(Role.REGIONAL_LEAD, region=RegionFactory())
    told = {
        user: [e.count for e in worklist.entries_for(user, at=NOW) if "may be one" in e.title] for user in (team, lead)
    }

    assert told == {team: [1], lead: []}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_runs_the_same_queries_for_any_length(client, team, django_assert_num_queries, rows):
    for _ in range(rows):
        DuplicatePairFactory()
    sign_in(client, team)
    client.get("/")

    with django_assert_num_queries(9):
        page = client.get(reverse("talent:duplicate_list")).context["page"]
    assert len(page.object_list) == rows


@pytest.fixture
def two_accounts():
    """One human being who registered twice."""
    kept, other = PersonFactory(full_name="Ada Achebe", headline="Kept"), PersonFactory(full_name="A. Achebe")
    PostHeldFactory(person=kept, title="Ward sister")
    return DuplicatePairFactory(first=kept, second=other)


def shown(client):
    context = client.get(reverse("talent:profile_detail")).context
    return context["person"], context["is_merged"], [post.title for post in context["posts"]]


def test_a_merged_account_finds_the_kept_record_until_it_is_undone(client, two_accounts, team):
    kept, other = two_accounts.first, two_accounts.second
    sign_in(client, other.user)
    before = shown(client)
    merge(two_accounts, team)

    merged = shown(client)
    merging.undo(two_accounts, by=team, at=NOW, reason="Two sisters.")

    assert before == (other, False, [])
    assert merged == (kept, True, ["Ward sister"])
    assert shown(client) == (other, False, [])


def test_posts_of_every_record_stand_in_the_profile_and_are_the_members_to_change(client, two_accounts, team):
    post = PostHeldFactory(person=two_accounts.second, title="Matron")
    strangers = PostHeldFactory(title="Barrister")
    merge(two_accounts, team)
    sign_in(client, two_accounts.first.user)

    titles = [post.title for post in client.get(reverse("talent:profile_detail")).context["posts"]]
    removed = client.post(reverse("talent:post_remove", args=[post.pk]))
    refused = client.post(reverse("talent:post_remove", args=[strangers.pk]))

    assert (sorted(titles), removed.status_code, refused.status_code) == (["Matron", "Ward sister"], 302, 404)
    assert list(PostHeld.objects.order_by("pk").values_list("title", flat=True)) == ["Ward sister", "Barrister"]


def test_a_merged_account_keeps_the_kept_record_and_its_consents(client, two_accounts, team):
    kept, pool = two_accounts.first, PoolMembershipFactory().pool
    merge(two_accounts, team)
    sign_in(client, two_accounts.second.user)

    client.post(reverse("talent:pool_join", args=[pool.slug]), {"agree": "on"})
    client.post(reverse("talent:profile_pause"), {"act": "pause"})

    membership = kept.pool_memberships.get()
    assert (membership.pool, membership.paused_at is not None) == (pool, True)
    assert two_accounts.second.pool_memberships.count() == 0


def test_nobody_else_gets_at_the_kept_record(client, two_accounts, team):
    merge(two_accounts, team)
    stranger = PersonFactory().user
    sign_in(client, stranger)

    assert (shown(client)[0].user, is_own(stranger, two_accounts.first)) == (stranger, False)
    with pytest.raises(PermissionError):
        leave_every_pool(two_accounts.first, by=stranger, at=NOW)
    assert [is_own(person.user, two_accounts.first) for person in (two_accounts.first, two_accounts.second)] == [
        True
    ] * 2
