"""The demonstration's boards: whole boards with plausible terms, and a ledger row behind each of them."""

import datetime as dt

import pytest

from appointments.boards import board_of
from appointments.demo_boards import FIRST_SINCE, load_boards, load_since
from appointments.models import Seat, Tenure, TenureEvent
from portal.demo import Stage, london
from portal.models import Organisation, Role
from tests.factories.portal import MembershipFactory, OrganisationFactory, member

pytestmark = pytest.mark.django_db

D = dt.date
TODAY = D(2026, 11, 22)


@pytest.fixture
def loaded():
    """An NHS trust, a foundation trust, one that closed in 2018/19 and one that closed before the year."""
    body = Organisation.Kind.FOUNDATION_TRUST
    trusts = [OrganisationFactory(), OrganisationFactory(kind=body), OrganisationFactory(closed_on=D(2018, 10, 1))]
    OrganisationFactory(closed_on=D(2017, 4, 1))
    MembershipFactory(organisation=trusts[0], role=Role.TRUST_USER, job_title="Chair", user__full_name="Ada Holt")
    stage = Stage(at=london(TODAY))
    stage.accounts["talent_team"] = member(Role.TALENT_TEAM)
    load_boards(stage)
    load_since(stage)
    return trusts


def test_every_trust_of_the_year_has_a_board(loaded):
    roles = {trust: list(trust.seats.values_list("role", flat=True)) for trust in Organisation.objects.trusts()}

    assert [bool(found) for found in roles.values()].count(True) == 3
    for trust in loaded:
        assert roles[trust].count("chair") == 1
        assert roles[trust].count("ned") in (5, 6, 7)
        assert set(roles[trust]) == set(Seat.Role.values) - {"other_executive"}


def test_each_tenure_has_the_rows_that_its_acts_would_have_written(loaded):
    begun = TenureEvent.objects.filter(kind="begun")
    ended = TenureEvent.objects.filter(kind="ended")

    assert sorted(begun.values_list("tenure", flat=True)) == sorted(Tenure.objects.values_list("pk", flat=True))
    assert set(ended.values_list("tenure", flat=True)) == set(
        Tenure.objects.exclude(end_kind="").values_list("pk", flat=True)
    )
    assert TenureEvent.objects.filter(at__gt=london(TODAY)).count() == 0


def test_the_body_appointed_for_the_nhs_trust_only(loaded):
    """What the committees decided in the year itself is not laid in bulk: tests/figures holds those rows."""
    since = Tenure.objects.filter(starts_on__gte=FIRST_SINCE, seat__role__in=Seat.NON_EXECUTIVE)

    assert set(since.filter(seat__board=loaded[0]).values_list("source", flat=True)) == {"decision"}
    assert set(since.filter(seat__board=loaded[1]).values_list("source", flat=True)) == {"notice"}


def test_no_term_begins_in_the_year_that_no_decision_made(loaded):
    in_year = Tenure.objects.filter(seat__board=loaded[0], seat__role__in=Seat.NON_EXECUTIVE)

    assert in_year.filter(starts_on__range=(D(2017, 4, 1), D(2018, 5, 31))).count() == 0


def test_nobody_sits_on_after_the_trust_closed(loaded):
    assert Tenure.objects.filter(seat__board=loaded[2], ends_on=None).count() == 0
    assert Tenure.objects.filter(seat__board=loaded[2], ends_on__gte=D(2018, 10, 1)).count() == 0


def test_the_chair_who_signs_in_sits_on_the_board(loaded):
    chair = board_of(loaded[0], TODAY).places[0].tenure

    assert chair is None or chair.person.user.full_name == "Ada Holt"


def test_a_term_is_four_years_at_most(loaded):
    terms = Tenure.objects.filter(seat__role__in=Seat.NON_EXECUTIVE)

    assert [t for t in terms if (t.ends_on - t.starts_on).days > 1461] == []
