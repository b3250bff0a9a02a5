"""Who could follow in a seat: named, taken off, covered or not; demand against supply; the grid; what oneself reads."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from appointments import succession
from appointments.models import GrowthConversation, Successor, Tenure
from appointments.succeeding import SuccessionRefused, end_succession, name_successor, record_conversation
from portal.ledger import RewriteRefused
from portal.models import Role
from tests.factories.boards import SeatFactory
from tests.factories.portal import OrganisationFactory, RegionFactory, member, sign_in
from tests.factories.search import findable
from tests.factories.talent import PersonFactory, PoolMembershipFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def team():
    return member(Role.TALENT_TEAM)


def chief(region=None):
    board = OrganisationFactory(**({"region": region} if region else {}))
    return SeatFactory(board=board, role="chief_executive")


def named(seat, person, team, readiness="now"):
    return name_successor(seat, person, readiness=readiness, reason="Led two trusts.", by=team, at=NOW)


def test_somebody_is_named_and_named_again_and_both_stay_on_record(team):
    seat, person = chief(), findable()
    named(seat, person, team, "3-5")
    named(seat, person, team, "1-2")

    rows = Successor.objects.order_by("pk").values_list("readiness", "end_reason")
    assert list(rows) == [("3-5", "Named again"), ("1-2", "")]


def test_nobody_is_named_without_consent_to_be_found(team):
    with pytest.raises(SuccessionRefused, match="does not consent"):
        named(chief(), PersonFactory(), team)


def test_who_sits_there_is_no_successor(team):
    seat, person = chief(), findable()
    Tenure.objects.create(seat=seat, person=person, starts_on=dt.date(2016, 1, 1), source="first_load")

    with pytest.raises(SuccessionRefused, match="sits in this seat now"):
        named(seat, person, team)


def test_a_lead_of_another_region_names_nobody():
    lead, seat = member(Role.REGIONAL_LEAD, region=RegionFactory()), chief(RegionFactory())

    with pytest.raises(PermissionDenied):
        named(seat, findable(), lead)
    assert not Successor.objects.exists()


def test_nobody_names_themselves(team):
    person = PersonFactory(user=team)
    PoolMembershipFactory(person=person)

    with pytest.raises(PermissionDenied):
        named(chief(), person, team)


def test_who_is_taken_off_stays_on_record_with_the_reason(team):
    one = named(chief(), findable(), team)

    end_succession(one, by=team, at=NOW, reason="Moved abroad.")

    assert (Successor.objects.standing().count(), Successor.objects.get().end_reason) == (0, "Moved abroad.")
    with pytest.raises(SuccessionRefused, match="not on this plan"):
        end_succession(one, by=team, at=NOW, reason="Again.")


def test_cover_is_by_the_readiest_and_gaps_are_seats_without_anybody(team):
    north = RegionFactory()
    first, second, _third = chief(north), chief(north), chief(north)
    named(first, findable(), team, "3-5")
    named(first, findable(), team, "now")
    named(second, findable(), team, "1-2")

    (line,) = succession.cover("chief_executive", [north], TODAY)

    assert (line.seats, line.now, line.soon, line.later, line.gaps) == (3, 1, 1, 0, 1)


def test_demand_is_what_stands_or_falls_vacant_and_supply_who_looks_for_it():
    north, south = RegionFactory(), RegionFactory()
    board = OrganisationFactory(region=north)
    vacant, ending = (SeatFactory(board=board, role="chair", number=n) for n in (1, 2))
    Tenure.objects.create(
        seat=ending,
        person=PersonFactory(),
        starts_on=TODAY - dt.timedelta(days=900),
        ends_on=TODAY + dt.timedelta(days=90),
        source="first_load",
    )
    findable(region=north, roles_sought=["chair"], readiness="now")
    findable(region=south, roles_sought=["chair", "ned"], readiness="now")
    PersonFactory(region=north, roles_sought=["chair"], readiness="now")

    def of_chairs(region):
        (row,) = [row for row in succession.balances(region, TODAY) if row.role == "chair"]
        return row.vacant, row.falling_vacant, row.now, row.is_short

    assert (of_chairs(None), of_chairs(north), of_chairs(south)) == (
        (1, 1, 2, False),
        (1, 1, 1, True),
        (0, 0, 1, False),
    )
    assert vacant.pk


def test_the_grid_holds_the_last_conversation_of_each_whom_the_reader_may_see(team):
    seen, hidden = findable(full_name="Seen", region=RegionFactory()), findable(full_name="Hidden")
    for day, now, scope in ((1, 1, 1), (2, 3, 2)):
        talk(seen, team, dt.date(2018, 1, day), now, scope)
    talk(hidden, team, dt.date(2018, 1, 1), 2, 2)
    lead = member(Role.REGIONAL_LEAD, region=seen.region)

    def filled(user):
        return [
            (box.now, box.scope, [p.full_name for p in box.people])
            for r in succession.grid(user)
            for box in r
            if box.people
        ]

    assert filled(lead) == [(3, 2, ["Seen"])]
    assert filled(team) == [(2, 2, ["Hidden"]), (3, 2, ["Seen"])]


def talk(person, by, day=dt.date(2018, 1, 1), now=2, scope=3):
    return record_conversation(
        person, held_on=day, now=now, scope=scope, wishes="A larger trust.", needs="A mentor.", by=by, at=NOW
    )


def test_a_conversation_is_written_once_and_not_before_it_was_held(team):
    one = talk(findable(), team)

    with pytest.raises(RewriteRefused):
        one.save()
    with pytest.raises(SuccessionRefused, match="still to come"):
        talk(one.person, team, TODAY + dt.timedelta(days=1))


def test_one_reads_everything_that_is_held_about_oneself_and_nothing_else(client, team):
    own, other = PersonFactory(), findable(full_name="Somebody Else")
    PoolMembershipFactory(person=own)
    talk(own, team)
    talk(other, team)
    ended = named(chief(), own, team)
    end_succession(ended, by=team, at=NOW, reason="Plans changed.")
    named(ended.seat, other, team)
    sign_in(client, own.user)

    response = client.get(reverse("appointments:own_growth"))

    assert [one.person for one in response.context["conversations"]] == [own]
    assert [(one.person, one.end_reason) for one in response.context["named"]] == [(own, "Plans changed.")]


def test_a_person_is_named_on_screen_from_a_match(client, team):
    seat, person = chief(), findable()
    sign_in(client, team)

    client.post(
        reverse("appointments:successor_add", args=[seat.pk, person.pk]), {"readiness": "1-2", "reason": "Strong."}
    )

    (one,) = Successor.objects.standing()
    assert (one.seat, one.person, one.readiness, one.named_by) == (seat, person, "1-2", team)


def test_a_conversation_is_written_down_on_screen(client, team):
    person = findable()
    sign_in(client, team)
    typed = {"now": "2", "scope": "3", "wishes": "More.", "needs": "Time."}
    day = {"held_on_day": "1", "held_on_month": "2", "held_on_year": "2018"}

    response = client.post(reverse("appointments:growth_create", args=[person.pk]), typed | day)

    assert response.status_code == 302, response.context["form"].errors
    one = GrowthConversation.objects.get()
    assert (one.person, one.held_on, one.now, one.scope, one.by) == (person, dt.date(2018, 2, 1), 2, 3, team)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_three_seats_as_for_one(client, team, django_assert_num_queries, number):
    sign_in(client, team)
    region = RegionFactory()
    for _ in range(number):
        named(chief(region), findable(), team)
    page = reverse("appointments:succession_list")
    client.get(page)

    with django_assert_num_queries(13):
        client.get(page)
