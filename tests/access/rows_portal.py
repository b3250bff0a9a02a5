"""The access table's rows for the ground floor (notation: tests/access/table.py)."""

import datetime as dt

from portal.invitations import token_of
from portal.models import Job, Membership
from tests.access.table import PAGE, PAGE_OF, SIGN_IN, TO, row
from tests.access.world import World
from tests.factories.portal import InvitationFactory, MembershipFactory

# What everybody may see, signed in or not: the view asks nobody who they are.
PUBLIC = {
    "portal:organisation_list",
    "portal:organisation_detail",
    "portal:invitation_accept",
    "portal:site_search",
}

OWN, OTHER = "own_trust.ods_code", "other_trust.ods_code"
OWN_PERSON = (OWN, "own_colleague.pk")
OTHER_PERSON = (OTHER, "other_colleague.pk")
# Another trust's person asked for under one's own trust: the address alone must not open a door.
MIXED_PERSON = (OWN, "other_colleague.pk")
OWN_INVITATION = (OWN, "own_invitation.pk")
OTHER_INVITATION = (OTHER, "other_invitation.pk")
MIXED_INVITATION = (OWN, "other_invitation.pk")
REASON = {"reason": "-"}
OWN_LIST = TO("portal:people_list", OWN)


def administrators_only(name: str, own: tuple[str, ...], other: tuple[str, ...], answer=PAGE, **how):
    """The world's talent team member administers nothing; only a trust's own administrator sees its people."""
    return [
        row(name, *own, **how, anonymous=SIGN_IN, trust_admin=answer, others=404),
        row(name, *other, **how, anonymous=SIGN_IN, others=404),
    ]


ROWS = [
    row("portal:home", anonymous=SIGN_IN, others=PAGE),
    row("portal:site_search", public=True),
    row("portal:organisation_list", public=True),
    row("portal:organisation_detail", OWN, public=True),
    row("portal:organisation_detail", OTHER, public=True),
    row("portal:organisation_detail", "body.ods_code", others=404),
    *administrators_only("portal:people_list", (OWN,), (OTHER,)),
    row("portal:people_list", "body.ods_code", anonymous=SIGN_IN, others=404),
    *administrators_only("portal:invitation_create", (OWN,), (OTHER,)),
    *administrators_only("portal:confirmation_create", (OWN,), (OTHER,)),
    *administrators_only("portal:people_detail", OWN_PERSON, OTHER_PERSON),
    row("portal:people_detail", *MIXED_PERSON, anonymous=SIGN_IN, others=404),
    *administrators_only(
        "portal:people_delegate", OWN_PERSON, OTHER_PERSON, OWN_LIST, method="post", data={"administrator": "yes"}
    ),
    row("portal:people_delegate", *MIXED_PERSON, method="post", anonymous=SIGN_IN, others=404),
    *administrators_only("portal:people_remove", OWN_PERSON, OTHER_PERSON),
    *administrators_only("portal:people_remove", OWN_PERSON, OTHER_PERSON, OWN_LIST, method="post", data=REASON),
    row("portal:people_remove", *MIXED_PERSON, method="post", data=REASON, anonymous=SIGN_IN, others=404),
    *administrators_only("portal:invitation_detail", OWN_INVITATION, OTHER_INVITATION),
    row("portal:invitation_detail", *MIXED_INVITATION, anonymous=SIGN_IN, others=404),
    *administrators_only("portal:invitation_resend", OWN_INVITATION, OTHER_INVITATION, OWN_LIST, method="post"),
    *administrators_only("portal:invitation_revoke", OWN_INVITATION, OTHER_INVITATION, OWN_LIST, method="post"),
    row("portal:invitation_revoke", *MIXED_INVITATION, method="post", anonymous=SIGN_IN, others=404),
    row("portal:invitation_accept", "applicants_token", anonymous=PAGE_OF("portal/invitation_sign_in.html"),
        applicant=PAGE, others=403),
    row("portal:invitation_accept", "other_token", anonymous=PAGE_OF("portal/invitation_sign_in.html"), others=403),
    row("portal:confirmation_list", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row("portal:job_list", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row("portal:job_retry", "parked_job.pk", method="post", alike="jobs are the installation's, nobody's own",
        anonymous=SIGN_IN, talent_team=TO("portal:job_list"), others=403),
]  # fmt: skip


def build(world: World) -> None:
    """Adds the records that the rows name."""
    now = dt.datetime.now(dt.UTC)
    world.own_colleague = Membership.objects.get(user=world.people["trust_user"])
    world.other_colleague = MembershipFactory(organisation=world.other_trust)
    world.own_invitation = InvitationFactory(organisation=world.own_trust)
    world.other_invitation = InvitationFactory(organisation=world.other_trust)
    world.applicants_token = token_of(InvitationFactory(email=world.people["applicant"].email))
    world.other_token = token_of(InvitationFactory())
    world.parked_job = Job.objects.create(kind="portal.invitation", enqueued_at=now, due_at=now, parked_at=now)
