"""Terms that end: which seats fall vacant by which horizon, what may follow, for whom, and as a file."""

import csv
import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from appointments import ending, policies
from appointments.models import Tenure
from appointments.seating import leave_seat
from appointments.waiting import terms_ending
from portal.models import Organisation, Role
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory, RegionFactory, member, sign_in

pytestmark = pytest.mark.django_db

D = dt.date
DAY = D(2018, 3, 31)
LIST, EXPORT = "/boards/terms/", "/boards/terms/export/"
AS_OF = {"as_of_day": "31", "as_of_month": "3", "as_of_year": "2018"}


def vacant(day: dt.date = DAY, months: int = 18) -> list[str]:
    found = Tenure.objects.falling_vacant(day, ending.last_day_within(day, months)).order_by("ends_on")
    return [tenure.person.full_name for tenure in found]


def serves(name: str, last: str, first: str = "2016-04-01", **seat: object) -> Tenure:
    return seated(SeatFactory(**seat), first, last, person=somebody(name))


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (D(2018, 3, 31), 3),
        (D(2018, 6, 30), 3),
        (D(2018, 7, 1), 6),
        (D(2018, 9, 30), 6),
        (D(2018, 10, 1), 12),
        (D(2019, 3, 31), 12),
        (D(2019, 4, 1), 18),
        (D(2019, 9, 30), 18),
    ],
)
def test_the_shortest_horizon(last, expected):
    assert ending.within(last, DAY) == expected


def test_terms_that_end_within_the_time():
    serves("Yesterday", "2018-03-30")
    serves("Today", "2018-03-31")
    serves("In time", "2019-09-30")
    serves("Later", "2019-10-01")
    serves("Executive", None, role="finance")

    assert vacant() == ["Today", "In time"]


def test_a_seat_with_a_successor_does_not_fall_vacant():
    tenure = serves("Leaver", "2018-12-31")
    seated(tenure.seat, "2019-01-01", "2022-12-31")

    assert vacant() == []


def test_a_successor_who_was_not_known_then_does_not_count():
    tenure = serves("Leaver", "2018-12-31")
    told = dt.datetime(2018, 4, 1, 9, tzinfo=dt.UTC)
    seated(tenure.seat, "2019-01-01", "2022-12-31", source=Tenure.Source.DECISION, at=told)

    assert (vacant(), vacant(D(2018, 4, 1))) == (["Leaver"], [])


def test_a_successor_whose_own_time_ends_soon_leaves_the_seat_vacant_again():
    tenure = serves("Leaver", "2018-05-31")
    told = dt.datetime(2018, 3, 1, 9, tzinfo=dt.UTC)
    short = {"person": somebody("Short"), "source": Tenure.Source.DECISION, "at": told}
    seated(tenure.seat, "2018-06-01", "2019-05-31", **short)

    assert (vacant(), vacant(D(2018, 2, 28))) == (["Short"], ["Leaver"])


def test_a_resignation_makes_the_seat_fall_vacant_sooner():
    tenure = serves("Leaver", "2024-03-31")
    leave_seat(tenure, kind="resignation", last_on=D(2018, 5, 31), by=None, at=timezone.now(), reason="Told")

    assert vacant() == ["Leaver"]


def test_a_seat_or_a_trust_that_ends_too_leaves_no_vacancy():
    serves("Seat closes", "2018-12-31", closed_on=D(2019, 1, 1))
    serves("Trust closes", "2018-12-31", board=OrganisationFactory(closed_on=D(2019, 1, 1)))

    assert vacant() == []


def test_counts_are_from_today_on():
    for last in ("2018-06-30", "2018-09-30", "2018-12-31", "2019-09-30"):
        serves("Somebody", last)

    assert ending.counts(Tenure.objects.all(), DAY) == {3: 1, 6: 2, 12: 3, 18: 4}


def test_what_another_term_would_be():
    policies.load()
    first = serves("First term", "2018-06-30", first="2014-07-01")
    second = serves("Second term", "2018-07-31", first="2014-08-01")
    seated(second.seat, "2010-08-01", "2014-07-31", person=second.person)
    acting = serves("Acting", "2018-08-31", role="finance")
    own = serves("Own", "2018-09-30", board=OrganisationFactory(kind=Organisation.Kind.FOUNDATION_TRUST))

    rows = ending.endings(Tenure.objects.filter(pk__in=[t.pk for t in (first, second, acting, own)]), DAY)

    assert {row.tenure.person.full_name: row.another for row in rows} == {
        "First term": "Within the normal limits",
        "Second term": "Exceptional justification needed",
        "Acting": "No term limit",
        "Own": "No policy on record",
    }


def test_a_review_is_named_where_the_policy_asks_for_one():
    policies.load()
    tenure = serves("Third year", "2027-03-31", first="2023-04-01")

    assert [row.another for row in ending.endings([tenure], D(2026, 4, 1))] == ["Rigorous review needed"]


def names(response) -> list[str]:
    return [row.tenure.person.full_name for row in response.context["endings"]]


def test_term_list_as_of_a_day_by_region_role_and_months(client: Client):
    sign_in(client, member(Role.TALENT_TEAM))
    region = RegionFactory()
    board = OrganisationFactory(region=region)
    serves("Chair", "2018-05-31", board=board, role="chair")
    serves("Ned", "2019-05-31", board=board)
    serves("Elsewhere", "2018-04-30")

    def asked(**query: str) -> list[str]:
        return names(client.get(LIST, AS_OF | query))

    assert asked() == ["Elsewhere", "Chair", "Ned"]
    assert asked(region=str(region.pk)) == ["Chair", "Ned"]
    assert asked(role="chair") == ["Chair"]
    assert asked(within="3") == ["Elsewhere", "Chair"]
    assert names(client.get(LIST)) == []


def test_a_date_that_cannot_be_is_said(client: Client):
    sign_in(client, member(Role.TALENT_TEAM))

    html = client.get(LIST, AS_OF | {"as_of_month": "13"}).text

    assert "<title>Error: Terms of office that end" in html
    assert "As of must be a real date" in html


def test_each_sees_the_terms_in_their_scope(client: Client):
    own, other = OrganisationFactory(), OrganisationFactory()
    serves("Own", "2018-05-31", board=own)
    serves("Other", "2018-06-30", board=other)
    seen = {}
    for role, more in (
        (Role.TALENT_TEAM, {}),
        (Role.COMMITTEE_MEMBER, {}),
        (Role.REGIONAL_LEAD, {"region": own.region}),
        (Role.TRUST_USER, {"organisation": own}),
    ):
        sign_in(client, member(role, **more))
        shown = client.get(LIST, AS_OF)
        rows = list(csv.reader(client.get(EXPORT, AS_OF).getvalue().decode("utf-8-sig").splitlines()))
        seen[role] = (names(shown), shown.context["counts"][3], [row[4] for row in rows[1:]])

    everything, mine = (["Own", "Other"], 2, ["Own", "Other"]), (["Own"], 1, ["Own"])
    assert seen == {
        Role.TALENT_TEAM: everything,
        Role.COMMITTEE_MEMBER: everything,
        Role.REGIONAL_LEAD: mine,
        Role.TRUST_USER: mine,
    }


def test_the_file_holds_the_list_and_no_formula(client: Client):
    policies.load()
    sign_in(client, member(Role.TALENT_TEAM))
    board = OrganisationFactory(ods_code="R0A", name="Alpha NHS Trust", region=RegionFactory(name="North"))
    serves("=cmd()", "2018-06-30", first="2014-07-01", board=board, designation="audit_chair")

    response = client.get(EXPORT, AS_OF)

    assert response["Content-Disposition"] == 'attachment; filename="terms-ending-2018-03-31.csv"'
    assert list(csv.reader(response.getvalue().decode("utf-8-sig").splitlines())) == [
        list(ending.COLUMNS),
        [
            "R0A",
            "Alpha NHS Trust",
            "North",
            "Non-executive director (audit committee chair)",
            "'=cmd()",
            "2018-06-30",
            "3",
            "3 years and 9 months",
            "Within the normal limits",
        ],
    ]


@pytest.mark.parametrize(("address", "queries"), [(LIST, 15), (EXPORT, 9)])
def test_the_same_queries_for_one_term_and_for_three(client: Client, django_assert_num_queries, address, queries):
    policies.load()
    sign_in(client, member(Role.TALENT_TEAM))
    serves("One", "2018-05-31")
    client.get(LIST, AS_OF).content  # noqa: B018

    with django_assert_num_queries(queries):
        client.get(address, AS_OF).getvalue()
    serves("Two", "2018-06-30")
    serves("Three", "2018-07-31")
    with django_assert_num_queries(queries):
        client.get(address, AS_OF).getvalue()


def test_terms_wait_for_talent_staff_in_their_scope():
    today, own = localdate(), OrganisationFactory()
    serves("Soon", (today + dt.timedelta(days=30)).isoformat(), board=own)
    serves("Elsewhere", (today + dt.timedelta(days=200)).isoformat())

    def entries(role: str, **more: object) -> list[tuple[str, int | None, str]]:
        return [(e.url, e.count, e.detail) for e in terms_ending(member(role, **more), timezone.now())]

    assert entries(Role.TALENT_TEAM) == [
        (LIST, 2, "1 within 3 months, 1 within 6 months, 2 within 12 months, 2 within 18 months")
    ]
    assert entries(Role.REGIONAL_LEAD, region=own.region) == [
        (LIST, 1, "1 within 3 months, 1 within 6 months, 1 within 12 months, 1 within 18 months")
    ]
    assert entries(Role.REGIONAL_LEAD) == []
    assert entries(Role.TRUST_USER, organisation=own) == []
