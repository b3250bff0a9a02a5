"""HTML to tagged PDF; the only file that imports WeasyPrint. Nothing is fetched from anywhere."""

import hashlib
import mimetypes
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# Stands for this installation in a paper's links: a reserved name that no network knows, and nobody asks.
_BASE = "https://portal.invalid"


class FetchRefused(ValueError):
    """A paper named something that is neither a data: address nor one of our static files."""


class _OwnFilesOnly(URLFetcher):
    """Serves data: addresses and collected static files; everything else stops the paper."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        ours = f"{_BASE}{settings.STATIC_URL}"
        name = unquote(url.removeprefix(ours))
        path = finders.find(name) if url.startswith(ours) and ".." not in name else None
        if path is None:
            raise FatalURLFetchingError(f"a paper may not fetch {url}")
        with open(path, "rb") as file:
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, file.read(), {"Content-Type": kind})


def html_to_pdf(html: str, *, title: str) -> bytes:
    """PDF/UA-1 in British English. The same html and title give the same bytes, today and tomorrow.

    Raises FetchRefused when the html asks for anything outside our static files.
    """
    paper = HTML(string=html, base_url=_BASE, url_fetcher=_OwnFilesOnly(allowed_protocols=["data"]))
    try:
        document = paper.render(pdf_variant="pdf/ua-1", pdf_tags=True)
    except FatalURLFetchingError as error:
        raise FetchRefused(str(error)) from error
    document.metadata.title = title
    document.metadata.lang = "en-GB"
    # Dates stand in the paper itself; in the file they would make each copy differ.
    document.metadata.created = document.metadata.modified = None
    identifier = hashlib.sha256(f"{title}\0{html}".encode()).digest()[:16]
    return document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=identifier)
