"""Declaring before reading: what a conflict hides, and that nobody's declaration goes unheard."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from appointments import conflicts
from appointments.agenda import add_applications
from appointments.decisions import cast_vote, record_decision
from appointments.declaring import DeclarationRefused, Interest, declare
from appointments.models import AgendaItem, Decision, Declaration, Vote
from portal.models import Role
from talent.models import ConflictKind, DeclaredInterest, State
from tests.appointments.conftest import Sitting
from tests.factories.appointments import AgendaItemFactory, declared
from tests.factories.portal import OrganisationFactory, member
from tests.factories.talent import ApplicationFactory, DeclaredInterestFactory, PostHeldFactory, ReviewFactory

pytestmark = pytest.mark.django_db


def say(sitting: Sitting, user: Any, *interests: AgendaItem) -> list[Declaration]:
    items = AgendaItem.objects.listed_for(user).filter(meeting=sitting.meeting).undeclared_by(user)
    said = {item.pk: Interest("employer", "We worked together.") if item in interests else None for item in items}
    return declare(sitting.meeting, said, by=user, at=timezone.now())


def readable(user: Any) -> list[AgendaItem]:
    return list(AgendaItem.objects.visible_to(user).order_by("pk"))


def test_nothing_is_read_before_it_is_declared(sitting: Sitting):
    assert readable(sitting.ann) == []

    say(sitting, sitting.ann)

    assert readable(sitting.ann) == [sitting.item]


def test_an_item_added_later_asks_again(sitting: Sitting):
    say(sitting, sitting.ann)
    later = AgendaItemFactory(meeting=sitting.meeting)

    assert readable(sitting.ann) == [sitting.item]
    assert list(AgendaItem.objects.listed_for(sitting.ann).undeclared_by(sitting.ann)) == [later]


def test_an_interest_hides_the_item_everywhere(sitting: Sitting):
    other = AgendaItemFactory(meeting=sitting.meeting)

    say(sitting, sitting.ann, sitting.item)

    assert readable(sitting.ann) == [other]
    assert list(AgendaItem.objects.listed_for(sitting.ann)) == [other]
    interest = DeclaredInterest.objects.get()
    assert (interest.user, interest.application, interest.kind, interest.source, interest.detail) == (
        sitting.ann,
        sitting.item.application,
        ConflictKind.EMPLOYER,
        "declared",
        "We worked together.",
    )


def test_an_interest_in_business_hides_it_too(sitting: Sitting):
    business = AgendaItemFactory(meeting=sitting.meeting, business=True)

    say(sitting, sitting.ann, business)

    assert readable(sitting.ann) == [sitting.item]
    assert conflicts.conflicted_members(business, sitting.all_for) == {sitting.ann.pk}


def test_an_interest_takes_the_vote_back(sitting: Sitting):
    declared(sitting.item, sitting.ann)
    cast_vote(sitting.item, "for", by=sitting.ann, at=timezone.now())

    declare(sitting.meeting, {sitting.item.pk: Interest("personal")}, by=sitting.ann, at=timezone.now())

    assert Vote.objects.count() == 0


def test_declaring_an_interest_elsewhere_hides_it_here(sitting: Sitting):
    say(sitting, sitting.ann)

    DeclaredInterestFactory(user=sitting.ann, application=sitting.item.application)

    assert readable(sitting.ann) == []


def test_declaring_again_does_not_bring_a_hidden_item_back(sitting: Sitting):
    say(sitting, sitting.ann, sitting.item)

    with pytest.raises(DeclarationRefused, match="The agenda has changed"):
        declare(sitting.meeting, {sitting.item.pk: None}, by=sitting.ann, at=timezone.now())

    assert readable(sitting.ann) == []


def test_a_conflicted_secretary_sees_neither_item_nor_decision(sitting: Sitting):
    item, secretary = sitting.item, member(Role.TALENT_TEAM)
    record_decision(
        item, outcome="deferred", votes=sitting.all_for, reason="Later.", by=sitting.secretary, at=timezone.now()
    )
    DeclaredInterestFactory(user=secretary, application=item.application)

    assert readable(secretary) == []
    assert list(Decision.objects.visible_to(secretary)) == []
    assert len(Decision.objects.visible_to(sitting.secretary)) == 1


def test_somebody_without_a_seat_declares_nothing(sitting: Sitting):
    with pytest.raises(DeclarationRefused, match="You do not sit on this committee"):
        declare(sitting.meeting, {}, by=member(Role.COMMITTEE_MEMBER), at=timezone.now())


def test_a_seat_begun_after_the_meeting_shows_nothing(sitting: Sitting):
    sitting.ann.committee_seats.update(starts_on=sitting.meeting.day + dt.timedelta(days=1))

    assert list(AgendaItem.objects.listed_for(sitting.ann)) == []


def detected(sitting: Sitting) -> list[tuple[Any, ...]]:
    conflicts.detect(sitting.meeting, at=timezone.now())
    return list(DeclaredInterest.objects.values_list("user", "application", "kind", "source"))


def test_a_member_who_reviewed_the_application_is_detected(sitting: Sitting):
    ReviewFactory(application=sitting.item.application, reviewer=sitting.ben)

    assert detected(sitting) == [(sitting.ben.pk, sitting.item.application.pk, "other", "detected")]


def test_a_member_of_the_trust_that_employs_the_applicant_is_detected(sitting: Sitting):
    trust = OrganisationFactory(name="St Élan NHS Trust")
    member(Role.TRUST_USER, user=sitting.ben, organisation=trust)
    PostHeldFactory(person=sitting.item.application.person, employer="St Elan NHS trust")
    PostHeldFactory(person=sitting.item.application.person, employer="Other", ended_on=dt.date(2016, 1, 1))

    assert detected(sitting) == [(sitting.ben.pk, sitting.item.application.pk, "same_trust", "detected")]


def test_a_post_that_has_ended_is_no_conflict(sitting: Sitting):
    trust = OrganisationFactory()
    member(Role.TRUST_USER, user=sitting.ben, organisation=trust)
    PostHeldFactory(person=sitting.item.application.person, employer=trust.name, ended_on=dt.date(2016, 1, 1))

    assert detected(sitting) == []


def test_a_lifted_detection_is_not_raised_again(sitting: Sitting):
    ReviewFactory(application=sitting.item.application, reviewer=sitting.ben)
    detected(sitting)
    DeclaredInterest.objects.update(lifted_at=timezone.now(), lifted_by=sitting.secretary)

    assert len(detected(sitting)) == 1
    assert DeclaredInterest.objects.in_force().count() == 0


def test_adding_to_an_agenda_looks_for_conflicts(sitting: Sitting):
    application = ApplicationFactory(state=State.RECOMMENDED)
    ReviewFactory(application=application, reviewer=sitting.ann)

    add_applications(sitting.meeting, [application], by=sitting.secretary, at=timezone.now())

    assert AgendaItem.objects.listed_for(sitting.ann).filter(application=application).count() == 0
    assert AgendaItem.objects.listed_for(sitting.ben).filter(application=application).count() == 1
