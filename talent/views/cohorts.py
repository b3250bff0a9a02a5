"""Cohorts for the talent team, and the programmes that somebody takes part in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.access import requires_role
from portal.models import Role
from programmes.evaluating import results_of
from programmes.models import Event
from talent.cohort_keeping import waiting_to_join
from talent.cohorts import cohort_view, cohorts, own_participations
from talent.forms.cohort import OutcomeForm
from talent.models import Participation
from talent.participating import ENDS, OutcomeRefused, record_outcome

PAGE_SIZE = 25
ENDED = frozenset(str(kind) for kind in ENDS)


@requires_role(Role.TALENT_TEAM)
def cohort_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(cohorts(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "talent/cohort_list.html", {"page": page})


@requires_role(Role.TALENT_TEAM)
def cohort_detail(request: HttpRequest, pk: int) -> HttpResponse:
    cohort = get_object_or_404(cohorts(), pk=pk)
    view = cohort_view(cohort)
    context = {
        "view": view,
        "results": results_of(view.sessions),
        "waiting": waiting_to_join(cohort).count(),
        "on_the_way": any(not ENDED.intersection(o.kind for o in row.outcomes) for row in view.rows),
    }
    return render(request, "talent/cohort_detail.html", context)


@requires_role(Role.TALENT_TEAM)
def outcome_add(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Participation.objects.filter(cohort__in=cohorts().order_by().values("pk"))
    row = get_object_or_404(rows.select_related("person", "cohort__scheme"), pk=pk)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_outcome(row, **form.cleaned_data, by=request.user, at=timezone.now())
        except OutcomeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Recorded for {row.person}.")
            return redirect("talent:cohort_detail", row.cohort_id)
    return render(request, "talent/outcome_add.html", {"form": form, "participation": row})


@login_required
def own_programme_list(request: HttpRequest) -> HttpResponse:
    """Cohorts that one goes through: their sessions, and what was recorded."""
    mine = list(own_participations(request.user))
    sessions = Event.objects.published().filter(cohort__in=[one.cohort_id for one in mine]).order_by("starts_at")
    by_cohort: dict[int, list[Event]] = {}
    for event in sessions:
        by_cohort.setdefault(event.cohort_id, []).append(event)
    rows = [(one, by_cohort.get(one.cohort_id, [])) for one in mine]
    return render(request, "talent/own_programme_list.html", {"rows": rows, "now": timezone.now()})
