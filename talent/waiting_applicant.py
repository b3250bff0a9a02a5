"""What waits for an applicant: drafts to send, offers to answer, feedback that came."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from portal import worklist
from portal.models import User
from portal.words import clock
from talent.models import Application, PartnerInvitation, State
from talent.tasks import deadline_of, has_closed, with_deadlines

GROUP = "Your applications"


@worklist.waits
def applications(user: User, at: dt.datetime) -> Iterable[worklist.Entry]:
    """Drafts and offers: one query."""
    mine = Application.objects.owned_by(user).filter(state__in=[State.DRAFT, State.OFFERED])
    for application in with_deadlines(mine):
        if application.state == State.OFFERED:
            yield _offer(application)
        elif not has_closed(application, at=at):
            yield _draft(application)


@worklist.waits
def invitations(user: User, at: dt.datetime) -> Iterable[worklist.Entry]:
    """Somebody asks to apply together: one query."""
    for one in PartnerInvitation.objects.waiting_for(user).select_related(
        "application__intake__scheme", "application__person"
    ):
        yield worklist.Entry(
            title=f"{one.application.person} asks you to apply together",
            url=reverse("talent:invitation_answer", args=[one.pk]),
            group=GROUP,
            detail=str(one.application.intake),
            due_on=timezone.localdate(one.application.intake.closes_at),
        )


def _draft(application: Application) -> worklist.Entry:
    closes_at = deadline_of(application)
    return worklist.Entry(
        title=f"Finish and send your application to {application.intake}",
        url=reverse("talent:application_detail", args=[application.reference]),
        group=GROUP,
        detail=f"You can send it until {clock(closes_at)} on this day.",
        due_on=timezone.localdate(closes_at),
    )


def _offer(application: Application) -> worklist.Entry:
    return worklist.Entry(
        title=f"Answer your offer from {application.intake}",
        url=reverse("talent:offer_detail", args=[application.reference]),
        group=GROUP,
        due_on=application.offer_expires_on,
    )
