"""Matching on screen: for a seat and a campaign, two side by side, on paper, and the other way round."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from appointments import policies
from appointments.models import Relationship, Seat, Tenure
from portal.models import Role, Standing
from search.models import SearchMade
from talent.models import Person
from tests.factories.boards import SeatFactory
from tests.factories.campaigns import a_campaign
from tests.factories.portal import OrganisationFactory, RegionFactory, UserFactory, member, sign_in
from tests.factories.search import findable, index_all
from tests.factories.skills import wants
from tests.factories.talent import PersonFactory, PostHeldFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]
TODAY = timezone.localdate()
NOW_LESS = timezone.now() - dt.timedelta(days=9)


@pytest.fixture
def staff(client):
    return sign_in(client, member(Role.TALENT_TEAM, user=UserFactory(full_name="Sam Staff")))


def a_seat(**kwargs):
    policies.load()
    return SeatFactory(role=Seat.Role.NED, designation="audit_chair", days_a_month=None, **kwargs)


def page(seat, name="match_list", kind="seat"):
    return reverse(f"search:{name}", args=[kind, seat.pk])


def auditor(**kwargs):
    return findable(posts=("Director of Finance, chair of the audit committee",), **kwargs)


def people(response):
    return [one.person.full_name for one in response.context["matches"].people]


def test_a_seat_is_matched_by_what_it_and_its_board_ask(client, staff):
    region = RegionFactory()
    seat = a_seat(board=OrganisationFactory(region=region, sector="mental_health"))
    wants(seat.board, "Cyber security", essential=True)
    Standing.objects.create(organisation=seat.board, from_on=dt.date(2018, 1, 1), segment=4, source="The body")
    auditor(full_name="Near", region=region)
    auditor(full_name="Far", region=RegionFactory())
    index_all()

    response = client.get(page(seat))

    assert people(response) == ["Near"]
    assert [(one.person.full_name, one.reasons) for one in response.context["matches"].left_out] == [
        ("Far", ("Neither lives in the region nor would serve there",))
    ]
    texts = [criterion.text for criterion in response.context["vacancy"].specification.criteria]
    assert texts[3:5] == [
        "A recognised accountancy qualification, or recent and relevant financial experience",
        "Brings what the board lacks: cyber security",
    ]
    assert texts[-2:] == [
        "Experience of mental health services",
        "Turnaround, special measures or financial recovery",
    ]


def test_every_region_can_be_asked(client, staff):
    seat = a_seat()
    auditor(full_name="Far", region=RegionFactory())
    index_all()

    assert people(client.get(page(seat), {"region": "any"})) == ["Far"]


def test_who_sits_there_or_is_employed_there_or_has_served_too_long_is_left_out(client, staff):
    region = RegionFactory()
    seat = a_seat(board=OrganisationFactory(name="Fenbridge Trust", region=region))
    sits, served, employed = (auditor(full_name=name, region=region) for name in ("Sits", "Served", "Employed"))
    other = SeatFactory(board=seat.board, role=Seat.Role.NED, number=7)
    third = SeatFactory(board=seat.board, role=Seat.Role.NED, number=8)
    begun = dt.date(TODAY.year - 12, 1, 1)
    Tenure.objects.create(seat=other, person=sits, starts_on=begun, source="first_load")
    Tenure.objects.create(
        seat=third, person=served, starts_on=begun, ends_on=TODAY - dt.timedelta(days=90), source="first_load"
    )
    PostHeldFactory(person=employed, title="Manager", employer="Fenbridge Trust")
    index_all()

    left_out = client.get(page(seat)).context["matches"].left_out

    reasons = {one.person.full_name: one.reasons for one in left_out}
    assert reasons["Sits"] == ("Sits on this board now",)
    assert reasons["Employed"] == ("Is employed by this trust, which disqualifies (SI 1990/2024 regulation 11)",)
    assert reasons["Served"][0].startswith("This goes beyond the normal limit")


def test_a_campaign_is_matched_by_its_own_criteria(client, staff):
    run = a_campaign("advertised")
    findable(full_name="Meets", posts=("Director",), region=run.campaign.seat.board.region)
    index_all()

    response = client.get(page(run.campaign, kind="campaign"))

    asked = [criterion.text for criterion in response.context["vacancy"].specification.criteria]
    assert asked[: run.campaign.criteria.count()] == [line.text for line in run.campaign.criteria.all()]


def test_everybody_shown_is_on_record(client, staff):
    seat = a_seat()
    near = auditor(region=seat.board.region)
    far = auditor(region=RegionFactory())
    index_all()

    client.get(page(seat))

    made = SearchMade.objects.get()
    assert (made.by, made.shown, made.question["text"]) == (
        staff,
        [near.pk, far.pk],
        f"Match: {seat.title}, {seat.board}",
    )


def test_two_people_stand_side_by_side(client, staff):
    seat = a_seat()
    one, two = auditor(full_name="One", region=seat.board.region), findable(full_name="Two", region=seat.board.region)

    response = client.get(page(seat, "match_compare"), {"person": [one.pk, two.pk]})

    assert [side.person.full_name for side in response.context["pair"]] == ["One", "Two"]
    audit = response.context["lines"][3]
    assert ([hasattr(side, "best") for side in audit["sides"]], response.status_code) == ([True, False], 200)


@pytest.mark.parametrize("chosen", [[], ["1"], ["x", "1"], ["1", "2", "3"]])
def test_any_other_number_of_people_is_answered_with_what_to_do(client, staff, chosen):
    response = client.get(page(a_seat(), "match_compare"), {"person": chosen})

    assert (response.context["pair"], "Choose two people" in response.content.decode()) == ([], True)


def test_somebody_out_of_sight_is_not_compared(client):
    lead_region = RegionFactory()
    sign_in(client, member(Role.REGIONAL_LEAD, region=lead_region))
    seat = a_seat(board=OrganisationFactory(region=lead_region))
    mine, other = auditor(region=lead_region), auditor(full_name="Hidden Person", region=RegionFactory())

    response = client.get(page(seat, "match_compare"), {"person": [mine.pk, other.pk]})

    assert (response.context["pair"], "Hidden Person" in response.content.decode()) == ([], False)


def test_the_paper_is_a_pdf_and_on_record(client, staff):
    seat = a_seat()
    person = auditor(region=seat.board.region)
    index_all()

    response = client.get(page(seat, "match_paper"))

    assert (response.content[:5], SearchMade.objects.get().shown) == (b"%PDF-", [person.pk])


def test_a_member_sees_what_is_open_and_what_their_profile_shows_of_it(client):
    run = a_campaign("advertised", live=True)
    person = PersonFactory(region=run.campaign.seat.board.region)
    PostHeldFactory(person=person, title="Executive director", board_level=True)
    sign_in(client, person.user)

    (opening,) = client.get(reverse("search:own_opening_list")).context["openings"]

    assert (opening.title, opening.near, [met.best.words for met in opening.matched.met]) == (
        run.campaign.seat.title,
        True,
        ["Executive director"],
    )


@pytest.mark.parametrize("number", [1, 3])
def test_a_match_takes_as_many_queries_for_three_people_as_for_one(client, staff, django_assert_num_queries, number):
    seat = a_seat()
    for _ in range(number):
        auditor(region=seat.board.region)
    index_all()
    client.get(page(seat))

    with django_assert_num_queries(39):
        client.get(page(seat))


@pytest.mark.parametrize(
    ("title", "employer", "reason"),
    [
        ("Member of Parliament", "House of Commons", "Is a member of Parliament or a candidate for it"),
        ("Lay member", "Vale Clinical Commissioning Group", "Governs or works for a commissioning group"),
    ],
)
def test_an_office_that_disqualifies_leaves_out_with_its_rule(client, staff, title, employer, reason):
    seat = a_seat()
    person = auditor(full_name="Bars", region=seat.board.region)
    PostHeldFactory(person=person, title=title, employer=employer)
    former = auditor(full_name="Former", region=seat.board.region)
    PostHeldFactory(person=former, title=title, employer=employer, ended_on=dt.date(2016, 1, 1))
    index_all()

    matches = client.get(page(seat)).context["matches"]

    assert [one.person for one in matches.people] == [former]
    assert [(one.person, one.reasons) for one in matches.left_out] == [
        (person, (f"{reason}, which disqualifies (SI 1990/2024 regulation 11)",))
    ]


def test_a_terminated_term_and_a_recorded_relationship_leave_out_with_their_reason(client, staff):
    seat, other = a_seat(), SeatFactory()
    ended, related, free = (auditor(full_name=name, region=seat.board.region) for name in ("Ended", "Related", "Free"))
    Tenure.objects.create(
        seat=other,
        person=ended,
        starts_on=dt.date(2014, 1, 1),
        ends_on=dt.date(2015, 1, 1),
        source="first_load",
        end_kind="termination",
        end_ground="In the interests of the service",
    )
    sits = PersonFactory()
    Tenure.objects.create(
        seat=SeatFactory(board=seat.board, role=Seat.Role.CHAIR),
        person=sits,
        starts_on=dt.date(2017, 1, 1),
        source="first_load",
    )
    for person, until in ((related, None), (free, timezone.now() - dt.timedelta(days=2))):
        Relationship.objects.create(
            user=sits.user, person=person, kind="personal", recorded_at=NOW_LESS, recorded_by=staff, ended_at=until
        )
    index_all()

    matches = client.get(page(seat)).context["matches"]

    assert [one.person for one in matches.people] == [free]
    assert {one.person: one.reasons for one in matches.left_out} == {
        ended: ("Had a term on a board terminated: the ground must be looked at (SI 1990/2024 regulation 11)",),
        related: ("Has a recorded relationship with somebody who sits on this board",),
    }


def test_what_stands_at_a_record_merged_into_theirs_leaves_out_all_the_same(client, staff):
    """Employment by the trust, service on its board and a terminated term are no less theirs for another record."""
    region = RegionFactory()
    seat = a_seat(board=OrganisationFactory(name="Fenbridge Trust", region=region))
    names = ("Employed", "Sits", "Ended", "Free")
    people = {name: auditor(full_name=name, region=region) for name in names}
    records = {name: PersonFactory(user=None) for name in names}
    PostHeldFactory(person=records["Employed"], title="Manager", employer="Fenbridge Trust")
    term = {"starts_on": dt.date(TODAY.year - 2, 1, 1), "source": "first_load"}
    Tenure.objects.create(seat=SeatFactory(board=seat.board, number=7), person=records["Sits"], **term)
    Tenure.objects.create(
        seat=SeatFactory(),
        person=records["Ended"],
        ends_on=TODAY - dt.timedelta(days=90),
        end_kind="termination",
        end_ground="In the interests of the service",
        **term,
    )
    for name, record in records.items():
        Person.objects.filter(pk=record.pk).update(merged_into=people[name])
    index_all()

    matches = client.get(page(seat)).context["matches"]

    assert [one.person.full_name for one in matches.people] == ["Free"]
    assert {one.person.full_name: one.reasons for one in matches.left_out} == {
        "Employed": ("Is employed by this trust, which disqualifies (SI 1990/2024 regulation 11)",),
        "Sits": ("Sits on this board now",),
        "Ended": ("Had a term on a board terminated: the ground must be looked at (SI 1990/2024 regulation 11)",),
    }
