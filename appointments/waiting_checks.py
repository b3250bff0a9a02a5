"""What waits about fit and proper checks: what falls due, a declaration to sign, a board's yearly word."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localdate

from appointments import attesting
from appointments.fitness import RENEWAL_NOTICE
from appointments.models import CheckSet
from portal.access import access_of
from portal.models import User
from portal.worklist import Entry, waits

GROUP = "Fit and proper checks"


@waits
def checks_open(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For talent staff: how many people have open checks, and whose fall due within 60 days. One query."""
    if not access_of(user).is_talent_staff:
        return
    day = localdate(at)
    is_open = Q(open_count__gt=0) | Q(renews_on__lt=day)
    due = ~is_open & Q(renews_on__lte=day + RENEWAL_NOTICE)
    live = CheckSet.objects.visible_to(user).live(day).order_by()
    found = live.aggregate(open=Count("pk", filter=is_open), due=Count("pk", filter=due))
    for state, title in (("open", "People with open checks"), ("due", "People whose checks fall due within 60 days")):
        if found[state]:
            yield Entry(title, f"{reverse('appointments:check_list')}?state={state}", GROUP, count=found[state])


@waits
def declarations_to_sign(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For the person: each seat for which they are asked to declare. One query."""
    asked = CheckSet.objects.own(user).filter(closed_at=None).exclude(declaration_asked_at=None)
    for row in asked.select_related("seat__board"):
        url = reverse("appointments:own_declaration_sign", args=[row.pk])
        yield Entry("Declare and sign", url, GROUP, detail=str(row.seat))


@waits
def boards_to_attest(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For a trust's administrator: the board's yearly confirmation, until it is given. At most three queries."""
    ids = access_of(user).administers_ids
    if not ids:
        return
    due = attesting.due_on(attesting.year_of(localdate(at)))
    for trust in attesting.owing(at=at).filter(pk__in=ids):
        url = reverse("appointments:board_attest", args=[trust.ods_code])
        yield Entry("Confirm your board’s checks", url, GROUP, detail=trust.name, due_on=due)
