"""People come in, look after one another and leave; acts write their event, or are refused where they make no sense."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from portal import invitations
from portal.access import NOBODY, access_of
from portal.invitations import Refused
from portal.ledger import RewriteRefused
from portal.models import AccessEvent, Invitation, Job, Membership, Role, User
from tests.factories.portal import (
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    RegionFactory,
    UserFactory,
    member,
    the_body,
)

pytestmark = pytest.mark.django_db

AT = dt.datetime(2018, 3, 8, 12, tzinfo=dt.UTC)


def administrator(trust) -> User:
    return member(Role.TRUST_USER, organisation=trust, is_administrator=True)


def events() -> list[tuple[str, User | None]]:
    return [(event.kind, event.by) for event in AccessEvent.objects.all()]


def fresh(user: User) -> User:
    """As the next request finds them."""
    return User.objects.get(pk=user.pk)


def test_an_invitation_is_kept_as_a_digest_and_mailed_by_a_job():
    trust = OrganisationFactory()
    chair = administrator(trust)

    invitation = invitations.invite(trust, " New@Example.org ", Role.TRUST_USER, by=chair, at=AT)

    token = invitations.token_of(invitation)
    assert invitation.email == "new@example.org"
    assert invitation.expires_at == AT + dt.timedelta(days=14)
    assert invitation.token_digest == invitations.digest(token)
    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values().get())
    assert list(Job.objects.values_list("kind", "payload")) == [("portal.invitation", {"invitation": invitation.pk})]
    assert events() == [("invited", chair)]


def test_nobody_invites_to_a_trust_that_is_not_theirs():
    with pytest.raises(PermissionDenied):
        invitations.invite(
            OrganisationFactory(), "a@example.org", Role.TRUST_USER, by=administrator(OrganisationFactory()), at=AT
        )

    assert Invitation.objects.count() == 0


def test_a_trust_user_who_is_no_administrator_invites_nobody():
    trust = OrganisationFactory()

    with pytest.raises(PermissionDenied):
        invitations.invite(
            trust, "a@example.org", Role.TRUST_USER, by=member(Role.TRUST_USER, organisation=trust), at=AT
        )


@pytest.mark.parametrize("role", [role for role in Role if role != Role.TRUST_USER])
def test_a_trust_has_trust_users_only(role: Role):
    trust = OrganisationFactory()

    with pytest.raises(Refused):
        invitations.invite(trust, "a@example.org", role, by=administrator(trust), at=AT)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.TRUST_USER])
def test_the_talent_teams_administrator_invites_every_role_of_the_body(role: Role):
    by = member(Role.TALENT_TEAM, is_administrator=True)

    invitation = invitations.invite(the_body(), "a@example.org", role, by=by, at=AT, region=RegionFactory())

    assert invitation.role == role


def test_the_talent_teams_administrator_invites_a_trusts_first_administrator():
    by, trust = member(Role.TALENT_TEAM, is_administrator=True), OrganisationFactory()

    invitation = invitations.invite(trust, "a@example.org", Role.TRUST_USER, by=by, at=AT, is_administrator=True)

    assert invitation.is_administrator is True


def test_a_second_invitation_to_the_same_address_is_refused():
    trust = OrganisationFactory()
    chair = administrator(trust)
    invitations.invite(trust, "a@example.org", Role.TRUST_USER, by=chair, at=AT)

    with pytest.raises(Refused, match=r"a@example\.org has already been invited"):
        invitations.invite(trust, "a@example.org", Role.TRUST_USER, by=chair, at=AT)


def test_a_closed_trust_invites_nobody():
    trust = OrganisationFactory(closed_on=AT.date())

    with pytest.raises(Refused, match="has closed"):
        invitations.invite(trust, "a@example.org", Role.TRUST_USER, by=administrator(trust), at=AT)


def test_accepting_gives_access_once():
    invitation = InvitationFactory(email="new@example.org", invited_at=AT, is_administrator=True)
    person = UserFactory(email="new@example.org", full_name="")

    invitations.accept(invitation, by=person, at=AT, full_name="Newly Come")

    assert access_of(fresh(person)).administers_ids == {invitation.organisation_id}
    assert fresh(person).full_name == "Newly Come"
    assert events() == [("granted", invitation.invited_by)]
    with pytest.raises(Refused, match="already accepted"):
        invitations.accept(invitation, by=person, at=AT)


def test_only_the_invited_address_accepts():
    invitation = InvitationFactory(invited_at=AT)

    with pytest.raises(PermissionDenied):
        invitations.accept(invitation, by=UserFactory(), at=AT)

    assert list(Membership.objects.all()) == [invitation.invited_as]


def test_an_address_that_was_not_confirmed_accepts_nothing():
    invitation = InvitationFactory(email="new@example.org", invited_at=AT)
    person = UserFactory(email="new@example.org", address__verified=False)

    with pytest.raises(PermissionDenied):
        invitations.accept(invitation, by=person, at=AT)


def test_an_invitation_works_to_its_last_second():
    invitation = InvitationFactory(email="new@example.org", invited_at=AT)
    person = UserFactory(email="new@example.org")

    with pytest.raises(Refused, match="expired"):
        invitations.accept(invitation, by=person, at=invitation.expires_at)
    invitations.accept(invitation, by=person, at=invitation.expires_at - dt.timedelta(seconds=1))

    assert Membership.objects.get(user=person).organisation == invitation.organisation


def test_sending_again_ends_the_earlier_link():
    trust = OrganisationFactory()
    chair = administrator(trust)
    invitation = InvitationFactory(organisation=trust, invited_at=AT - dt.timedelta(days=30))
    before = invitation.token_digest

    invitations.resend(invitation, by=chair, at=AT)

    invitation.refresh_from_db()
    assert invitation.token_digest != before
    assert invitation.state_at(AT) == "open"
    assert events() == [("resent", chair)]


def test_a_withdrawn_invitation_lets_nobody_in():
    trust = OrganisationFactory()
    chair = administrator(trust)
    invitation = InvitationFactory(organisation=trust, email="new@example.org", invited_at=AT)

    invitations.revoke(invitation, by=chair, at=AT)

    assert events() == [("revoked", chair)]
    with pytest.raises(Refused, match="withdrawn"):
        invitations.accept(invitation, by=UserFactory(email="new@example.org"), at=AT)


def test_a_leaver_loses_access_with_the_next_request_and_stays_named():
    trust = OrganisationFactory()
    chair, leaver = administrator(trust), MembershipFactory(organisation=trust)

    invitations.end_membership(leaver, by=chair, at=AT, reason="Left the trust")

    leaver.refresh_from_db()
    assert access_of(fresh(leaver.user), at=AT) == NOBODY
    assert (leaver.ended_at, leaver.ended_by, leaver.end_reason) == (AT, chair, "Left the trust")
    assert events() == [("ended", chair)]


def test_the_last_administrator_names_who_takes_over():
    trust = OrganisationFactory()
    chair, colleague = administrator(trust), MembershipFactory(organisation=trust)
    last = chair.memberships.get()

    with pytest.raises(Refused, match="only administrator"):
        invitations.end_membership(last, by=chair, at=AT)
    with pytest.raises(Refused, match="only administrator"):
        invitations.end_membership(last, by=chair, at=AT, successor=MembershipFactory())
    invitations.end_membership(last, by=chair, at=AT, successor=colleague)

    colleague.refresh_from_db()
    assert colleague.is_administrator is True
    assert [kind for kind, _ in events()] == ["made_administrator", "ended"]


def test_the_last_administrator_stays_one():
    trust = OrganisationFactory()
    chair = administrator(trust)

    with pytest.raises(Refused, match="only administrator"):
        invitations.delegate(chair.memberships.get(), by=chair, at=AT, administrator=False)


def test_the_talent_team_ends_the_access_of_a_trusts_last_administrator():
    trust = OrganisationFactory()
    last = administrator(trust).memberships.get()

    invitations.end_membership(last, by=member(Role.TALENT_TEAM, is_administrator=True), at=AT)

    assert Membership.objects.in_force(AT).filter(organisation=trust).count() == 0


def test_delegating_twice_is_one_event():
    trust = OrganisationFactory()
    chair, colleague = administrator(trust), MembershipFactory(organisation=trust)

    invitations.delegate(colleague, by=chair, at=AT, administrator=True)
    invitations.delegate(colleague, by=chair, at=AT, administrator=True)

    assert events() == [("made_administrator", chair)]


def test_cms_groups_follow_the_role():
    invitation = InvitationFactory(email="e@example.org", organisation=the_body(), role=Role.EDITOR, invited_at=AT)
    editor = UserFactory(email="e@example.org")

    membership = invitations.accept(invitation, by=editor, at=AT)
    while_in = list(editor.groups.values_list("name", flat=True))
    invitations.end_membership(membership, by=member(Role.TALENT_TEAM, is_administrator=True), at=AT)

    assert while_in == ["Editors"]
    assert list(editor.groups.all()) == []


def test_an_event_is_written_once():
    trust = OrganisationFactory()
    invitations.invite(trust, "a@example.org", Role.TRUST_USER, by=administrator(trust), at=AT)
    event = AccessEvent.objects.get()

    with pytest.raises(RewriteRefused):
        event.save()
    with pytest.raises(RewriteRefused):
        AccessEvent.objects.update(reason="other")
