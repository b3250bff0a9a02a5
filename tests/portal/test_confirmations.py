"""Each quarter an administrator confirms the list; who is late stands on the talent team's."""

import datetime as dt

import pytest

from portal import confirmations
from portal.invitations import Refused
from portal.models import AccessConfirmation, AccessEvent, Membership, Role
from portal.waiting import lists_to_confirm, overdue_lists
from portal.worklist import Entry
from tests.factories.portal import MembershipFactory, OrganisationFactory, member

pytestmark = pytest.mark.django_db

FIRST_DAY = dt.datetime(2018, 1, 1, 9, tzinfo=dt.UTC)
LATE = dt.datetime(2018, 1, 30, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("day", "start"), [("2018-01-01", "2018-01-01"), ("2018-03-31", "2018-01-01"), ("2018-12-31", "2018-10-01")]
)
def test_quarters_are_of_the_calendar(day: str, start: str):
    assert confirmations.quarter_of(dt.date.fromisoformat(day)) == dt.date.fromisoformat(start)


def test_the_administrator_is_asked_until_it_is_done():
    trust = OrganisationFactory(ods_code="R0A", name="Alpha")
    chair = member(Role.TRUST_USER, organisation=trust, is_administrator=True)

    before = list(lists_to_confirm(chair, FIRST_DAY))
    confirmations.confirm(trust, by=chair, at=FIRST_DAY)

    assert before == [
        Entry(
            title="Confirm who has access",
            url="/organisations/R0A/people/confirm/",
            group="People and access",
            detail="Alpha",
            due_on=dt.date(2018, 1, 29),
        )
    ]
    assert list(lists_to_confirm(chair, LATE)) == []
    assert len(list(lists_to_confirm(chair, dt.datetime(2018, 4, 1, 9, tzinfo=dt.UTC)))) == 1


def test_only_administrators_are_asked():
    assert list(lists_to_confirm(member(Role.TRUST_USER), FIRST_DAY)) == []


def test_confirming_removes_and_records_who_is_left():
    trust = OrganisationFactory()
    chair = member(Role.TRUST_USER, organisation=trust, is_administrator=True)
    leaver = MembershipFactory(organisation=trust)

    confirmation = confirmations.confirm(trust, by=chair, at=FIRST_DAY, removed={leaver.pk: "Removed"})

    assert confirmation.listed == [{"membership": chair.memberships.get().pk, "role": "trust_user"}]
    assert list(Membership.objects.in_force(FIRST_DAY).filter(organisation=trust)) == [chair.memberships.get()]
    assert list(AccessEvent.objects.values_list("kind", flat=True)) == ["ended", "confirmed"]


def test_a_quarter_is_confirmed_once():
    trust = OrganisationFactory()
    chair = member(Role.TRUST_USER, organisation=trust, is_administrator=True)
    confirmations.confirm(trust, by=chair, at=FIRST_DAY)

    with pytest.raises(Refused):
        confirmations.confirm(trust, by=chair, at=LATE)


def test_a_refused_removal_confirms_nothing():
    trust = OrganisationFactory()
    chair = member(Role.TRUST_USER, organisation=trust, is_administrator=True)
    colleague = MembershipFactory(organisation=trust)

    with pytest.raises(Refused):
        confirmations.confirm(
            trust, by=chair, at=FIRST_DAY, removed={colleague.pk: "-", chair.memberships.get().pk: "-"}
        )

    assert AccessConfirmation.objects.count() == AccessEvent.objects.count() == 0


def test_the_talent_team_sees_who_is_late():
    MembershipFactory(), MembershipFactory(started_at=FIRST_DAY)
    team = member(Role.TALENT_TEAM)

    assert list(overdue_lists(team, FIRST_DAY + dt.timedelta(days=28))) == []
    assert [entry.count for entry in overdue_lists(team, LATE)] == [2]  # a trust with people since before, the body
    assert list(overdue_lists(member(Role.REVIEWER), LATE)) == []
