"""The year-end report: public figures by reporting year, and for talent staff the rows behind each of them."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from appointments import reports
from appointments.models import NetworkSession
from appointments.networks import visible_sessions
from appointments.pipeline import pipeline
from appointments.pipeline_papers import sections
from appointments.report_papers import report_pdf
from appointments.years import ReportingYear
from portal.access import Viewer, access_of, requires_role
from portal.models import Role
from talent.models import Participation, Placement

PAGE_SIZE = 25


def parsed_year(text: str) -> ReportingYear:
    try:
        return ReportingYear.parse(text)
    except ValueError as error:
        raise Http404(str(error)) from error


def report_list(request: HttpRequest) -> HttpResponse:
    return render(request, "appointments/report_list.html", {"years": reports.years()})


def report_detail(request: HttpRequest, year: str) -> HttpResponse:
    report = reports.year_end(parsed_year(year))
    is_staff = access_of(request.user).is_talent_staff
    shown = sections(pipeline(report.year, today=timezone.localdate()))
    context = {"report": report, "lines": reports.lines(report), "is_staff": is_staff, "sections": shown}
    return render(request, "appointments/report_detail.html", context)


def report_download(request: HttpRequest, year: str) -> HttpResponse:
    found = parsed_year(year)
    headers = {"Content-Disposition": f'attachment; filename="year-end-report-{found}.pdf"'}
    return HttpResponse(report_pdf(found, today=timezone.localdate()), content_type="application/pdf", headers=headers)


@requires_role(Role.TALENT_TEAM, Role.REGIONAL_LEAD)
def report_rows(request: HttpRequest, year: str, figure: str) -> HttpResponse:
    """A regional lead sees their region's rows, so their number can be less than the figure.

    Placements can be narrowed to the region of a line of the report. Appointments are shown by their register, asked
    for the same rows.
    """
    found, chosen = parsed_year(year), next((one for one in reports.FIGURES if one.key == figure), None)
    if chosen is None:
        raise Http404
    if chosen.query:
        return redirect(reverse("appointments:appointment_list", query={"year": str(found), **dict(chosen.query)}))
    rows, region = _scoped(chosen.rows(found), request.user), request.GET.get("region", "")
    if region and rows.model is Placement:
        rows = rows.filter(host__region__name=region)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"year": found, "figure": chosen, "page": page, "kind": rows.model._meta.model_name, "region": region}
    return render(request, "appointments/report_rows.html", context)


def _scoped(rows: QuerySet[Any], user: Viewer) -> QuerySet[Any]:
    if rows.model is NetworkSession:
        return rows.filter(pk__in=visible_sessions(user, timezone.localdate()).values("pk")).select_related("region")
    if rows.model is Placement:
        mine = rows.filter(pk__in=Placement.objects.visible_to(user).values("pk"))
        return mine.select_related("application__person", "host__region")
    people = (
        Participation.objects.all()
        if access_of(user).is_talent_team
        else Participation.objects.filter(person__region__in=access_of(user).region_ids)
    )
    return rows.filter(pk__in=people.values("pk")).select_related("person__region", "cohort__scheme")
