"""What the ground floor puts on worklists: confirming who has access, and whose confirmation is overdue."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.timezone import localdate

from portal import confirmations, invitations
from portal.access import access_of, has_role
from portal.models import Role, User
from portal.worklist import Entry, waits

GROUP = "People and access"


@waits
def invitations_to_answer(user: User, at: dt.datetime) -> Iterable[Entry]:
    """Invitations to an address of theirs, for whoever came in by another way than the mailed link."""
    for invitation in invitations.waiting_for(user, at=at).select_related("organisation"):
        yield Entry(
            title="Answer an invitation",
            url=invitations.path_of(invitation),
            group=GROUP,
            detail=f"{invitation.get_role_display()}, {invitation.organisation}",
            due_on=localdate(invitation.expires_at),
        )


@waits
def lists_to_confirm(user: User, at: dt.datetime) -> Iterable[Entry]:
    """For an administrator: each of their own organisations, from the quarter's first day until it is confirmed."""
    ids = access_of(user).administers_ids
    if not ids:
        return
    for organisation in confirmations.owing(at=at).filter(pk__in=ids):
        yield Entry(
            title="Confirm who has access",
            url=reverse("portal:confirmation_create", args=[organisation.ods_code]),
            group=GROUP,
            detail=organisation.name,
            due_on=confirmations.due_on(confirmations.quarter_of(localdate(at))),
        )


@waits
def overdue_lists(user: User, at: dt.datetime) -> Iterable[Entry]:
    """For the talent team: how many organisations are late."""
    if not has_role(user, Role.TALENT_TEAM):
        return
    late = confirmations.overdue(at=at).count()
    if late:
        yield Entry(
            title="Organisations that have not confirmed who has access",
            url=reverse("portal:confirmation_list"),
            group=GROUP,
            count=late,
        )
