"""How people come in, look after one another and leave: invite, accept, revoke, delegate, end."""

import datetime as dt
import hashlib
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from portal import cms_groups, outbox
from portal.access import administers_everyone, may_administer
from portal.models import AccessEvent, Invitation, Membership, Organisation, Region, Role, User
from portal.models.membership import InvitationQuerySet, MembershipQuerySet

GOOD_FOR = dt.timedelta(days=14)
INVITATION_MAIL = "portal.invitation"
BODY_ROLES = tuple(role for role in Role if role != Role.TRUST_USER)


class Refused(Exception):
    """The act makes no sense here and now; the words are for the person who tried."""


def roles_offered(organisation: Organisation) -> tuple[Role, ...]:
    """The roles that people can hold at `organisation`."""
    return BODY_ROLES if organisation.kind == Organisation.Kind.BODY else (Role.TRUST_USER,)


def token_of(invitation: Invitation) -> str:
    """The token that is mailed: made from the row's nonce and the site's secret, stored nowhere."""
    return salted_hmac("portal.invitations", invitation.nonce, algorithm="sha256").hexdigest()


def path_of(invitation: Invitation) -> str:
    """Where it is accepted. Only for the mail, and for whoever has proved that the invited address is theirs."""
    return reverse("portal:invitation_accept", args=[token_of(invitation)])


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    organisation: Organisation,
    email: str,
    role: str,
    *,
    by: User,
    at: dt.datetime,
    is_administrator: bool = False,
    region: Region | None = None,
    job_title: str = "",
) -> Invitation:
    """Offers `role` to an address for two weeks: row, event, and the mail in the same transaction."""
    email = email.strip().lower()
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    _may_look_after(by, organisation)
    _can_be_invited(organisation, email, role, at)
    invitation = Invitation(
        organisation=organisation,
        email=email,
        role=role,
        region=region,
        job_title=job_title,
        is_administrator=is_administrator,
    )
    _sent_by(invitation, by=by, at=at)
    _mail(invitation, at=at)
    _event(AccessEvent.Kind.INVITED, organisation, by=by, at=at, invitation=invitation)
    return invitation


def _may_look_after(by: User, organisation: Organisation) -> None:
    if not may_administer(by, organisation):
        raise PermissionDenied


def _can_be_invited(organisation: Organisation, email: str, role: str, at: dt.datetime) -> None:
    if not organisation.is_open_on(localdate(at)):
        raise Refused(f"{organisation} has closed.")
    if role not in roles_offered(organisation):
        raise Refused(f"Nobody acts as {Role(role).label.lower()} for {organisation}.")
    if Membership.objects.in_force(at).filter(organisation=organisation, role=role, user__email=email).exists():
        raise Refused(f"{email} already has this access.")
    if Invitation.objects.open(at).filter(organisation=organisation, role=role, email=email).exists():
        raise Refused(f"{email} has already been invited. You can send the invitation again from the list of people.")


def _sent_by(invitation: Invitation, *, by: User, at: dt.datetime) -> None:
    """Whoever sends it answers for it: it lapses the moment their membership ends, or that of who sends it again."""
    rows = Membership.objects.in_force(at).filter(user=by, is_administrator=True)
    at_home = rows.filter(organisation=invitation.organisation).first()
    invitation.invited_as = at_home or rows.filter(role=Role.TALENT_TEAM).first()
    invitation.invited_by, invitation.invited_at = by, at


def _mail(invitation: Invitation, *, at: dt.datetime) -> None:
    """A fresh token, good for two weeks from `at`; any earlier one stops working."""
    invitation.nonce = secrets.token_hex(16)
    invitation.token_digest = digest(token_of(invitation))
    invitation.expires_at = at + GOOD_FOR
    invitation.save()
    outbox.enqueue(INVITATION_MAIL, {"invitation": invitation.pk}, at=at)


def _event(kind: str, organisation: Organisation, *, by: User | None, at: dt.datetime, **about: Any) -> None:
    AccessEvent.objects.create(kind=kind, organisation=organisation, by=by, at=at, **about)


def _unanswered(invitation: Invitation) -> Invitation:
    """The invitation, locked; refused when it has been answered or withdrawn meanwhile."""
    locked = (
        Invitation.objects.select_for_update(of=["self"])
        .select_related("organisation", "invited_by", "invited_as")
        .get(pk=invitation.pk)
    )
    if locked.accepted_at:
        raise Refused(f"{locked.email} has already accepted this invitation.")
    if locked.revoked_at:
        raise Refused(f"The invitation to {locked.email} has already been withdrawn.")
    return locked


@transaction.atomic
def resend(invitation: Invitation, *, by: User, at: dt.datetime) -> None:
    """A new link and two more weeks; the link that was mailed before stops working."""
    locked = _unanswered(invitation)
    _may_look_after(by, locked.organisation)
    _sent_by(locked, by=by, at=at)
    _mail(locked, at=at)
    _event(AccessEvent.Kind.RESENT, locked.organisation, by=by, at=at, invitation=locked)


@transaction.atomic
def revoke(invitation: Invitation, *, by: User, at: dt.datetime) -> None:
    locked = _unanswered(invitation)
    _may_look_after(by, locked.organisation)
    locked.revoked_at, locked.revoked_by = at, by
    locked.save()
    _event(AccessEvent.Kind.REVOKED, locked.organisation, by=by, at=at, invitation=locked)


def may_be_asked(organisation: Organisation, *, at: dt.datetime) -> MembershipQuerySet:
    """Who invites people to `organisation`: its administrators."""
    rows = Membership.objects.in_force(at).filter(organisation=organisation, is_administrator=True)
    return rows.filter(user__is_active=True).select_related("user").order_by("user__sort_name", "pk")


def is_for(invitation: Invitation, user: User) -> bool:
    """Whether `user` has proved that the invited address is theirs."""
    return EmailAddress.objects.filter(user=user, email__iexact=invitation.email, verified=True).exists()


def waiting_for(user: User, *, at: dt.datetime) -> InvitationQuerySet:
    """The open invitations to addresses that `user` has proved to be theirs, the latest first."""
    proved = EmailAddress.objects.filter(user=user, verified=True)
    return Invitation.objects.open(at).filter(email__in=proved.values_list(Lower("email")))


@transaction.atomic
def accept(invitation: Invitation, *, by: User, at: dt.datetime, full_name: str = "") -> Membership:
    """Turns the invitation into access for `by`, who must own the invited address and takes `full_name` if nameless."""
    locked = _unanswered(invitation)
    state = locked.state_at(at)
    if state == "lapsed":
        raise Refused(f"{locked.invited_by}, who invited you, no longer looks after access for {locked.organisation}.")
    if state != "open":
        raise Refused("This invitation has expired.")
    if not is_for(locked, by):
        raise PermissionDenied
    if full_name and not by.full_name:
        by.full_name = full_name
        by.save()
    locked.accepted_at, locked.accepted_by = at, by
    locked.save()
    return grant(
        by,
        locked.organisation,
        locked.role,
        by=locked.invited_by,
        at=at,
        is_administrator=locked.is_administrator,
        region=locked.region,
        job_title=locked.job_title,
        invitation=locked,
    )


@transaction.atomic
def grant(
    user: User,
    organisation: Organisation,
    role: str,
    *,
    by: User | None,
    at: dt.datetime,
    is_administrator: bool = False,
    region: Region | None = None,
    job_title: str = "",
    invitation: Invitation | None = None,
) -> Membership:
    """Gives access from `at`, CMS groups included; somebody who has it already keeps the one they have.

    Asks nobody's permission: it is for `accept`, whose invitation was asked for, and for setting an installation up.
    """
    membership, is_new = Membership.objects.get_or_create(
        user=user,
        organisation=organisation,
        role=role,
        ended_at=None,
        defaults={
            "region": region,
            "job_title": job_title,
            "is_administrator": is_administrator,
            "started_at": at,
            "granted_by": by,
        },
    )
    if is_new:
        _event(AccessEvent.Kind.GRANTED, organisation, by=by, at=at, membership=membership, invitation=invitation)
        cms_groups.keep_in_step(user, at=at)
    return membership


def _locked(membership: Membership, *, by: User, at: dt.datetime) -> Membership:
    """The membership in force, under its organisation's lock, which makes counting administrators safe."""
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    _may_look_after(by, organisation)
    found = Membership.objects.in_force(at).filter(pk=membership.pk).select_related("user").first()
    if found is None:
        raise Refused("This person's access has already ended.")
    found.organisation = organisation
    return found


def is_last_administrator(membership: Membership, *, at: dt.datetime) -> bool:
    administrators = Membership.objects.in_force(at).filter(
        organisation=membership.organisation_id, is_administrator=True
    )
    return membership.is_administrator and not administrators.exclude(pk=membership.pk).exists()


@transaction.atomic
def delegate(membership: Membership, *, by: User, at: dt.datetime, administrator: bool) -> None:
    """Makes somebody an administrator of their organisation, or no longer one."""
    row = _locked(membership, by=by, at=at)
    if row.is_administrator == administrator:
        return
    if administrator and not row.may_administer:
        raise Refused(f"{row.get_role_display()} is not a role that looks after other people's access.")
    if not administrator and is_last_administrator(row, at=at):
        raise Refused(f"{row.user} is the only administrator. Make somebody else administrator first.")
    row.is_administrator = administrator
    row.save()
    kind = AccessEvent.Kind.MADE_ADMINISTRATOR if administrator else AccessEvent.Kind.UNMADE_ADMINISTRATOR
    _event(kind, row.organisation, by=by, at=at, membership=row)


@transaction.atomic
def end_membership(
    membership: Membership, *, by: User, at: dt.datetime, reason: str = "", successor: Membership | None = None
) -> None:
    """Ends access with the leaver's next request; what they did stays theirs. The last administrator names a successor.

    Only the talent team's administrators may leave a trust without one: a trust that has nobody left is theirs to mend.
    """
    row = _locked(membership, by=by, at=at)
    if is_last_administrator(row, at=at):
        _hand_over(row, successor, by=by, at=at)
    row.ended_at, row.ended_by, row.end_reason = at, by, reason[:200]
    row.save()
    _event(AccessEvent.Kind.ENDED, row.organisation, by=by, at=at, membership=row, reason=reason)
    cms_groups.keep_in_step(row.user, at=at)


def _hand_over(row: Membership, successor: Membership | None, *, by: User, at: dt.datetime) -> None:
    if successor is not None and successor.organisation_id == row.organisation_id and successor.pk != row.pk:
        delegate(successor, by=by, at=at, administrator=True)
    elif not (administers_everyone(by) and row.organisation.is_trust):
        raise Refused(f"{row.user} is the only administrator. Say who takes over.")
