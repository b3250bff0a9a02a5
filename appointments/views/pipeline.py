"""The pipeline measures of a reporting year for talent staff: every table, and all of it as a file."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from appointments.pipeline import pipeline
from appointments.pipeline_papers import sections, table
from appointments.views.reports import parsed_year
from portal.access import STAFF_ROLES, requires_role
from portal.views.files import as_file


@requires_role(*STAFF_ROLES)
def pipeline_detail(request: HttpRequest, year: str) -> HttpResponse:
    found = pipeline(parsed_year(year), today=timezone.localdate())
    context = {"year": found.year, "sections": sections(found)}
    return render(request, "appointments/pipeline_detail.html", context)


@requires_role(*STAFF_ROLES)
def pipeline_export(request: HttpRequest, year: str) -> HttpResponseBase:
    found = pipeline(parsed_year(year), today=timezone.localdate())
    return as_file(request, table(found), name=f"pipeline-{found.year}", title="Pipeline")
