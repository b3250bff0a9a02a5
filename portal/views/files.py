"""Files as answers: a list as CSV or a workbook, a private upload. Nobody else's cache keeps them."""

from collections.abc import Iterable

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify

from portal.exporting import as_csv, as_workbook
from portal.files import EXTENSIONS

PRIVATE = {"Cache-Control": "private, no-store"}


def as_file(request: HttpRequest, rows: Iterable[tuple[str, ...]], *, name: str, title: str) -> HttpResponseBase:
    if request.GET.get("format") == "xlsx":
        book = as_workbook(rows, title=title)
        return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", headers=PRIVATE)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', **PRIVATE}
    return StreamingHttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8", headers=headers)


def as_download(file: File, *, title: str, content_type: str) -> FileResponse:
    """An upload under the name that people know it by; a browser runs nothing that is in it."""
    name = f"{slugify(title) or 'file'}{EXTENSIONS[content_type]}"
    response = FileResponse(
        file.open("rb"), as_attachment=True, filename=name, content_type=content_type, headers=PRIVATE
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
