"""A tenure recorded wrongly is put right by an act: who may, within which days, and what stood there is kept."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appointments.models import Tenure, TenureEvent
from appointments.seating import SeatingRefused, correct_tenure, leave_seat
from portal.models import Organisation, Role
from talent.models import Person
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory, member, sign_in
from tests.factories.talent import PersonFactory

pytestmark = pytest.mark.django_db

D = dt.date


@pytest.fixture
def tenure() -> Tenure:
    return seated(SeatFactory(), "2016-04-01", "2020-03-31", person=somebody("Ben Okoro"))


def correct(tenure: Tenure, **change: object) -> Tenure:
    said = {name: getattr(tenure, name) for name in ("person", "starts_on", "ends_on", "source")}
    act = {"by": None, "at": timezone.now(), "reason": "A slip"} | said | change
    act["by"] = act["by"] or member(Role.TALENT_TEAM)
    return correct_tenure(tenure, **act)


def test_a_correction_keeps_what_stood_there(tenure):
    other, user, now = somebody("Ada Holt"), member(Role.TALENT_TEAM), timezone.now()
    was_person = tenure.person_id

    correct(tenure, person=other, starts_on=D(2016, 5, 1), ends_on=None or D(2020, 4, 30), by=user, at=now)

    row, event = Tenure.objects.get(), TenureEvent.objects.get(kind="corrected")
    assert (row.person, row.starts_on, row.ends_on) == (other, D(2016, 5, 1), D(2020, 4, 30))
    assert (event.by, event.at, event.reason) == (user, now, "A slip")
    assert event.facts == {
        "was": {"person": was_person, "starts_on": "2016-04-01", "ends_on": "2020-03-31", "source": "first_load"},
        "now": {"person": other.pk, "starts_on": "2016-05-01", "ends_on": "2020-04-30", "source": "first_load"},
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, "Nothing is different from what is recorded."),
        ({"reason": " ", "ends_on": D(2020, 3, 30)}, "Say why it is corrected."),
        ({"ends_on": D(2016, 3, 31)}, "The last day must not be before the first day."),
        ({"starts_on": D(2001, 3, 31)}, "The seat does not exist on all of these days."),
        ({"ends_on": None}, "A chair’s or non-executive’s term has an end."),
        ({"ends_on": D(2020, 4, 1)}, "Somebody sits in this seat on some of these days."),
        ({"starts_on": D(2016, 3, 31)}, "Somebody sits in this seat on some of these days."),
        ({"source": "notice"}, "Only a foundation trust gives notice of its own appointments."),
    ],
)
def test_what_cannot_be_leaves_all_as_it_was(tenure, change, message):
    seated(tenure.seat, "2012-04-01", "2016-03-31")
    seated(tenure.seat, "2020-04-01", "2024-03-31")

    with pytest.raises(SeatingRefused) as refused:
        correct(tenure, **change)

    row = Tenure.objects.get(pk=tenure.pk)
    assert str(refused.value) == message
    assert (row.starts_on, row.ends_on, row.source) == (D(2016, 4, 1), D(2020, 3, 31), "first_load")
    assert row.events.count() == 1


def test_an_ended_tenure_keeps_a_last_day_and_how_it_ended():
    tenure = seated(SeatFactory(role="finance"), "2016-04-01", None)
    leave_seat(tenure, kind="move", last_on=D(2018, 1, 31), by=None, at=timezone.now(), reason="Told")
    tenure.refresh_from_db()

    with pytest.raises(SeatingRefused, match="This tenure has ended, so it needs a last day"):
        correct(tenure, ends_on=None)

    assert correct(tenure, ends_on=D(2018, 2, 28)).end_kind == "move"


def test_who_corrects():
    trust = OrganisationFactory(kind=Organisation.Kind.FOUNDATION_TRUST)
    people = {
        "talent_team": member(Role.TALENT_TEAM),
        "regional_lead": member(Role.REGIONAL_LEAD, region=trust.region),
        "committee_member": member(Role.COMMITTEE_MEMBER),
        "own administrator": member(Role.TRUST_USER, organisation=trust, is_administrator=True),
    }
    could = []
    for name, user in people.items():
        tenure = seated(SeatFactory(board=trust), "2016-04-01", "2020-03-31")
        try:
            correct(tenure, ends_on=D(2020, 3, 30), by=user)
        except PermissionDenied:
            assert tenure.events.count() == 1
        else:
            could.append(name)

    assert could == ["talent_team"]


def test_nobody_corrects_their_own_time_or_makes_one_theirs(tenure):
    user = member(Role.TALENT_TEAM)
    me = PersonFactory(user=user)
    mine = seated(SeatFactory(), "2016-04-01", "2020-03-31", person=me)

    with pytest.raises(PermissionDenied):
        correct(mine, ends_on=D(2020, 3, 30), by=user)
    with pytest.raises(PermissionDenied):
        correct(tenure, person=me, by=user)


def test_a_death_is_not_recorded_ahead(tenure):
    now = dt.datetime(2018, 1, 31, 12, tzinfo=dt.UTC)

    with pytest.raises(SeatingRefused, match="A death cannot be recorded for a day to come"):
        leave_seat(tenure, kind="death", last_on=D(2018, 2, 1), by=None, at=now, reason="Told")

    assert leave_seat(tenure, kind="death", last_on=D(2018, 1, 31), by=None, at=now, reason="Told").end_kind == "death"


DAYS = st.integers(0, 400)


@given(changes=st.lists(st.tuples(st.integers(0, 2), DAYS, DAYS), max_size=8))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_of_corrections_seats_two_people_on_one_day(changes):
    seat, start, user = SeatFactory(), D(2016, 1, 1), member(Role.TALENT_TEAM)
    spans = [(0, 100), (101, 200), (201, 300)]
    rows = [seated(seat, *(str(start + dt.timedelta(days=d)) for d in span)) for span in spans]
    for which, first, last in changes:
        days = {"starts_on": start + dt.timedelta(days=first), "ends_on": start + dt.timedelta(days=last)}
        wanted = set(range(first, last + 1))
        others = [span for number, span in enumerate(spans) if number != which]
        free = all(not wanted & set(range(a, b + 1)) for a, b in others) and last >= first
        try:
            correct(Tenure.objects.get(pk=rows[which].pk), **days, by=user)
        except SeatingRefused:
            assert not free or spans[which] == (first, last)
        else:
            assert free
            spans[which] = (first, last)

    stood = [((t.starts_on - start).days, (t.ends_on - start).days) for t in seat.tenures.order_by("pk")]
    assert stood == spans


TYPED = {
    "name": "Ben Okoro",
    "email": "",
    "starts_on": "2016-04-01",
    "ends_on": "2019-03-31",
    "source": "first_load",
    "reason": "The letter says three years",
}


def test_tenure_correct_is_written_after_the_confirmation_page(client: Client, tenure):
    sign_in(client, member(Role.TALENT_TEAM))
    address = f"/boards/tenures/{tenure.pk}/correct/"
    said = TYPED | {"email": tenure.person.email}

    shown = client.post(address, said)
    before = Tenure.objects.get().ends_on
    done = client.post(address, said | {"confirm": "yes"}, follow=True)

    assert (shown.templates[0].name, before) == ("appointments/tenure_correct_confirm.html", D(2020, 3, 31))
    assert Tenure.objects.get().ends_on == D(2019, 3, 31)
    assert "Last day: 31 March 2019 instead of 31 March 2020." in done.text
    assert Tenure.objects.get().person == tenure.person


def test_another_name_is_somebody_else_and_a_refusal_makes_nobody(client: Client, tenure):
    sign_in(client, member(Role.TALENT_TEAM))
    address, said = f"/boards/tenures/{tenure.pk}/correct/", TYPED | {"name": "Ada Holt", "confirm": "yes"}
    seated(tenure.seat, "2020-04-01", "2024-03-31")

    refused = client.post(address, said | {"ends_on": "2020-04-30"})
    nobody = Person.objects.filter(full_name="Ada Holt").count()
    client.post(address, said)

    assert "Somebody sits in this seat on some of these days." in refused.text
    assert (nobody, Tenure.objects.get(pk=tenure.pk).person.full_name) == (0, "Ada Holt")
