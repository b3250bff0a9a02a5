"""Ground-floor jobs: mailing an invitation, publishing what is due."""

import datetime as dt

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from portal import invitations, mail, periodic
from portal.models import Invitation, Job
from portal.outbox import job


@job(invitations.INVITATION_MAIL)
def mail_invitation(row: Job) -> None:
    """Mails the link; an invitation that was answered or withdrawn meanwhile, or has lapsed, is left in peace."""
    invitation = (
        Invitation.objects.open(timezone.now())
        .select_related("organisation", "invited_by")
        .filter(pk=row.payload["invitation"])
        .first()
    )
    if invitation is None:
        return
    url = settings.PORTAL_BASE_URL + invitations.path_of(invitation)
    mail.send("portal_invitation", [invitation.email], {"invitation": invitation, "url": url})


PUBLISH_SCHEDULED = "portal.publish_scheduled"


@job(PUBLISH_SCHEDULED)
def publish_scheduled(row: Job) -> None:
    """Publishes pages whose time has come and takes down those whose time is up; forgets its own runs after a day."""
    call_command("publish_scheduled")
    Job.objects.filter(kind=PUBLISH_SCHEDULED, done_at__lt=timezone.now() - dt.timedelta(days=1)).delete()


periodic.every(5, PUBLISH_SCHEDULED)
