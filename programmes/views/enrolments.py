"""One trust in a collaborative: its timeline, its charts, the figures of one month, whether peers see them."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from programmes.access import acts_for, may_enter_figures, may_support
from programmes.charting import drawn
from programmes.data_pack import data_pack_pdf
from programmes.enrolling import EnrolmentRefused, hold_step, share_charts
from programmes.entering import EntryRefused, enter
from programmes.forms_figures import FiguresForm
from programmes.forms_support import StepForm
from programmes.models import Enrolment, ImprovementPlan
from programmes.models.measure import first_of
from programmes.series import Series, next_month, period_after, period_before, series_of
from programmes.spc_chart import SMALL
from programmes.timeline import timeline_of
from programmes.views import enrolment_of, participants_only


def _charts(enrolment: Enrolment) -> list[Series]:
    measures = enrolment.wave.collaborative.measures.order_by("aims__position", "pk")
    return list(series_of([enrolment.trust], list(measures)).values())


@participants_only
def enrolment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment, today = enrolment_of(request, pk), timezone.localdate()
    charts = _charts(enrolment)
    peers = Enrolment.objects.shared_with(request.user).filter(wave__collaborative=enrolment.wave.collaborative)
    context = {
        "enrolment": enrolment,
        "charts": [drawn(series, size=SMALL) for series in charts],
        "overdue": [
            (series.measure, late) for series in charts if (late := series.overdue(today, until=enrolment.ends_on))
        ],
        "plan": ImprovementPlan.objects.filter(enrolment=enrolment).first(),
        "timeline": timeline_of(enrolment, today=today),
        "peers": peers.exclude(pk=enrolment.pk).select_related("trust").order_by("trust__sort_name", "pk"),
        "may_enter": may_enter_figures(request.user, enrolment.trust),
        "may_support": may_support(request.user, enrolment),
        "acts_for": acts_for(request.user, enrolment),
        "next_month": _month_to_enter(charts, today),
    }
    return render(request, "programmes/enrolment_detail.html", context)


def _month_to_enter(charts: list[Series], today: dt.date) -> dt.date:
    """The first month without figures of every measure, and at the latest the one that ended last."""
    last = {series.measure: period_before(series.measure, today) for series in charts}
    if begun_late := [last[series.measure] for series in charts if series.latest is None]:
        return max(begun_late)
    following = [period_after(series.measure, series.latest.month) for series in charts if series.latest]
    return min(min(following), max(last.values())) if charts else first_of(first_of(today) - dt.timedelta(days=1))


@participants_only
def data_pack(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment = enrolment_of(request, pk)
    headers = {
        "Content-Disposition": f'inline; filename="data-pack-{enrolment.trust.ods_code}.pdf"',
        "Cache-Control": "private, no-store",
    }
    paper = data_pack_pdf(enrolment, today=timezone.localdate())
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


@participants_only
def figures_edit(request: HttpRequest, pk: int, month: str) -> HttpResponse:
    enrolment, today = enrolment_of(request, pk), timezone.localdate()
    if not may_enter_figures(request.user, enrolment.trust):
        raise PermissionDenied
    asked = _month(month, today)
    charts = [series for series in _charts(enrolment) if series.measure.counts_in(asked)]
    known = {s.measure.pk: one for s in charts for one in s.counted if one.month == asked}
    given: dict[str, Any] = {"trust": enrolment.trust, "measures": [s.measure for s in charts], "known": known}
    form = FiguresForm(request.POST or None, month=asked, today=today, **given)
    if request.method == "POST" and form.is_valid():
        try:
            done = enter(form.entries(), by=request.user, at=timezone.now(), reason=form.reason())
        except EntryRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{asked:%B %Y}: {done.new} entered, {done.corrected} put right.")
            return redirect("programmes:enrolment_detail", pk)
    before, after = first_of(asked - dt.timedelta(days=1)), next_month(asked)
    context = {
        "form": form,
        "enrolment": enrolment,
        "month": asked,
        "before": before,
        "after": after if after < first_of(today) else None,
    }
    return render(request, "programmes/figures_edit.html", context)


def _month(text: str, today: dt.date) -> dt.date:
    """The first day of a month that is over; 404 for any other."""
    try:
        month = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404 from None
    if month >= first_of(today):
        raise Http404
    return month


@participants_only
def peer_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What a trust shows to the others of its collaborative: its charts, and nothing else."""
    shared = Enrolment.objects.shared_with(request.user).select_related("trust", "wave__collaborative")
    enrolment = get_object_or_404(shared, pk=pk)
    charts = [drawn(series, size=SMALL) for series in _charts(enrolment)]
    return render(request, "programmes/peer_detail.html", {"enrolment": enrolment, "charts": charts})


@participants_only
def step_hold(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    enrolment = enrolment_of(request, pk)
    if not may_support(request.user, enrolment):
        raise PermissionDenied
    row = get_object_or_404(enrolment.wave.collaborative.steps, pk=step)
    form = StepForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            hold_step(enrolment, row, **form.cleaned_data, by=request.user, at=timezone.now())
        except EnrolmentRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Recorded: {row}.")
            return redirect("programmes:enrolment_detail", pk)
    return render(request, "programmes/step_hold.html", {"form": form, "enrolment": enrolment, "step": row})


@participants_only
@require_POST
def enrolment_share(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment, shares = enrolment_of(request, pk), request.POST.get("shares") == "yes"
    share_charts(enrolment, shares=shares, by=request.user, at=timezone.now())
    said = "The other trusts now see your charts." if shares else "The other trusts no longer see your charts."
    messages.success(request, said)
    return redirect("programmes:enrolment_detail", pk)
