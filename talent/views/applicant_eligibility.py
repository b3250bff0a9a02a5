"""Before there is an application: eligibility without an account, where to apply, beginning."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from programmes import opportunities
from programmes.models import Intake
from talent import eligibility as eligible
from talent.applying import Closed, start_application
from talent.forms.eligibility import EligibilityForm, StartForm
from talent.models import Application


def _intake(intake_id: int) -> Intake:
    return get_object_or_404(Intake.objects.select_related("scheme"), pk=intake_id)


def _not_open(request: HttpRequest, intake: Intake) -> HttpResponse:
    now = timezone.now()
    others = [other for other in opportunities.open_now(at=now) if other.pk != intake.pk]
    context = {"intake": intake, "is_early": now < intake.opens_at, "others": others}
    return render(request, "talent/eligibility_not_open.html", context)


def eligibility(request: HttpRequest, intake_id: int) -> HttpResponse:
    """The scheme's yes/no questions; nobody needs an account for them."""
    intake = _intake(intake_id)
    if not intake.is_live(timezone.now()):
        return _not_open(request, intake)
    form = EligibilityForm(request.POST if request.method == "POST" else None, intake=intake)
    if request.method == "POST" and form.is_valid():
        eligible.seal(request.session, intake, form.outcome())
        return redirect("talent:eligibility_result", intake.pk)
    return render(request, "talent/eligibility.html", {"intake": intake, "form": form})


def eligibility_result(request: HttpRequest, intake_id: int) -> HttpResponse:
    """Go on, or why not and what else there is."""
    intake = _intake(intake_id)
    outcome = eligible.opened(request.session, intake)
    if outcome is None:
        return redirect("talent:eligibility", intake.pk)
    failed = [rule for rule in eligible.rules_of(intake.scheme) if rule.key in outcome.failed]
    others = [other for other in opportunities.open_now(at=timezone.now()) if other.pk != intake.pk]
    context = {"intake": intake, "outcome": outcome, "failed": failed, "others": others}
    return render(request, "talent/eligibility_result.html", context)


@login_required
def application_start(request: HttpRequest, intake_id: int) -> HttpResponse:
    """Where to apply, then begin; whoever has begun already goes on."""
    intake = _intake(intake_id)
    begun = Application.objects.owned_by(request.user).filter(intake=intake).exclude(state="withdrawn").first()
    if begun is not None:
        return redirect("talent:application_detail", begun.reference)
    outcome = eligible.opened(request.session, intake)
    if outcome is None or not outcome.is_eligible:
        return redirect("talent:eligibility", intake.pk)
    form = StartForm(request.POST if request.method == "POST" else None, intake=intake)
    if request.method == "POST" and form.is_valid():
        return _begin(request, intake, form, outcome)
    return render(request, "talent/application_start.html", {"intake": intake, "form": form})


def _begin(request: HttpRequest, intake: Intake, form: StartForm, outcome: eligible.Outcome) -> HttpResponse:
    try:
        made = start_application(
            intake,
            region=form.region_chosen(),
            by=request.user,
            at=timezone.now(),
            under_represented=outcome.under_represented,
        )
    except Closed:
        return _not_open(request, intake)
    eligible.forget(request.session, intake)
    return redirect("talent:application_detail", made.reference)
