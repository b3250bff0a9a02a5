"""The quarterly word that a list of people is right: when it is due, who owes it, and giving it."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from portal import invitations
from portal.access import may_administer
from portal.models import AccessConfirmation, AccessEvent, Membership, Organisation, User
from portal.models.organisation import OrganisationQuerySet

DAYS_TO_CONFIRM = 28


def quarter_of(day: dt.date) -> dt.date:
    """The first day of the calendar quarter that `day` lies in."""
    return dt.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def due_on(quarter: dt.date) -> dt.date:
    return quarter + dt.timedelta(days=DAYS_TO_CONFIRM)


def owing(*, at: dt.datetime) -> OrganisationQuerySet:
    """Organisations with people whose list has not been confirmed this quarter.

    Whoever had nobody before the quarter began owes nothing until the next one.
    """
    quarter = quarter_of(localdate(at))
    people = Membership.objects.in_force(at).filter(organisation=OuterRef("pk"), started_at__date__lt=quarter)
    given = AccessConfirmation.objects.filter(organisation=OuterRef("pk"), quarter_starts_on=quarter)
    return Organisation.objects.filter(Exists(people), ~Exists(given))


def overdue(*, at: dt.datetime) -> OrganisationQuerySet:
    return owing(at=at) if localdate(at) > due_on(quarter_of(localdate(at))) else Organisation.objects.none()


@transaction.atomic
def confirm(
    organisation: Organisation, *, by: User, at: dt.datetime, removed: dict[int, str] | None = None
) -> AccessConfirmation:
    """Ends the access of those in `removed` (membership id -> reason), then records who is left as confirmed.

    A second confirmation in one quarter is refused; all or nothing happens.
    """
    if not may_administer(by, organisation):
        raise PermissionDenied
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    quarter = quarter_of(localdate(at))
    if AccessConfirmation.objects.filter(organisation=organisation, quarter_starts_on=quarter).exists():
        raise invitations.Refused("The list has already been confirmed this quarter.")
    people = Membership.objects.in_force(at).filter(organisation=organisation)
    for membership in people.filter(pk__in=removed or {}):
        invitations.end_membership(membership, by=by, at=at, reason=(removed or {})[membership.pk])
    AccessEvent.objects.create(kind=AccessEvent.Kind.CONFIRMED, organisation=organisation, by=by, at=at)
    return AccessConfirmation.objects.create(
        organisation=organisation,
        quarter_starts_on=quarter,
        confirmed_by=by,
        confirmed_at=at,
        listed=[{"membership": m.pk, "role": m.role} for m in people.order_by("pk")],
    )
