"""Binding: uploads upright and without actions, cells that know their headers, the same bytes in another process."""

import hashlib
import io
import os
import subprocess
import sys

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, TextStringObject

from portal.binding import Leaf, NotAPdf, Stamps, bind, page_count
from portal.pdf import html_to_pdf, html_to_stamps

TABLE = "<h1>{}</h1><table><tr><th scope=col>Post</th></tr><tr><td>Chair</td></tr></table>"
PAGES = ["<p>Everybody’s name</p>"] + [f"<p style='break-before: page'>{digit}</p>" for digit in range(10)]
IN_ANOTHER_PROCESS = "from tests.portal.test_binding import a_volume; print(a_volume())"


def leaf(key: str) -> Leaf:
    return Leaf(key, f"Paper {key}", html_to_pdf(f"<html lang=en>{TABLE.format(key)}", title="Volume"), "Papers")


def volume(*leaves: Leaf) -> bytes:
    return bind(leaves, title="Volume", stamps=Stamps(html_to_stamps("".join(PAGES)), 5.0, 538.6, 30.0))


def a_volume() -> str:
    return hashlib.sha256(volume(leaf("one"), leaf("two"))).hexdigest()


def upload(*, rotated: int = 0, landscape: bool = False, password: str = "") -> bytes:
    writer, written = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(*((842, 595) if landscape else (595, 842)))
    page[NameObject("/Rotate")] = NumberObject(rotated)
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): TextStringObject("an action")})
    if password:
        writer.encrypt(password)
    writer.write(written)
    return written.getvalue()


def elements(content: bytes, kind: str) -> list[DictionaryObject]:
    """The structure elements of a kind, in reading order."""

    def below(element: DictionaryObject) -> list[DictionaryObject]:
        kids = element.get("/K", [])
        found = [element] if element.get("/S") == kind else []
        for kid in kids if isinstance(kids, list) else [kids]:
            row = kid.get_object()
            if isinstance(row, DictionaryObject) and "/S" in row:
                found += below(row)
        return found

    return below(PdfReader(io.BytesIO(content)).root_object["/StructTreeRoot"]["/K"][0].get_object())


def test_another_process_binds_the_same_bytes() -> None:
    command, here = (
        [sys.executable, "-c", IN_ANOTHER_PROCESS],
        dict(os.environ, DJANGO_SETTINGS_MODULE="portal.settings.test"),
    )
    said = [
        subprocess.run(command, capture_output=True, text=True, check=True, env=here | {"PYTHONHASHSEED": seed})  # noqa: S603
        for seed in ("1", "2")
    ]
    assert [each.stdout.strip() for each in said] == [a_volume(), a_volume()]


def test_a_cell_finds_the_header_of_its_own_table() -> None:
    content = volume(leaf("one"), leaf("two"))

    names = [str(cell["/ID"]) for cell in elements(content, "/TH")]
    assert len(set(names)) == 2
    assert [list(cell["/A"]["/Headers"]) for cell in elements(content, "/TD")] == [[name] for name in names]
    tree = PdfReader(io.BytesIO(content)).root_object["/StructTreeRoot"]["/IDTree"]["/Kids"][0].get_object()
    assert (tree["/Names"][::2], tree["/Limits"]) == (sorted(names), [min(names), max(names)])


def test_an_upload_is_bound_upright_and_without_actions() -> None:
    other = Leaf("upload", "An upload", upload(rotated=90, landscape=True), "Appendices", tagged=False)

    page = PdfReader(io.BytesIO(volume(leaf("one"), other))).pages[1]

    assert (page.rotation, [round(side) for side in page.mediabox[2:]]) == (0, [595, 842])
    assert [name for name in ("/AA", "/Annots", "/StructParents") if name in page] == []


def test_every_page_carries_its_number_and_the_name() -> None:
    reader = PdfReader(io.BytesIO(volume(*[leaf(str(number)) for number in range(11)])))

    last = reader.pages[10].extract_text().split()
    assert (last[-2:], "Everybody’s name" in reader.pages[0].extract_text()) == (["1", "1"], True)


def test_bookmarks_stand_in_their_groups() -> None:
    outline = PdfReader(io.BytesIO(volume(leaf("one"), leaf("two")))).outline

    assert (outline[0].title, [entry.title for entry in outline[1]]) == ("Papers", ["Paper one", "Paper two"])


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.7 broken", upload(password="secret")])
def test_what_cannot_be_bound_is_no_pdf(content: bytes) -> None:
    with pytest.raises(NotAPdf):
        page_count(content)


def test_pages_are_counted() -> None:
    assert page_count(upload()) == 1
