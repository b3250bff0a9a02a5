"""Placements: who may begin, change, review and end one, and what each act leaves behind."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from portal.models import Organisation, Role, User
from talent.models import Application, Placement, PlacementEvent, State
from talent.placing import (
    PlacingRefused,
    begin_placement,
    change_placement,
    end_placement,
    may_record_review,
    months_after,
    plan_review,
    record_review,
    suggested_hosts,
    waiting_for_a_placement,
)
from talent.workflow import MoveRefused
from tests.factories.portal import OrganisationFactory, RegionFactory, member
from tests.factories.talent import ApplicationFactory, DeclaredInterestFactory, PlacementFactory, PostHeldFactory

pytestmark = pytest.mark.django_db
START = dt.date(2018, 1, 31)


@pytest.fixture
def team() -> User:
    return member(Role.TALENT_TEAM)


@pytest.fixture
def accepted() -> Application:
    return ApplicationFactory(state=State.ACCEPTED)


def begin(application: Application, by: User, **given: Any) -> Placement:
    host = given.pop("host", None) or OrganisationFactory()
    kwargs = {"mentor_name": "Morgan Reed", "starts_on": START, "ends_on": dt.date(2019, 1, 31), "objectives": "Learn."}
    return begin_placement(application, host=host, by=by, at=timezone.now(), **{**kwargs, **given})


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2018, 1, 31), 3, dt.date(2018, 4, 30)),
        (dt.date(2017, 11, 30), 3, dt.date(2018, 2, 28)),
        (dt.date(2017, 9, 1), 12, dt.date(2018, 9, 1)),
    ],
)
def test_months_after(day: dt.date, months: int, later: dt.date):
    assert months_after(day, months) == later


def test_beginning_moves_the_application_and_plans_reviews(accepted: Application, team: User):
    placement = begin(accepted, team)

    accepted.refresh_from_db()
    assert accepted.state == State.PLACED
    assert list(placement.reviews.values_list("due_on", flat=True)) == [
        dt.date(2018, 4, 30),
        dt.date(2018, 7, 31),
        dt.date(2018, 10, 31),
        dt.date(2019, 1, 31),
    ]
    assert list(placement.events.values_list("kind", "by", "facts")) == [
        ("begun", team.pk, {"host": placement.host.ods_code, "starts_on": "2018-01-31", "ends_on": "2019-01-31"})
    ]


def test_a_short_placement_has_fewer_reviews(accepted: Application, team: User):
    placement = begin(accepted, team, ends_on=dt.date(2018, 7, 31))

    assert list(placement.reviews.values_list("due_on", flat=True)) == [dt.date(2018, 4, 30), dt.date(2018, 7, 31)]


@pytest.mark.parametrize(
    "host",
    [{"closed_on": START}, {"opened_on": START + dt.timedelta(days=1)}, {"body": True}],
    ids=["closed", "not yet open", "no trust"],
)
def test_the_host_is_a_trust_open_on_the_first_day(accepted: Application, team: User, host: dict[str, Any]):
    trust = OrganisationFactory(**host)

    with pytest.raises(PlacingRefused) as refused:
        begin(accepted, team, host=trust)

    assert str(refused.value) == f"{trust} is not a trust that is open on the first day."
    assert Placement.objects.count() == 0


def test_the_last_day_is_after_the_first(accepted: Application, team: User):
    with pytest.raises(PlacingRefused, match="must end after it starts"):
        begin(accepted, team, ends_on=START)


def test_only_an_accepted_offer_is_placed(team: User):
    with pytest.raises(MoveRefused):
        begin(ApplicationFactory(state=State.OFFERED), team)

    assert Placement.objects.count() == 0


def test_a_regional_lead_places_within_the_region(accepted: Application):
    begin(accepted, member(Role.REGIONAL_LEAD, region=accepted.region))
    elsewhere = ApplicationFactory(state=State.ACCEPTED)

    with pytest.raises(MoveRefused):
        begin(elsewhere, member(Role.REGIONAL_LEAD))

    assert Placement.objects.get().application == accepted


def test_a_change_says_what_changed_without_the_words(accepted: Application, team: User):
    placement = begin(accepted, team)

    change_placement(
        placement,
        mentor_name="Morgan Reed",
        mentor_as=None,
        ends_on=dt.date(2019, 3, 31),
        objectives="Chair a meeting.",
        by=team,
        at=timezone.now(),
        reason="Began late.",
    )

    event = placement.events.get(kind=PlacementEvent.Kind.CHANGED)
    assert (event.reason, event.facts) == (
        "Began late.",
        {"changed": ["ends_on", "objectives"], "ends_on": ["2019-01-31", "2019-03-31"]},
    )
    placement.refresh_from_db()
    assert (placement.ends_on, placement.objectives) == (dt.date(2019, 3, 31), "Chair a meeting.")


def test_no_change_leaves_no_event(accepted: Application, team: User):
    placement = begin(accepted, team)

    change_placement(
        placement,
        mentor_name=placement.mentor_name,
        mentor_as=None,
        ends_on=placement.ends_on,
        objectives=placement.objectives,
        by=team,
        at=timezone.now(),
    )

    assert placement.events.count() == 1


def test_a_review_is_planned_once_a_day(accepted: Application, team: User):
    placement = begin(accepted, team)

    for _ in range(2):
        plan_review(placement, due_on=dt.date(2018, 6, 1), by=team, at=timezone.now())

    assert placement.reviews.count() == 5
    assert placement.events.filter(kind="changed").count() == 1


def test_a_review_is_recorded_once(accepted: Application, team: User):
    review = begin(accepted, team).reviews.first()
    said = {"held_on": dt.date(2018, 5, 2), "progress": "Well.", "actions": "", "by": team, "at": timezone.now()}

    record_review(review, **said)

    with pytest.raises(PlacingRefused, match="recorded already"):
        record_review(review, **said)
    review.refresh_from_db()
    assert (review.held_on, review.progress, review.recorded_by) == (dt.date(2018, 5, 2), "Well.", team)


def test_a_review_is_not_held_in_the_future(accepted: Application, team: User):
    review = begin(accepted, team).reviews.first()
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    with pytest.raises(PlacingRefused, match="not in the future"):
        record_review(review, held_on=tomorrow, progress="Well.", actions="", by=team, at=timezone.now())


def test_who_may_record_a_review(team: User):
    host: Organisation = OrganisationFactory()
    mentor = member(Role.TRUST_USER)
    placement = PlacementFactory(host=host, mentor_as=mentor.memberships.get())
    people = {
        "team": team,
        "host": member(Role.TRUST_USER, organisation=host),
        "mentor": mentor,
        "other trust": member(Role.TRUST_USER),
        "reviewer": member(Role.REVIEWER),
        "other region": member(Role.REGIONAL_LEAD),
        "the person": placement.application.person.user,
    }

    assert {name for name, user in people.items() if may_record_review(user, placement)} == {"team", "host", "mentor"}


def test_ending_completes_the_application(accepted: Application, team: User):
    placement = begin(accepted, team)

    end_placement(placement, outcome="completed", note="Ready for a board.", by=team, at=timezone.now())

    accepted.refresh_from_db()
    placement.refresh_from_db()
    assert (accepted.state, placement.outcome, placement.outcome_note) == (
        State.COMPLETED,
        "completed",
        "Ready for a board.",
    )
    assert placement.events.last().facts == {"outcome": "completed", "ended_on": "2019-01-31"}
    with pytest.raises(PlacingRefused, match="has ended"):
        end_placement(placement, outcome="completed", note="Again.", by=team, at=timezone.now())


def test_ending_early_moves_the_last_day(accepted: Application, team: User):
    placement = begin(accepted, team)
    at = dt.datetime(2018, 6, 1, 12, tzinfo=dt.UTC)

    end_placement(placement, outcome="ended_early", note="Moved away.", by=team, at=at)

    placement.refresh_from_db()
    assert placement.ends_on == dt.date(2018, 6, 1)


def test_the_host_trust_does_not_change_a_placement(accepted: Application, team: User):
    placement = begin(accepted, team)
    user = member(Role.TRUST_USER, organisation=placement.host)

    with pytest.raises(PlacingRefused, match="not yours to change"):
        end_placement(placement, outcome="completed", note="Done.", by=user, at=timezone.now())


def test_suggested_hosts_are_near_open_and_not_the_employer(accepted: Application):
    busy, free = OrganisationFactory(region=accepted.region), OrganisationFactory(region=accepted.region)
    employer = OrganisationFactory(region=accepted.region)
    OrganisationFactory(region=accepted.region, closed_on=dt.date(2017, 1, 1))
    OrganisationFactory(region=RegionFactory())
    PostHeldFactory(person=accepted.person, employer=employer.name.upper())
    PlacementFactory(host=busy)

    found = suggested_hosts(accepted, day=dt.date(2018, 1, 1))

    assert [(trust, trust.running) for trust in found] == [(free, 0), (busy, 1)]


def test_who_waits_for_a_placement(accepted: Application, team: User):
    conflicted = ApplicationFactory(state=State.ACCEPTED)
    DeclaredInterestFactory(user=team, application=conflicted)
    ApplicationFactory(state=State.OFFERED)

    assert list(waiting_for_a_placement(team)) == [accepted]
    assert list(waiting_for_a_placement(member(Role.REVIEWER))) == []
