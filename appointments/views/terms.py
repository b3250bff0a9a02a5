"""Terms of office that end: the list, and the same list as a file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from appointments import ending
from appointments.filters import TermFilter
from appointments.models import Tenure
from appointments.views import board_only
from portal.exporting import as_csv

PAGE_SIZE = 25


def _asked(request: HttpRequest) -> TermFilter:
    tenures = Tenure.objects.visible_to(request.user).select_related("person", "seat__board__region")
    return TermFilter(request.GET, queryset=tenures, user=request.user, today=timezone.localdate())


@board_only
def term_list(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    page = Paginator(asked.chosen(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": asked.form,
        "day": asked.day,
        "months": asked.months,
        "counts": ending.counts(asked.qs, asked.day),
        "page": page,
        "endings": ending.endings(page.object_list, asked.day),
        "query": request.GET.urlencode(),
    }
    return render(request, "appointments/term_list.html", context)


@board_only
def term_export(request: HttpRequest) -> StreamingHttpResponse:
    asked = _asked(request)
    rows = ending.table(ending.endings(asked.chosen(), asked.day))
    name = f"terms-ending-{asked.day.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8", headers=headers)
