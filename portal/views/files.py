"""A list as the file that was asked for: CSV, or a workbook with `format=xlsx`. Nobody else's cache keeps it."""

from collections.abc import Iterable

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from portal.exporting import as_csv, as_workbook

PRIVATE = {"Cache-Control": "private, no-store"}


def as_file(request: HttpRequest, rows: Iterable[tuple[str, ...]], *, name: str, title: str) -> HttpResponseBase:
    if request.GET.get("format") == "xlsx":
        book = as_workbook(rows, title=title)
        return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", headers=PRIVATE)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', **PRIVATE}
    return StreamingHttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8", headers=headers)
