"""An invitation stands as long as whoever sent it acts for the organisation; after that its link says whom to ask."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal import invitations, outbox
from portal.invitations import Refused
from portal.models import Invitation, Membership, Organisation, Role, User
from tests.factories.portal import (
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    member,
    sign_in,
    the_body,
)

pytestmark = pytest.mark.django_db

ADDRESS = "new@example.org"


@pytest.fixture
def trust() -> Organisation:
    return OrganisationFactory(name="Harbour NHS Trust")


@pytest.fixture
def colleague(trust: Organisation) -> Membership:
    return MembershipFactory(
        organisation=trust, is_administrator=True, job_title="Company secretary", user__full_name="Robin Vale"
    )


def invited(trust: Organisation, name: str = "Leaving Chair") -> Invitation:
    by = member(Role.TRUST_USER, organisation=trust, is_administrator=True, user=UserFactory(full_name=name))
    return invitations.invite(trust, ADDRESS, Role.TRUST_USER, by=by, at=timezone.now())


def leaves(membership: Membership | None) -> None:
    by = member(Role.TALENT_TEAM, is_administrator=True)
    invitations.end_membership(membership, by=by, at=timezone.now())


def state(invitation: Invitation) -> tuple[str, bool]:
    """What it says it is, and whether it is found among the open ones: they may never disagree."""
    now, row = timezone.now(), Invitation.objects.get(pk=invitation.pk)
    return row.state_at(now), Invitation.objects.open(now).filter(pk=row.pk).exists()


def test_a_leavers_invitation_lets_nobody_in(trust: Organisation, colleague: Membership):
    invitation, person = invited(trust), UserFactory(email=ADDRESS)

    leaves(invitation.invited_as)

    assert state(invitation) == ("lapsed", False)
    assert list(invitations.waiting_for(person, at=timezone.now())) == []
    with pytest.raises(Refused) as refused:
        invitations.accept(invitation, by=person, at=timezone.now())
    assert str(refused.value) == "Leaving Chair, who invited you, no longer looks after access for Harbour NHS Trust."
    assert person.memberships.count() == 0


def test_it_works_to_the_last_second_of_the_membership():
    invitation = InvitationFactory(email=ADDRESS)
    ends = invitation.invited_at + dt.timedelta(hours=1)
    Membership.objects.filter(pk=invitation.invited_as_id).update(ended_at=ends)
    row = Invitation.objects.get()

    assert row.state_at(ends - dt.timedelta(seconds=1)) == "open"
    assert row.state_at(ends) == "lapsed"


def test_the_link_names_who_looks_after_access_now(client: Client, trust: Organisation, colleague: Membership):
    invitation = invited(trust)
    leaves(invitation.invited_as)

    answer = client.get(invitations.path_of(invitation))

    page = BeautifulSoup(answer.text, "html.parser").main
    assert answer.status_code == 410
    assert page.h1.text == "This invitation no longer works"
    assert [item.text for item in page.select("li")] == ["Robin Vale, Company secretary"]


def test_the_link_leads_to_the_talent_team_where_nobody_is_left(client: Client, trust: Organisation, settings: Any):
    settings.CONTACT_EMAIL = "talent@example.org"
    invitation = invited(trust)
    leaves(invitation.invited_as)

    page = BeautifulSoup(client.get(invitations.path_of(invitation)).text, "html.parser").main

    assert [(a.text, a["href"]) for a in page.select("a")] == [("ask the talent team", "mailto:talent@example.org")]


def test_a_closed_account_invites_nobody(trust: Organisation):
    invitation = invited(trust)

    User.objects.filter(pk=invitation.invited_by_id).update(is_active=False)

    assert state(invitation) == ("lapsed", False)


def test_another_membership_of_the_sender_that_ends_takes_nothing(trust: Organisation):
    invitation = invited(trust)

    leaves(MembershipFactory(user=invitation.invited_by))

    assert state(invitation) == ("open", True)


def test_what_the_talent_team_sent_lapses_with_that_membership(trust: Organisation):
    by = member(Role.TALENT_TEAM, is_administrator=True)
    invitation = invitations.invite(trust, ADDRESS, Role.TRUST_USER, by=by, at=timezone.now())
    MembershipFactory(user=by, organisation=trust)

    leaves(by.memberships.get(organisation=the_body()))

    assert state(invitation) == ("lapsed", False)


def test_the_superusers_invitation_stands_as_long_as_they_are_one(trust: Organisation):
    root = User.objects.create_superuser("root@example.org")
    invitation = invitations.invite(trust, ADDRESS, Role.TRUST_USER, by=root, at=timezone.now())

    while_one = state(invitation)
    User.objects.filter(pk=root.pk).update(is_superuser=False)

    assert while_one == ("open", True)
    assert state(invitation) == ("lapsed", False)


def test_who_sends_it_again_answers_for_it(trust: Organisation, colleague: Membership):
    invitation = invited(trust)
    leaves(invitation.invited_as)

    invitations.resend(invitation, by=colleague.user, at=timezone.now())

    invitation.refresh_from_db()
    assert state(invitation) == ("open", True)
    assert (invitation.invited_by, invitation.invited_as) == (colleague.user, colleague)


def test_somebody_else_may_invite_the_same_address_afresh(trust: Organisation, colleague: Membership):
    leaves(invited(trust).invited_as)

    again = invitations.invite(trust, ADDRESS, Role.TRUST_USER, by=colleague.user, at=timezone.now())

    assert state(again) == ("open", True)


def test_a_lapsed_invitation_is_not_mailed(trust: Organisation, mailoutbox: list):
    leaves(invited(trust).invited_as)

    while outbox.run_next(at=timezone.now()):
        pass

    assert mailoutbox == []


def test_the_list_and_the_page_say_that_it_lapsed(client: Client, trust: Organisation, colleague: Membership):
    invitation = invited(trust)
    leaves(invitation.invited_as)
    sign_in(client, colleague.user)

    people = client.get(reverse("portal:people_list", args=[trust.ods_code]))
    page = client.get(reverse("portal:invitation_detail", args=[trust.ods_code, invitation.pk]))

    assert [row.state for row in people.context["invitations"]] == ["lapsed"]
    assert "Leaving Chair no longer looks after access here" in page.text
