"""The equality report, for the talent team alone: years, one year as page, PDF and CSV, and its publication."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from appointments.drift import drifts
from appointments.equality_papers import pictured, report_pdf
from appointments.equality_report import PUBLISH, EqualityReport, csv_rows, order_publication, read_report
from appointments.equality_units import standings, years
from appointments.models.drift import drift_points_on
from appointments.views.reports import parsed_year
from appointments.wres import indicators
from portal.access import requires_role
from portal.exporting import as_csv
from portal.models import Job, Role
from talent.models import EqualityReading

Form = EqualityReading.Form
talent_team_only = requires_role(Role.TALENT_TEAM)


def _read(request: HttpRequest, year: str, form: str) -> EqualityReport:
    return read_report(parsed_year(year), by=request.user, at=timezone.now(), form=form)


@talent_team_only
def equality_list(request: HttpRequest) -> HttpResponse:
    return render(request, "appointments/equality_list.html", {"years": years(at=timezone.now())})


@talent_team_only
def equality_detail(request: HttpRequest, year: str) -> HttpResponse:
    report = _read(request, year, Form.PAGE)
    units = standings(report.year, at=timezone.now())
    context = {
        "report": report,
        "sections": pictured(report),
        "drifts": drifts(report.sections, points=drift_points_on(report.year.last_on)),
        "units": units,
        "ready": any(unit.is_ready for unit in units),
        "indicators": indicators(report),
        "job": Job.objects.filter(kind=PUBLISH, payload__year=str(report.year), done_at=None).last(),
    }
    return render(request, "appointments/equality_detail.html", context)


@talent_team_only
def equality_download(request: HttpRequest, year: str) -> HttpResponse:
    report = _read(request, year, Form.PDF)
    return HttpResponse(report_pdf(report), content_type="application/pdf", headers=_file(report, "pdf"))


@talent_team_only
def equality_export(request: HttpRequest, year: str) -> StreamingHttpResponse:
    report = _read(request, year, Form.CSV)
    rows: Iterator[tuple[str, ...]] = csv_rows(report)
    return StreamingHttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8", headers=_file(report, "csv"))


def _file(report: EqualityReport, ending: str) -> dict[str, str]:
    name = f"equality-report-{report.year}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}


@talent_team_only
def equality_publish(request: HttpRequest, year: str) -> HttpResponse:
    found, now = parsed_year(year), timezone.now()
    ready = [unit for unit in standings(found, at=now) if unit.is_ready]
    if request.method == "POST" and ready:
        order_publication(found, by=request.user, at=now)
        messages.success(request, "The figures are being published. Look again in a moment.")
        return redirect("appointments:equality_detail", found)
    return render(request, "appointments/equality_publish.html", {"year": found, "ready": ready})
