"""Two people and one seat at one moment, and any order of comings and goings: never an overlap."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appointments.models import Tenure, TenureEvent
from appointments.seating import SeatingRefused, leave_seat
from portal.models import Role
from tests.appointments.test_concurrency import at_once, kinds
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import member

START = dt.date(2016, 1, 1)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("take"), st.integers(0, 60), st.one_of(st.none(), st.integers(0, 30))),
        st.tuples(st.just("leave"), st.integers(0, 9), st.integers(0, 60)),
        st.tuples(st.just("succeed"), st.integers(0, 9), st.integers(0, 20)),
    ),
    max_size=14,
)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_take_one_seat_one_sits():
    seat, ann, ben = SeatFactory(), somebody("Ann"), somebody("Ben")

    results = at_once(
        lambda: seated(seat, "2017-04-01", "2021-03-31", person=ann),
        lambda: seated(seat, "2019-04-01", "2023-03-31", person=ben),
    )

    assert kinds(results) == ["SeatingRefused", "Tenure"]
    assert (Tenure.objects.count(), TenureEvent.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_ends_one_counts():
    tenure, user = seated(SeatFactory(), "2016-04-01", "2020-03-31"), member(Role.TALENT_TEAM)

    def ending(last_on: dt.date):
        now = timezone.now()
        return lambda: leave_seat(tenure, kind="resignation", last_on=last_on, by=user, at=now, reason="Told")

    results = at_once(ending(dt.date(2018, 1, 31)), ending(dt.date(2018, 2, 28)))

    assert kinds(results) == ["SeatingRefused", "Tenure"]
    assert tenure.events.filter(kind="ended").count() == 1


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def days_of(tenure: Tenure) -> set[int]:
    last = (tenure.ends_on - START).days if tenure.ends_on else 200
    return set(range((tenure.starts_on - START).days, last + 1))


def play(seat, act) -> None:
    sitting = list(seat.tenures.order_by("starts_on"))
    match act:
        case ("take", first, length):
            last = None if length is None else day(first + length).isoformat()
            seated(seat, day(first).isoformat(), last)
        case ("leave", which, last) if sitting:
            tenure = sitting[which % len(sitting)]
            leave_seat(tenure, kind="move", last_on=day(last), by=None, at=timezone.now(), reason="Told")
        case ("succeed", which, length) if sitting:
            before = sitting[which % len(sitting)]
            if before.ends_on:
                first = before.ends_on + dt.timedelta(days=1)
                seated(seat, first.isoformat(), (first + dt.timedelta(days=length)).isoformat())


@pytest.mark.django_db
@given(acts=ACTS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_no_sequence_seats_two_people_on_one_day(acts):
    seat = SeatFactory()
    for act in acts:
        taken = set().union(*(days_of(t) for t in seat.tenures.all()))
        before = seat.tenures.count()
        try:
            play(seat, act)
        except SeatingRefused:
            # A refusal writes nothing, and a free stretch is never refused.
            assert seat.tenures.count() == before
            if act[0] == "take":
                first, last = act[1], 200 if act[2] is None else act[1] + act[2]
                assert taken & set(range(first, last + 1)) != set()

    days = [d for tenure in seat.tenures.all() for d in days_of(tenure)]
    assert len(days) == len(set(days))
    begun = TenureEvent.objects.filter(tenure__seat=seat, kind="begun").count()
    ended = TenureEvent.objects.filter(tenure__seat=seat, kind="ended").count()
    assert (begun, ended) == (seat.tenures.count(), seat.tenures.exclude(end_kind="").count())


@pytest.mark.django_db
@given(last=st.integers(0, 1460))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_successor_can_always_follow_the_next_day(last):
    seat = SeatFactory()
    tenure = seated(seat, "2016-01-01", "2019-12-31")
    leave_seat(tenure, kind="death", last_on=day(last), by=None, at=timezone.now(), reason="Told")

    successor = seated(seat, day(last + 1).isoformat(), day(last + 1461).isoformat())

    assert successor.starts_on - Tenure.objects.get(pk=tenure.pk).ends_on == dt.timedelta(days=1)
