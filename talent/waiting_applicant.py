"""What waits for an applicant: drafts to send, offers to answer, feedback that came."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from portal import worklist
from portal.models import User
from portal.words import clock
from talent.models import Application, State
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
