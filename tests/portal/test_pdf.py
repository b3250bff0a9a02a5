"""Papers: tagged, in British English, the same bytes each time, and nothing fetched."""

import io

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from portal.pdf import FetchRefused, html_to_pdf

PAPER = '<html lang="en-GB"><h1>A decision</h1><p>It was approved.</p></html>'


def test_the_same_html_gives_the_same_bytes() -> None:
    assert html_to_pdf(PAPER, title="A decision") == html_to_pdf(PAPER, title="A decision")


def test_a_paper_is_tagged_and_says_its_language_and_title() -> None:
    reader = PdfReader(io.BytesIO(html_to_pdf(PAPER, title="A decision")))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], "/StructTreeRoot" in root) == ("en-GB", True, True)
    assert reader.metadata == {"/Producer": reader.metadata["/Producer"], "/Title": "A decision"}
    assert 'pdfuaid:part="1"' in reader.xmp_metadata.rdf_root.toxml()


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a.png",
        "http://localhost:8000/a.png",
        "file:///etc/hostname",
        "/static/nothing.svg",
        "/static/%2e%2e/%2e%2e/manage.py",
    ],
)
def test_nothing_outside_our_static_files_is_fetched(address: str) -> None:
    with pytest.raises(FetchRefused):
        html_to_pdf(f'<img src="{address}" alt="x">', title="x")


def test_our_static_files_and_data_addresses_are_served() -> None:
    page = '<img src="/static/portal/icon.svg" alt="x"><img src="data:image/svg+xml,<svg/>" alt="y">'
    assert len(PdfReader(io.BytesIO(html_to_pdf(page, title="x"))).pages) == 1


def test_the_base_paper_names_the_organisation_and_numbers_its_pages() -> None:
    paper = html_to_pdf(render_to_string("papers/base.html"), title="x")
    text = PdfReader(io.BytesIO(paper)).pages[0].extract_text()
    assert text.split("\n") == ["National improvement body", "Page 1 of 1"]
