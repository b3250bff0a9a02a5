"""Ending a tenure and giving notice, as people do it: asked, shown again, and only then written."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from appointments.models import Seat, Tenure
from appointments.notices import give_notice
from appointments.seating import SeatingRefused
from portal.models import Organisation, Role
from talent.models import Person
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory, member, sign_in
from tests.factories.talent import PersonFactory

pytestmark = pytest.mark.django_db

D = dt.date
END = {"kind": "termination", "ground": "Regulation 9", "last_on": "2018-01-31", "reason": "Letter of 3 January"}
NOTICE = {
    "name": "Ada Holt",
    "email": "ada@example.org",
    "starts_on": "2018-02-01",
    "ends_on": "2021-01-31",
    "reason": "The company secretary, 9 January",
}


@pytest.fixture
def team(client: Client):
    return sign_in(client, member(Role.TALENT_TEAM))


@pytest.fixture
def tenure():
    return seated(SeatFactory(), "2016-04-01", "2020-03-31", person=somebody("Ben Okoro"))


@pytest.fixture
def foundation_seat() -> Seat:
    return SeatFactory(board=OrganisationFactory(kind=Organisation.Kind.FOUNDATION_TRUST))


def test_tenure_end_is_written_after_the_confirmation_page(client: Client, team, tenure):
    address = f"/boards/tenures/{tenure.pk}/end/"

    shown = client.post(address, END)
    before = Tenure.objects.get().end_kind
    done = client.post(address, END | {"confirm": "yes"})

    row = Tenure.objects.get()
    assert (shown.templates[0].name, before) == ("appointments/tenure_end_confirm.html", "")
    assert done.url == f"/boards/tenures/{tenure.pk}/"
    assert (row.end_kind, row.end_ground, row.ends_on) == ("termination", "Regulation 9", D(2018, 1, 31))
    event = row.events.get(kind="ended")
    assert (event.by, event.reason) == (team, "Letter of 3 January")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"ground": ""}, "Enter the ground of the termination"),
        ({"last_on": "2020-04-01"}, "Last day must be the same as or before 31 March 2020"),
        ({"last_on": "2016-03-31"}, "Last day must be the same as or after 1 April 2016"),
        ({"reason": ""}, "Say who told us, and when"),
    ],
)
def test_tenure_end_says_what_is_missing(client: Client, team, tenure, change, message):
    html = client.post(f"/boards/tenures/{tenure.pk}/end/", END | change | {"confirm": "yes"}).text

    assert message in html
    assert Tenure.objects.get().end_kind == ""


def test_a_ground_is_kept_for_a_termination_only(client: Client, team, tenure):
    client.post(f"/boards/tenures/{tenure.pk}/end/", END | {"kind": "resignation", "confirm": "yes"})

    row = Tenure.objects.get()
    assert (row.end_kind, row.end_ground) == ("resignation", "")


def test_tenure_detail_shows_the_record_and_the_reasons_to_those_who_keep_it(client: Client, team, tenure):
    client.post(f"/boards/tenures/{tenure.pk}/end/", END | {"confirm": "yes"})
    address = f"/boards/tenures/{tenure.pk}/"

    kept = client.get(address).text
    sign_in(client, member(Role.TRUST_USER, organisation=tenure.seat.board))
    colleague = client.get(address).text

    for html in (kept, colleague):
        assert "First day 1 April 2016, planned until 31 March 2020." in html
        assert "Last day 31 January 2018 instead of 31 March 2020." in html
    assert ["Letter of 3 January" in html for html in (kept, colleague)] == [True, False]
    assert ["Regulation 9" in html for html in (kept, colleague)] == [True, False]


def test_notice_create_is_written_after_the_confirmation_page(client: Client, team, foundation_seat):
    address = f"/boards/seats/{foundation_seat.pk}/notice/"

    shown = client.post(address, NOTICE)
    before = Tenure.objects.count()
    done = client.post(address, NOTICE | {"confirm": "yes"})

    tenure = Tenure.objects.select_related("person").get()
    assert (shown.templates[0].name, before) == ("appointments/notice_confirm.html", 0)
    assert done.url == f"/trusts/{foundation_seat.board.ods_code}/board/"
    assert (tenure.person.full_name, tenure.source) == ("Ada Holt", "notice")
    assert (tenure.starts_on, tenure.ends_on) == (D(2018, 2, 1), D(2021, 1, 31))


def test_notice_create_is_not_there_for_an_nhs_trust(client: Client, team, tenure):
    assert client.post(f"/boards/seats/{tenure.seat_id}/notice/", NOTICE | {"confirm": "yes"}).status_code == 404


def test_notice_create_says_that_the_seat_is_taken(client: Client, team, foundation_seat):
    seated(foundation_seat, "2016-04-01", "2020-03-31")

    html = client.post(f"/boards/seats/{foundation_seat.pk}/notice/", NOTICE | {"confirm": "yes"}).text

    assert "Somebody sits in this seat on some of these days." in html
    assert Person.objects.filter(full_name="Ada Holt").count() == 0


def test_a_non_executives_notice_needs_its_last_day(client: Client, team, foundation_seat):
    html = client.post(f"/boards/seats/{foundation_seat.pk}/notice/", NOTICE | {"ends_on": ""}).text

    assert "Enter the last day; a chair’s or non-executive’s term has an end" in html


def notified(seat: Seat, **change: str) -> Tenure:
    said = {"name": "Ada Holt", "email": "ada@example.org"} | change
    staff, days = member(Role.TALENT_TEAM), {"starts_on": D(2018, 2, 1), "ends_on": D(2021, 1, 31)}
    return give_notice(seat, **said, **days, by=staff, at=timezone.now(), reason="Told")


def test_a_known_address_with_its_name_is_the_same_person(foundation_seat):
    known = PersonFactory(full_name="Ada Holt", email="Ada@example.org")

    assert notified(foundation_seat).person == known


def test_an_address_alone_tells_nobody_whose_it_is(foundation_seat):
    known = PersonFactory(full_name="Somebody Else", email="ada@example.org")

    assert notified(foundation_seat).person != known


def test_the_act_refuses_an_nhs_trust(tenure):
    with pytest.raises(SeatingRefused, match="Only a foundation trust gives notice"):
        notified(SeatFactory(board=tenure.seat.board))
