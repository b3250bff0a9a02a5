"""A mentor sees a placement through the membership they were named with, and loses it when that one ends."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal import invitations
from portal.models import Membership, Role, User
from talent.models import Placement
from talent.placing import PlacingRefused, may_record_review, mentoring, record_review
from talent.waiting_placements import reviews_due
from tests.factories.portal import MembershipFactory, OrganisationFactory, UserFactory, member, sign_in
from tests.factories.talent import DeclaredInterestFactory, PlacementFactory, PlacementReviewFactory

pytestmark = pytest.mark.django_db


def leave(membership: Membership) -> User:
    """Ends the membership, and finds the person as their next request does."""
    by = member(Role.TALENT_TEAM, is_administrator=True)
    invitations.end_membership(membership, by=by, at=timezone.now(), reason="Left the trust")
    return User.objects.get(pk=membership.user_id)


def test_a_mentor_who_left_finds_no_placement_on_any_door(client: Client):
    mentors_as = MembershipFactory()
    review = PlacementReviewFactory(placement=PlacementFactory(mentor_as=mentors_as))
    doors = [
        reverse("talent:placement_detail", args=[review.placement_id]),
        reverse("talent:placement_review", args=[review.pk]),
    ]
    sign_in(client, mentors_as.user)
    before = [client.get(door).status_code for door in doors]

    mentor = leave(mentors_as)

    assert before == [200, 200]
    assert [client.get(door).status_code for door in doors] == [404, 404]
    assert list(client.get(reverse("talent:placement_list")).context["page"].object_list) == []
    assert list(reviews_due(mentor, timezone.now())) == []
    with pytest.raises(PlacingRefused, match="not yours to record"):
        record_review(review, held_on=timezone.localdate(), progress="Well.", actions="", by=mentor, at=timezone.now())


def test_a_mentor_who_went_to_another_trust_does_not_take_the_placement_along():
    mentors_as = MembershipFactory()
    placement = PlacementFactory(mentor_as=mentors_as)
    MembershipFactory(user=mentors_as.user)

    mentor = leave(mentors_as)

    assert list(Placement.objects.visible_to(mentor)) == []
    assert may_record_review(mentor, placement) is False


def test_a_mentor_who_came_back_is_named_again_before_they_see_it():
    mentors_as = MembershipFactory()
    PlacementFactory(mentor_as=mentors_as, host=OrganisationFactory())
    mentor = leave(mentors_as)
    MembershipFactory(user=mentor, organisation=mentors_as.organisation)

    assert list(Placement.objects.visible_to(mentor)) == []


def test_another_membership_that_ends_takes_nothing():
    mentors_as = MembershipFactory()
    placement = PlacementFactory(mentor_as=mentors_as)
    elsewhere = MembershipFactory(user=mentors_as.user)

    assert list(Placement.objects.visible_to(leave(elsewhere))) == [placement]


def test_a_mentor_keeps_the_placement_whatever_they_declared():
    mentors_as = MembershipFactory()
    placement = PlacementFactory(mentor_as=mentors_as)
    DeclaredInterestFactory(user=mentors_as.user, application=placement.application)

    assert list(Placement.objects.visible_to(mentors_as.user)) == [placement]


def test_a_mentor_acts_for_the_host_where_they_can():
    user, host, now = UserFactory(), OrganisationFactory(), timezone.now()
    none = mentoring(user, host=host, at=now)
    longest = MembershipFactory(user=user)
    at_host = MembershipFactory(user=user, organisation=host, started_at=now - dt.timedelta(days=1))
    MembershipFactory(user=user, ended_at=now - dt.timedelta(days=2))

    assert none is None
    assert mentoring(user, host=host, at=now) == at_host
    assert mentoring(user, host=OrganisationFactory(), at=now) == longest


def change(client: Client, placement: Placement, email: str) -> str:
    """Saves the page of a placement with that mentor's address; answers what the field says is wrong."""
    said = {"mentor_name": "Morgan Reed", "mentor_email": email, "objectives": "Learn.", "reason": ""}
    day = {"ends_on_day": "31", "ends_on_month": "8", "ends_on_year": "2018"}
    response = client.post(reverse("talent:placement_edit", args=[placement.pk]), said | day)
    return response.context["form"].errors["mentor_email"][0] if response.status_code == 200 else ""


def test_staff_name_a_mentor_who_acts_for_somebody(client: Client):
    placement, mentors_as = PlacementFactory(), MembershipFactory()
    sign_in(client, member(Role.TALENT_TEAM))

    refused = change(client, placement, UserFactory().email)
    accepted = change(client, placement, mentors_as.user.email)

    assert refused == "This person acts for no organisation. Invite them first or leave it empty"
    assert accepted == ""
    assert Placement.objects.get().mentor_as == mentors_as


def test_staff_are_shown_that_the_mentor_has_left(client: Client):
    mentors_as = MembershipFactory()
    placement = PlacementFactory(mentor_as=mentors_as)
    leave(mentors_as)
    sign_in(client, member(Role.TALENT_TEAM))

    detail = client.get(reverse("talent:placement_detail", args=[placement.pk]))
    edit = client.get(reverse("talent:placement_edit", args=[placement.pk]))

    assert "No longer has access" in detail.text
    assert edit.context["form"]["mentor_email"].value() == ""
