"""Pages of collaboratives: who comes in at all, and one trust's part fetched scoped."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from portal.access import has_role
from portal.models import Role
from programmes.models import Enrolment

View = Callable[..., HttpResponse]
TAKE_PART = (Role.TRUST_USER, Role.IMPROVEMENT_LEAD, Role.TALENT_TEAM)


def participants_only(view: View) -> View:
    """Signed in, in a role that takes part in collaboratives; the QuerySets say in which."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_role(request.user, *TAKE_PART):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def enrolment_of(request: HttpRequest, pk: int) -> Enrolment:
    rows = Enrolment.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("trust__region", "wave__collaborative", "clinical_buddy", "workforce_buddy"), pk=pk
    )
