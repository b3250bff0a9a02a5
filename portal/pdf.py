"""HTML to tagged PDF; the only file that imports WeasyPrint. Nothing is fetched from anywhere."""

import hashlib
import mimetypes
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from urllib.parse import unquote

import django
import weasyprint
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# Stands for this installation in a paper's links: a reserved name that no network knows, and nobody asks.
_BASE = "https://portal.invalid"
# Other versions may set the same html differently: whoever keeps papers by their content keeps this beside it.
RENDERER = f"WeasyPrint {weasyprint.__version__}"
# Starting a process takes about as long as this many short papers.
WORTH_A_PROCESS = 6


class FetchRefused(ValueError):
    """A paper named something that is neither a data: address nor one of our static files."""


class _OwnFilesOnly(URLFetcher):
    """Serves data: addresses and collected static files; everything else stops the paper."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        if not apps.ready:  # in a child of htmls_to_pdfs(), where few papers need it: it takes longer than a paper
            django.setup()
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
    paper = _read(html)
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


def htmls_to_pdfs(papers: Sequence[tuple[str, str]]) -> Iterator[bytes]:
    """html_to_pdf() of each (html, title), in order; many of them on all cores at once."""
    if len(papers) < WORTH_A_PROCESS:
        yield from (html_to_pdf(html, title=title) for html, title in papers)
        return
    # The children come from a server that was started afresh and has loaded this module once: they share no database
    # connection with us.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        yield from pool.map(_one, papers)


def _one(paper: tuple[str, str]) -> bytes:
    return html_to_pdf(paper[0], title=paper[1])


def html_to_stamps(html: str) -> bytes:
    """Untagged pages, to be drawn over the pages of finished papers (portal/binding.py)."""
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    return _read(html).write_pdf(pdf_tags=False, pdf_identifier=identifier)


def _read(html: str) -> HTML:
    return HTML(string=html, base_url=_BASE, url_fetcher=_OwnFilesOnly(allowed_protocols=["data"]))
