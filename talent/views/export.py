"""Taking the candidate list out of the portal: the same permissions and filters, on record, then row by row."""

from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.access import STAFF_ROLES, requires_role
from portal.exporting import as_csv, as_workbook
from talent import exporting, finding
from talent.filters import CandidateFilter
from talent.forms.staff import ExportForm
from talent.views.candidates_fetch import in_scope


@requires_role(*STAFF_ROLES)
def candidate_export(request: HttpRequest) -> HttpResponseBase:
    asked = CandidateFilter(request.GET, queryset=in_scope(request))
    total = finding.cube(asked.before_facets).total(asked.chosen)
    form = ExportForm(request.POST if request.method == "POST" else None)
    if not (request.method == "POST" and form.is_valid()):
        context = {"form": form, "total": total, "columns": exporting.COLUMNS, "query": request.GET.urlencode()}
        return render(request, "talent/candidate_export.html", context)
    filters = {name: values for name, values in request.GET.lists() if any(values)}
    exporting.record_export(**form.cleaned_data, filters=filters, rows=total, by=request.user, at=timezone.now())
    rows = exporting.table(finding.in_order(asked.within_facets(), asked.sort_by, asked.words))
    name = f"candidates-{timezone.localdate().isoformat()}"
    if form.cleaned_data["file_format"] == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return StreamingHttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8", headers=headers)
    return FileResponse(as_workbook(rows, title="Candidates"), as_attachment=True, filename=f"{name}.xlsx")
