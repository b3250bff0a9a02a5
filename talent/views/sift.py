"""The sift: intakes at work, one intake's applications to check, and one step for several of them at once."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import STAFF_ROLES, requires_role
from portal.numbers import typed_number
from programmes.models import Intake
from talent.casework import move_many
from talent.forms.staff import ReasonForm
from talent.models import Application, State
from talent.models.application import ApplicationQuerySet
from talent.views.candidates_fetch import in_scope
from talent.workflow import transition

SIFT_STEPS = ("begin_sift", "pass_sift", "fail_sift")


@requires_role(*STAFF_ROLES)
def intake_list(request: HttpRequest) -> HttpResponse:
    """Every intake with work in it, and how many applications stand where."""
    mine = Q(applications__in=Application.objects.in_scope_of(request.user))
    counts = {
        name: Count("applications", filter=mine & Q(applications__state__in=states))
        for name, states in {
            "to_sift": [State.SUBMITTED, State.SIFT],
            "in_review": [State.REVIEW],
            "at_interview": [State.INTERVIEW],
        }.items()
    }
    sent = Count("applications", filter=mine)
    intakes = (
        Intake.objects.of_programmes()
        .select_related("scheme")
        .annotate(sent=sent, **counts)
        .filter(sent__gt=0)
        .order_by("-closes_at", "pk")
    )
    return render(request, "talent/intake_list.html", {"intakes": intakes, "today": timezone.localdate()})


def _to_sift(request: HttpRequest, intake: Intake) -> ApplicationQuerySet:
    rows = in_scope(request).filter(intake=intake, state__in=[State.SUBMITTED, State.SIFT])
    return rows.select_related("person", "partner", "region", "intake__scheme", "adjustment").order_by(
        "submitted_at", "pk"
    )


@requires_role(*STAFF_ROLES)
def sift_list(request: HttpRequest, pk: int) -> HttpResponse:
    intake = get_object_or_404(Intake.objects.of_programmes().select_related("scheme"), pk=pk)
    steps = [transition(intake.scheme.track, name) for name in SIFT_STEPS]
    page = Paginator(_to_sift(request, intake), 100).get_page(request.GET.get("page"))
    context = {"intake": intake, "page": page, "steps": steps}
    return render(request, "talent/sift_list.html", context)


@requires_role(*STAFF_ROLES)
@require_POST
def sift_bulk(request: HttpRequest, pk: int) -> HttpResponse:
    """First what was chosen, to confirm with one reason; then, for each, what came of it."""
    intake = get_object_or_404(Intake.objects.of_programmes().select_related("scheme"), pk=pk)
    name = request.POST.get("step") if request.POST.get("step") in SIFT_STEPS else SIFT_STEPS[0]
    step = transition(intake.scheme.track, str(name))
    chosen = [typed_number(value, default=0) for value in request.POST.getlist("application")]
    applications = list(_to_sift(request, intake).filter(pk__in=chosen))
    confirmed = "confirmed" in request.POST
    form = ReasonForm(request.POST if confirmed else None, required=step.needs_reason)
    context = {"intake": intake, "step": step, "applications": applications, "form": form}
    if not (confirmed and applications and form.is_valid()):
        return render(request, "talent/sift_bulk.html", context)
    reason = form.cleaned_data["reason"]
    context["outcomes"] = move_many(applications, step.name, by=request.user, at=timezone.now(), reason=reason)
    return render(request, "talent/sift_done.html", context)
