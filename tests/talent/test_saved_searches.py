"""Saved searches: who may see, share and change them; when the next message is due."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.models import Role
from talent import saved_searches
from talent.access import Refused
from talent.models import SavedSearch, SearchWatch
from tests.factories.portal import RegionFactory, member

pytestmark = pytest.mark.django_db
NOW = timezone.now()
Audience, Frequency = SavedSearch.Audience, SearchWatch.Frequency


def saved(by, **kwargs):
    return saved_searches.save_search(kwargs.pop("name", "Auditors"), {"text": "audit"}, by=by, at=NOW, **kwargs)


def test_each_audience_is_seen_by_whom_it_says():
    owner, team, lead = member(Role.TALENT_TEAM), member(Role.TALENT_TEAM), member(Role.REGIONAL_LEAD)
    home = lead.memberships.get().region
    for audience, region in [
        ("owner", None),
        ("team", None),
        ("region", home),
        ("region", RegionFactory()),
        ("national", None),
    ]:
        saved(owner, name=f"{audience} {region}", audience=audience, region=region)
    own = saved(lead, name="The lead's own")

    def seen_by(user):
        return SavedSearch.objects.visible_to(user).order_by("pk").values_list("audience", flat=True)

    assert list(seen_by(owner)) == ["owner", "team", "region", "region", "national"]
    assert list(seen_by(team)) == ["team", "region", "region", "national"]
    assert [(s.audience, s.region) for s in SavedSearch.objects.visible_to(lead).order_by("pk")] == [
        ("region", home), ("national", None), ("owner", None),
    ]  # fmt: skip
    assert own not in SavedSearch.objects.visible_to(team)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TRUST_USER, Role.COMMITTEE_MEMBER, Role.EDITOR])
def test_other_roles_see_none_and_save_none(role):
    saved(member(Role.TALENT_TEAM), audience="national")
    other = member(role)

    assert not SavedSearch.objects.visible_to(other).exists()
    with pytest.raises(Refused):
        saved(other)


@pytest.mark.parametrize("audience", ["team", "national"])
def test_a_regional_lead_shares_within_the_region_only(audience):
    lead = member(Role.REGIONAL_LEAD)
    home = lead.memberships.get().region

    assert saved(lead, audience="region", region=home).region == home
    for region in (None, RegionFactory()):
        with pytest.raises(Refused):
            saved(lead, audience="region", region=region)
    with pytest.raises(Refused):
        saved(lead, audience=audience)


def test_a_region_belongs_to_a_regional_search_alone():
    row = saved(member(Role.TALENT_TEAM), audience="national", region=RegionFactory())

    assert row.region is None
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSearch.objects.filter(pk=row.pk).update(region=RegionFactory())


def test_who_may_change_what():
    owner, colleague, lead = member(Role.TALENT_TEAM), member(Role.TALENT_TEAM), member(Role.REGIONAL_LEAD)
    private, shared = saved(owner), saved(owner, audience="national")

    answers = [[saved_searches.may_change(user, row) for row in (private, shared)] for user in (owner, colleague, lead)]

    assert answers == [[True, True], [False, True], [False, False]]
    with pytest.raises(Refused):
        saved_searches.retire_search(shared, by=lead, at=NOW)


def test_who_may_not_see_it_any_more_watches_it_no_more():
    owner, lead = member(Role.TALENT_TEAM), member(Role.REGIONAL_LEAD)
    row = saved(owner, audience="national")
    for user in (owner, lead):
        saved_searches.watch_search(row, Frequency.DAILY, [], by=user, at=NOW)

    saved_searches.change_search(row, name="New", purpose="", audience="team", region=None, by=owner)

    assert [watch.user for watch in row.watches.all()] == [owner]
    row.refresh_from_db()
    assert (row.name, row.audience) == ("New", "team")


def test_retired_it_is_gone_for_all_and_cannot_be_changed():
    owner = member(Role.TALENT_TEAM)
    row = saved(owner)
    saved_searches.watch_search(row, Frequency.DAILY, [], by=owner, at=NOW)

    saved_searches.retire_search(row, by=owner, at=NOW)

    assert (SavedSearch.objects.in_use().count(), SearchWatch.objects.count()) == (0, 0)
    with pytest.raises(Refused):
        saved_searches.retire_search(row, by=owner, at=NOW)
    with pytest.raises(Refused):
        saved_searches.watch_search(row, Frequency.DAILY, [], by=owner, at=NOW)


@pytest.mark.parametrize(
    ("frequency", "at", "due"),
    [
        ("immediate", "2018-03-27T10:00+00:00", "2018-03-27T10:00+00:00"),
        ("daily", "2018-03-27T10:00+00:00", "2018-03-28T07:00+01:00"),
        ("daily", "2018-03-24T03:00+00:00", "2018-03-25T07:00+01:00"),  # the clocks go forward
        ("weekly", "2018-03-27T10:00+00:00", "2018-04-02T07:00+01:00"),
        ("weekly", "2018-04-02T06:00+00:00", "2018-04-09T07:00+01:00"),
    ],
)
def test_when_the_next_message_is_due(frequency, at, due):
    assert saved_searches.next_due(frequency, dt.datetime.fromisoformat(at)) == dt.datetime.fromisoformat(due)


def test_stale_after_ninety_days_unopened():
    row = saved(member(Role.TALENT_TEAM))

    assert [row.is_stale(NOW + dt.timedelta(days=days)) for days in (90, 91)] == [False, True]
    saved_searches.note_opened(row, at=NOW + dt.timedelta(days=50))
    row.refresh_from_db()
    assert not row.is_stale(NOW + dt.timedelta(days=140))
