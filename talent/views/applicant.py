"""What the applicant's views share: only one's own application, and clear answers when it is closed or sent."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from programmes.questions import Section
from talent.applying import Closed, answers_of
from talent.models import Application
from talent.workflow import MoveRefused
from talent.written import WrittenSection, line_of, written

View = Callable[..., HttpResponse]


def own_application(view: View) -> View:
    """Signed in; the view gets the user's own application in place of its reference, anything else is 404."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponse:
        mine = Application.objects.owned_by(request.user).select_related(
            "intake__scheme", "person__user", "partner__user", "question_set", "region"
        )
        application = get_object_or_404(mine, reference=reference)
        try:
            return view(request, application, **kwargs)
        except Closed as closed:
            return closed_page(request, application, closed)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("talent:application_detail", application.reference)

    return guarded


def as_written(application: Application) -> list[WrittenSection]:
    """The whole application in words. Two queries."""
    files = list(application.attachments.all())
    return written(application.question_set.questions, answers_of(application), files)


def closed_page(
    request: HttpRequest,
    application: Application,
    closed: Closed,
    *,
    section: Section | None = None,
    typed: dict[str, Any] | None = None,
) -> HttpResponse:
    """Too late: says so, shows what was typed in the refused request, and all that is stored."""
    lines = [line_of(q, typed.get(q.key)) for q in section.questions] if section and typed else []
    context = {
        "application": application,
        "closed_at": closed.closed_at,
        "typed": [line for line in lines if not line.is_empty],
        "sections": as_written(application),
    }
    return render(request, "talent/application_closed.html", context, status=403)
