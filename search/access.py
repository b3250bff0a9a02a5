"""Whom somebody may be shown by a search: asked once, put into the query, and asked again of each person found."""

import datetime as dt

from appointments.models import ProposalInterest
from portal.access import Viewer, access_of
from portal.models import User
from search.queries import Scope
from talent.models import Application, DeclaredInterest, Person

NOBODY: frozenset[int] = frozenset()


def may_search(user: Viewer) -> bool:
    return access_of(user).is_talent_staff


def scope_of(user: Viewer, *, day: dt.date) -> Scope:
    """The talent team finds people everywhere, a regional lead those of the region; nobody else finds anyone.

    Never oneself, and never somebody about whose application, or proposal for a seat, one has a conflict of interest.
    An application that is read blind bars nobody yet: whoever vanished from the search when a conflict was declared
    would be its applicant.
    """
    access = access_of(user)
    if not isinstance(user, User) or not access.is_talent_staff:
        return Scope(day=day, region_ids=NOBODY)
    said = DeclaredInterest.objects.in_force().filter(user=user, application__in=Application.objects.named())
    conflicts = said.values_list("application__person", flat=True)
    seats = ProposalInterest.objects.in_force().filter(user=user).values_list("proposal__person", flat=True)
    own = Person.objects.filter(user=user).values_list("pk", flat=True)
    return Scope(
        day=day,
        region_ids=None if access.is_talent_team else access.region_ids,
        barred=frozenset(conflicts) | frozenset(seats) | frozenset(own),
    )
