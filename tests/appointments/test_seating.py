"""Seats are taken and left by acts: within the seat's and the trust's days, by the right source, one at a time."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from appointments.models import Tenure, TenureEvent
from appointments.seating import SeatingRefused, leave_seat, take_seat
from portal.models import Organisation, Role
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db

D = dt.date


@pytest.fixture
def seat():
    return SeatFactory()


def leave(tenure: Tenure, last_on: dt.date, kind: str = "resignation", **more: object) -> Tenure:
    return leave_seat(
        tenure, kind=kind, last_on=last_on, by=member(Role.TALENT_TEAM), at=timezone.now(), reason="Told", **more
    )


def test_taking_a_seat_writes_the_tenure_and_its_event(seat):
    person, user, now = somebody(), UserFactory(), timezone.now()

    tenure = take_seat(
        seat,
        person,
        starts_on=D(2016, 4, 1),
        ends_on=D(2020, 3, 31),
        source=Tenure.Source.DECISION,
        by=user,
        at=now,
        reason="Decision 12",
    )

    event = TenureEvent.objects.get()
    assert (tenure.seat, tenure.person, tenure.source) == (seat, person, "decision")
    assert (event.tenure, event.kind, event.by, event.at, event.reason) == (tenure, "begun", user, now, "Decision 12")
    assert event.facts == {"starts_on": "2016-04-01", "ends_on": "2020-03-31"}


@pytest.mark.parametrize(
    ("first", "last"),
    [("2020-03-31", "2024-03-30"), ("2012-04-01", "2016-04-01"), ("2017-01-01", "2017-12-31"), ("2012-01-01", None)],
)
def test_nobody_sits_in_a_taken_seat(seat, first, last):
    seated(seat, "2016-04-01", "2020-03-31")

    with pytest.raises(SeatingRefused, match="Somebody sits in this seat on some of these days"):
        seated(seat, first, last)

    assert (Tenure.objects.count(), TenureEvent.objects.count()) == (1, 1)


def test_the_next_day_and_the_day_before_are_free(seat):
    seated(seat, "2016-04-01", "2020-03-31")
    seated(seat, "2020-04-01", "2024-03-31")
    seated(seat, "2012-04-01", "2016-03-31")

    assert Tenure.objects.count() == 3


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        ("2016-04-01", "2016-03-31", "The last day must not be before the first day."),
        ("2001-03-31", "2004-03-31", "The seat does not exist on all of these days."),
        ("2017-04-01", "2018-01-01", "The seat does not exist on all of these days."),
        ("2017-04-01", None, "The seat does not exist on all of these days."),
    ],
)
def test_days_that_cannot_be(first, last, message):
    seat = SeatFactory(closed_on=D(2018, 1, 1))

    with pytest.raises(SeatingRefused) as refused:
        seated(seat, first, last)

    assert str(refused.value) == message


def test_a_trust_that_closed_gets_nobody_beyond_its_last_day():
    seat = SeatFactory(board=OrganisationFactory(closed_on=D(2018, 4, 1)))
    seated(seat, "2014-04-01", "2018-03-31")

    with pytest.raises(SeatingRefused, match="The trust closed on 1 April 2018"):
        seated(SeatFactory(board=seat.board), "2016-04-01", "2018-04-01")


@pytest.mark.parametrize(
    ("kind", "role", "source", "refused"),
    [
        ("nhs_trust", "chair", "decision", ""),
        ("nhs_trust", "ned", "decision", ""),
        ("nhs_trust", "finance", "decision", ""),
        ("nhs_trust", "ned", "notice", "Only a foundation trust gives notice of its own appointments."),
        (
            "foundation_trust",
            "chair",
            "decision",
            "A foundation trust appoints its own chair and non-executive directors.",
        ),
        (
            "foundation_trust",
            "ned",
            "decision",
            "A foundation trust appoints its own chair and non-executive directors.",
        ),
        ("foundation_trust", "chair", "notice", ""),
        ("foundation_trust", "ned", "first_load", ""),
        ("foundation_trust", "finance", "notice", ""),
    ],
)
def test_the_body_appoints_for_nhs_trusts_only(kind, role, source, refused):
    seat = SeatFactory(board=OrganisationFactory(kind=Organisation.Kind(kind)), role=role)
    said = ""

    try:
        seated(seat, "2017-04-01", "2021-03-31", source=source)
    except SeatingRefused as error:
        said = str(error)

    assert (said, Tenure.objects.count()) == (refused, 0 if refused else 1)


def test_leaving_keeps_what_was_planned_and_frees_the_next_day(seat):
    tenure = seated(seat, "2016-04-01", "2020-03-31")

    left = leave(tenure, D(2018, 1, 31))
    seated(seat, "2018-02-01", "2022-01-31")

    assert (left.ends_on, left.end_kind) == (D(2018, 1, 31), "resignation")
    assert tenure.events.get(kind="ended").facts == {
        "kind": "resignation",
        "last_on": "2018-01-31",
        "planned": "2020-03-31",
    }


def test_a_termination_needs_its_ground(seat):
    tenure = seated(seat, "2016-04-01", "2020-03-31")

    with pytest.raises(SeatingRefused, match="Give the ground of the termination"):
        leave(tenure, D(2018, 1, 31), kind="termination", ground=" ")

    assert leave(tenure, D(2018, 1, 31), kind="termination", ground="Regulation 9").end_ground == "Regulation 9"


@pytest.mark.parametrize("last_on", [D(2016, 3, 31), D(2020, 4, 1)])
def test_the_last_day_is_within_the_tenure(seat, last_on):
    tenure = seated(seat, "2016-04-01", "2020-03-31")

    with pytest.raises(SeatingRefused, match="The last day must be within the tenure"):
        leave(tenure, last_on)


def test_a_tenure_ends_once(seat):
    tenure = seated(seat, "2016-04-01", None)
    leave(tenure, D(2018, 1, 31), kind="move")

    with pytest.raises(SeatingRefused, match="has been ended already"):
        leave(tenure, D(2017, 1, 31))


@pytest.mark.parametrize("change", ["UPDATE {} SET kind = 'ended'", "DELETE FROM {}"])
def test_an_event_is_written_once(seat, change):
    seated(seat, "2016-04-01", "2020-03-31")

    with pytest.raises(Exception, match="is written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format("appointments_tenureevent"))


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [("nhs_trust", ["talent_team"]), ("foundation_trust", ["talent_team", "own administrator"])],
)
def test_who_says_that_somebody_left(kind, allowed):
    trust = OrganisationFactory(kind=Organisation.Kind(kind))
    people = {
        "talent_team": member(Role.TALENT_TEAM),
        "regional_lead": member(Role.REGIONAL_LEAD, region=trust.region),
        "committee_member": member(Role.COMMITTEE_MEMBER),
        "own administrator": member(Role.TRUST_USER, organisation=trust, is_administrator=True),
        "own colleague": member(Role.TRUST_USER, organisation=trust),
        "other administrator": member(Role.TRUST_USER, is_administrator=True),
    }
    could = []
    for name, user in people.items():
        tenure = seated(SeatFactory(board=trust), "2016-04-01", "2020-03-31")
        try:
            leave_seat(tenure, kind="move", last_on=D(2018, 1, 31), by=user, at=timezone.now(), reason="Told")
        except PermissionDenied:
            assert tenure.events.count() == 1
        else:
            could.append(name)

    assert could == allowed
