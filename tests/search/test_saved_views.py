"""Saved searches' pages: from the search page to a list of one's own, a pool by rule, a watch, and out again."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from portal.models import Role
from search.alerting import begin_watching, run_watch
from search.models import SearchMade
from search.queries import Question
from talent import saved_searches
from talent.models import SavedSearch, SearchWatch
from tests.factories.portal import RegionFactory, UserFactory, member, sign_in
from tests.factories.search import findable, index_all
from tests.factories.talent import PoolFactory

pytestmark = pytest.mark.django_db
LIST = reverse("search:saved_list")
NOW = timezone.now()


@pytest.fixture
def staff(client):
    return sign_in(client, member(Role.TALENT_TEAM, user=UserFactory(full_name="Sam Staff")))


def saved(by, name="Nurses", text="nurse", **kwargs):
    chosen = kwargs.pop("chosen", {})
    return saved_searches.save_search(name, Question(text=text, chosen=chosen).as_data(), by=by, at=NOW, **kwargs)


def page_of(row, name="detail"):
    return reverse(f"search:saved_{name}", args=[row.pk])


def names(response):
    return [found.person.full_name for found in response.context["answer"].people]


def test_what_was_asked_is_saved_and_asked_again(client, staff):
    north = RegionFactory(name="North")
    findable(full_name="Fits", posts=("Nurse",), region=north, days_a_month=3)
    findable(full_name="Other", posts=("Nurse",))
    index_all()
    asked = {"q": "nurse", "region": north.pk, "days_from": "2.5", "after": "x", "from": "21"}

    address = f"{reverse('search:saved_create')}?{client.get(reverse('search:people_list'), asked).context['asked']}"
    parts = client.get(address).context["parts"]
    response = client.post(address, {"name": "Northern nurses", "audience": "owner"})

    row = SavedSearch.objects.get()
    assert response.url == page_of(row)
    assert [(part.label, part.text) for part in parts] == [
        ("Words", "nurse"), ("Lives in", "North"), ("Days a month from", "2.5"),
    ]  # fmt: skip
    assert names(client.get(response.url)) == ["Fits"]


def test_a_name_is_asked_for_and_a_region_where_one_is_meant(client, staff):
    form = client.post(reverse("search:saved_create"), {"audience": "region"}).context["form"]

    assert sorted(form.errors) == ["name", "region"]
    assert not SavedSearch.objects.exists()


def test_everything_must_be_met_in_a_pool_by_rule(client, staff):
    findable(full_name="One of two", posts=("Nurse",))
    index_all()

    response = client.get(page_of(saved(staff, text="nurse actuary")))

    assert (names(response), response.context["answer"].total) == ([], 0)


def test_each_sees_whom_they_may_see(client, staff):
    lead = member(Role.REGIONAL_LEAD)
    findable(full_name="Here", posts=("Nurse",), region=lead.memberships.get().region)
    findable(full_name="Elsewhere", posts=("Nurse",), region=RegionFactory())
    index_all()
    row = saved(staff, audience="national")

    sign_in(client, lead)
    response = client.get(page_of(row))

    assert (names(response), response.context["answer"].total) == (["Here"], 1)
    assert SearchMade.objects.get().by == lead


@pytest.mark.parametrize("name", ["detail", "edit", "watch", "retire"])
def test_what_is_not_shared_is_nobody_elses(client, staff, name):
    row = saved(member(Role.TALENT_TEAM), name="Private")

    act = client.post if name == "watch" else client.get
    assert act(page_of(row, name)).status_code == 404
    assert "Private" not in client.get(LIST).content.decode()


def test_the_list_takes_the_same_queries_for_one_and_for_three(client, staff, django_assert_num_queries):
    region = RegionFactory()

    def another():
        row = saved(staff, audience="region", region=region, chosen={"region": (region.pk,)})
        saved_searches.watch_search(row, "daily", [], by=staff, at=NOW)

    another()
    client.get(LIST)
    with django_assert_num_queries(10):
        client.get(LIST)
    another()
    another()
    with django_assert_num_queries(10):
        client.get(LIST)


def test_a_watch_begins_changes_and_ends_on_the_page(client, staff):
    row = saved(staff)

    for frequency, kept in (("daily", ["daily"]), ("weekly", ["weekly"]), ("", [])):
        client.post(page_of(row, "watch"), {"frequency": frequency})
        assert list(SearchWatch.objects.values_list("frequency", flat=True)) == kept


def test_who_is_new_since_the_last_message_is_marked(client, staff):
    known, new = findable(full_name="Known", posts=("Nurse",)), findable(full_name="New one", posts=("Nurse",))
    index_all()
    row = saved(staff)
    watch = saved_searches.watch_search(row, "daily", [known.pk], by=staff, at=NOW)
    told_at = NOW + dt.timedelta(days=1)
    saved_searches.note_known(watch, [new.pk], at=told_at)
    SearchWatch.objects.update(told_at=told_at)

    assert client.get(page_of(row)).context["new"] == {new.pk}


def test_a_choice_that_is_gone_and_months_unopened_are_said_until_somebody_looks(client, staff):
    pool = PoolFactory()
    row = saved(staff, chosen={"pool": (pool.pk,)})
    SavedSearch.objects.update(opened_at=NOW - dt.timedelta(days=100))
    pool.delete()
    lost = "“Talent pool” names something that is not there any more."

    first = client.get(page_of(row)).context["stale"]
    then = client.get(page_of(row)).context["stale"]

    assert (first, then) == ([lost, "Nobody has looked at it for 100 days."], [lost])


def test_changed_and_removed(client, staff):
    row = saved(staff)

    client.post(page_of(row, "edit"), {"name": "Matrons", "audience": "team"})
    row.refresh_from_db()
    assert (row.name, row.audience) == ("Matrons", "team")
    client.post(page_of(row, "retire"))
    assert client.get(page_of(row)).status_code == 404


def test_a_regional_lead_is_offered_what_they_may_do_and_told_what_they_may_not(client, staff):
    lead = sign_in(client, member(Role.REGIONAL_LEAD))
    shared = saved(staff, audience="national")
    form = client.get(reverse("search:saved_create")).context["form"]

    assert [value for value, _ in form.fields["audience"].choices] == ["owner", "region"]
    assert list(form.fields["region"].queryset) == [lead.memberships.get().region]
    response = client.post(page_of(shared, "retire"))
    assert [str(m) for m in get_messages(response.wsgi_request)] == ["This search is not yours to change."]
    assert SavedSearch.objects.in_use().count() == 1


def test_changes_are_saved_in_place_and_no_watcher_is_told_of_whom_it_finds_then(client, staff):
    findable(full_name="Doctor", posts=("Doctor",))
    index_all()
    row = saved(staff, name="Clinicians", text="nurse")
    begin_watching(row, "daily", by=staff, at=NOW)
    there = client.get(page_of(row)).content.decode()

    searched = client.get(f"{reverse('search:people_list')}?q=doctor&saved={row.pk}")
    address = f"{page_of(row, 'replace')}?{searched.context['asked']}"
    asked = client.get(address)
    response = client.post(address)

    row.refresh_from_db()
    assert f"?q=nurse&amp;saved={row.pk}" in there
    assert f"Save changes to “{row}”" in searched.content.decode()
    assert [[part.text for part in asked.context[when]] for when in ("before", "after")] == [["nurse"], ["doctor"]]
    assert (response.url, row.question["text"], row.name) == (page_of(row), "doctor", "Clinicians")
    assert run_watch(SearchWatch.objects.get(), at=NOW + dt.timedelta(days=1)) == 0


def test_whoever_may_not_change_a_search_saves_a_new_one(client, staff):
    owner = member(Role.TALENT_TEAM)
    row = saved(owner, audience="national")
    lead = sign_in(client, member(Role.REGIONAL_LEAD, region=RegionFactory()))

    searched = client.get(f"{reverse('search:people_list')}?q=doctor&saved={row.pk}")
    client.post(f"{page_of(row, 'replace')}?q=doctor")

    row.refresh_from_db()
    assert (searched.context["changing"], row.question["text"]) == (None, "nurse")
    assert not saved_searches.may_change(lead, row)


@pytest.mark.parametrize("named", ["", "x", "99999999999", "0"])
def test_an_address_that_names_no_search_changes_none(client, staff, named):
    assert client.get(reverse("search:people_list"), {"q": "a", "saved": named}).context["changing"] is None
