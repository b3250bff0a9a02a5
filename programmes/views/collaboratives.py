"""Collaboratives: those one takes part in, one of them against its aim, and the trusts chosen for it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from portal.exporting import as_csv
from programmes import cohort
from programmes.access import may_lead
from programmes.charting import drawn
from programmes.models import Collaborative, Enrolment, Measure
from programmes.models.collaborative import EnrolmentQuerySet
from programmes.spc_chart import SMALL
from programmes.timeline import timelines_of
from programmes.views import participants_only

PAGE_SIZE = 36


@participants_only
def collaborative_list(request: HttpRequest) -> HttpResponse:
    running = Enrolment.objects.running().select_related("trust", "wave__collaborative")
    context = {
        "led": Collaborative.objects.led_by(request.user).counted(),
        "enrolments": running.of_trusts_of(request.user),
        "supported": running.buddied_by(request.user),
    }
    return render(request, "programmes/collaborative_list.html", context)


def _asked(request: HttpRequest, slug: str) -> tuple[Collaborative, Measure | None, EnrolmentQuerySet]:
    """The collaborative, the measure asked for or its first, None where it has none; the programme team's page."""
    collaborative = get_object_or_404(Collaborative.objects.visible_to(request.user), slug=slug)
    if not may_lead(request.user, collaborative):
        raise PermissionDenied
    measures = collaborative.measures.order_by("aims__position", "pk")
    code = request.GET.get("measure")
    measure = get_object_or_404(measures, code=code) if code else measures.first()
    rows = Enrolment.objects.running().filter(wave__collaborative=collaborative)
    if wave := request.GET.get("wave", ""):
        rows = rows.filter(wave__pk=int(wave)) if wave.isascii() and wave.isdecimal() else rows.none()
    return collaborative, measure, rows.select_related("trust__region", "wave").order_by("trust__sort_name", "pk")


@participants_only
def collaborative_detail(request: HttpRequest, slug: str) -> HttpResponse:
    collaborative, measure, rows = _asked(request, slug)
    context = {
        "collaborative": collaborative,
        "measure": measure,
        "measures": collaborative.measures.order_by("aims__position", "pk"),
        "waves": collaborative.waves.all(),
        "plans": cohort.plans_of(rows),
        "query": request.GET.urlencode(),
        **(_steps(request, collaborative, rows) if measure is None else _charts(request, collaborative, measure, rows)),
    }
    return render(request, "programmes/collaborative_detail.html", context)


def _steps(request: HttpRequest, collaborative: Collaborative, rows: EnrolmentQuerySet) -> dict[str, Any]:
    """Where nothing is measured: how far each trust is in the timetable."""
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    stages = timelines_of(list(page), collaborative.pk, today=timezone.localdate())
    timelines = [(enrolment, stages[enrolment.pk]) for enrolment in page]
    return {"page": page, "trusts": page.paginator.count, "timelines": timelines}


def _charts(
    request: HttpRequest, collaborative: Collaborative, measure: Measure, rows: EnrolmentQuerySet
) -> dict[str, Any]:
    """The whole against its aim, and a chart for each trust that was asked for."""
    found = cohort.overview(collaborative, measure, list(rows), today=timezone.localdate())
    only = request.GET.get("only", "")
    page = Paginator(found.only(only), PAGE_SIZE).get_page(request.GET.get("page"))
    charts = [(row, drawn(row.series, size=SMALL)) for row in page]
    return {"page": page, "trusts": len(found.rows), "found": found, "only": only, "charts": charts}


@participants_only
def collaborative_export(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    collaborative, measure, rows = _asked(request, slug)
    if measure is None:
        raise Http404
    found = cohort.overview(collaborative, measure, list(rows), today=timezone.localdate())
    name = f"{slug}-{measure.code}-{timezone.localdate().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(as_csv(cohort.table(found)), content_type="text/csv; charset=utf-8", headers=headers)
