"""Third-floor views: boards and terms; committees, meetings, agendas, items with their votes, decisions, letters."""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from appointments.access import keeps_cases
from portal.access import BOARD_ROLES, STAFF_ROLES, View, requires_role
from portal.models import Role

secretariat_only = requires_role(Role.TALENT_TEAM)
committee_only = requires_role(Role.TALENT_TEAM, Role.COMMITTEE_MEMBER)
board_only = requires_role(*BOARD_ROLES)
staff_only = requires_role(*STAFF_ROLES)


def case_keepers_only(view: View) -> View:
    """Talent staff, and a trust's administrators: other people of a trust see its board, not what becomes of it."""

    @requires_role(*STAFF_ROLES, Role.TRUST_USER)
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not keeps_cases(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
