"""Binds finished PDFs into one volume: tags, language, title and links carried over. The only file that joins PDFs."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

# A link in one leaf to the first page of another: <a href="{{ LEAF }}key">.
LEAF = "https://portal.invalid/leaf/"
_A4_WIDTH, _A4_HEIGHT = 595.28, 841.89


class NotAPdf(ValueError):
    """The file is no PDF that can be read; `str()` is fit for the screen."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One finished PDF on its way into a volume. `tagged`: one of our own papers, whose tags are carried over."""

    key: str
    title: str  # its bookmark
    content: bytes
    group: str = ""  # the bookmark it stands under
    tagged: bool = True


@dataclass(frozen=True, slots=True)
class Stamps:
    """What is drawn on every page: the first page of `content` as it is, then ten pages with a digit each.

    The page's number is set from those digits, `digit_width` points each, its last one ending at (right, bottom).
    """

    content: bytes
    digit_width: float
    right: float
    bottom: float


def page_count(content: bytes) -> int:
    """Raises NotAPdf, also for one that asks for a password or has no page."""
    try:
        reader = PdfReader(io.BytesIO(content))
        number = 0 if reader.is_encrypted else len(reader.pages)
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotAPdf("The file cannot be read as a PDF.") from error
    if not number:
        raise NotAPdf("The file is empty, or asks for a password. Save it as a PDF without one.")
    return number


def bind(leaves: Sequence[Leaf], *, title: str, stamps: Stamps) -> bytes:
    """One PDF/UA volume of all leaves. The same leaves give the same bytes.

    The first leaf must be one of ours: its XMP metadata, whose title is `title`, becomes the volume's.
    """
    volume = _Volume(title)
    for leaf in leaves:
        volume.add(leaf)
    volume.stamp(stamps)
    return volume.finish()


class _Volume:
    def __init__(self, title: str) -> None:
        self.writer = PdfWriter()
        self.writer.pdf_header = "%PDF-1.7"
        self.title = title
        self.first_pages: dict[str, IndirectObject] = {}
        self.links: list[tuple[DictionaryObject, str]] = []
        self.groups: dict[str, IndirectObject] = {}
        self.next_key = 0
        self.parents = ArrayObject()
        self.tags = ArrayObject()
        self.document = self.writer._add_object(DictionaryObject())

    def add(self, leaf: Leaf) -> None:
        reader = PdfReader(io.BytesIO(leaf.content))
        first = len(self.writer.pages)
        pages = [self.writer.add_page(page if leaf.tagged else _plain(page)) for page in reader.pages]
        self.first_pages[leaf.key] = pages[0].indirect_reference
        self._bookmark(leaf, first)
        if leaf.tagged:
            self._carry_tags(reader, pages)
        if first == 0:
            self.writer.root_object[NameObject("/Metadata")] = reader.root_object["/Metadata"].clone(self.writer)

    def _bookmark(self, leaf: Leaf, page: int) -> None:
        if leaf.group and leaf.group not in self.groups:
            self.groups[leaf.group] = self.writer.add_outline_item(title=leaf.group, page_number=page)
        self.writer.add_outline_item(title=leaf.title, page_number=page, parent=self.groups.get(leaf.group))

    def _carry_tags(self, reader: PdfReader, pages: list[PageObject]) -> None:
        """Hangs the leaf's structure below ours; the numbers by which its pages find their tags move up."""
        offset = self.next_key
        tree = reader.root_object["/StructTreeRoot"].clone(self.writer)
        numbers = tree["/ParentTree"]["/Nums"]
        for key, value in zip(numbers[::2], numbers[1::2], strict=True):
            self.parents.extend((NumberObject(key + offset), value))
            self.next_key = max(self.next_key, key + offset + 1)
        for top in tree["/K"]:
            element = top.get_object()
            element[NameObject("/S")] = NameObject("/Part")
            element[NameObject("/P")] = self.document
            self.tags.append(top)
        for page, source in zip(pages, reader.pages, strict=True):
            if "/StructParents" in source:  # add_page() leaves it behind
                page[NameObject("/StructParents")] = NumberObject(source["/StructParents"] + offset)
            for annotation in page.get("/Annots", ()):
                self._carry_link(annotation.get_object(), offset)

    def _carry_link(self, link: DictionaryObject, offset: int) -> None:
        if "/StructParent" in link:
            link[NameObject("/StructParent")] = NumberObject(link["/StructParent"] + offset)
        address = str(link.get("/A", {}).get("/URI", ""))
        if address.startswith(LEAF):
            self.links.append((link, address.removeprefix(LEAF)))

    def stamp(self, stamps: Stamps) -> None:
        source = PdfReader(io.BytesIO(stamps.content))
        forms = [self._form(page) for page in source.pages]
        dressed: set[int] = set()
        opening = self._stream(b"q")
        for number, page in enumerate(self.writer.pages, start=1):
            self._dress(page, forms, dressed)
            box, given = page.mediabox, page["/Contents"].get_object() if "/Contents" in page else ArrayObject()
            old = given if isinstance(given, ArrayObject) else [page.raw_get("/Contents")]
            scale = min(float(box.width) / _A4_WIDTH, float(box.height) / _A4_HEIGHT)
            drawn = _drawing(number, stamps, at=(float(box.left), float(box.bottom)), scale=scale)
            page[NameObject("/Contents")] = ArrayObject([opening, *old, self._stream(drawn)])

    def _stream(self, content: bytes) -> IndirectObject:
        stream = DecodedStreamObject()
        stream.set_data(content)
        return self.writer._add_object(stream)

    def _form(self, page: PageObject) -> IndirectObject:
        form = DecodedStreamObject()
        contents = page.get_contents()
        form.set_data(b"" if contents is None else contents.get_data())
        form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        form[NameObject("/BBox")] = ArrayObject(FloatObject(edge) for edge in page.mediabox)
        form[NameObject("/Resources")] = page["/Resources"].clone(self.writer)
        return self.writer._add_object(form.flate_encode())

    def _dress(self, page: PageObject, forms: list[IndirectObject], dressed: set[int]) -> None:
        """Puts the stamps among the page's resources, which the pages of one leaf share."""
        resources = page.get("/Resources", DictionaryObject()).get_object()
        page.setdefault(NameObject("/Resources"), resources)
        if id(resources) in dressed:
            return
        dressed.add(id(resources))
        drawn = DictionaryObject(resources.get("/XObject", DictionaryObject()).get_object())
        drawn.update({NameObject(f"/Stamp{number}"): form for number, form in enumerate(forms)})
        resources[NameObject("/XObject")] = drawn

    def finish(self) -> bytes:
        root = self.writer.root_object
        for link, key in self.links:
            link[NameObject("/A")] = _go_to(self.first_pages[key])
            link[NameObject("/Contents")] = TextStringObject("Go to this paper")
        self.document.get_object().update(
            {
                NameObject("/Type"): NameObject("/StructElem"),
                NameObject("/S"): NameObject("/Document"),
                NameObject("/K"): self.tags,
            }
        )
        tree = self.writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/StructTreeRoot"),
                    NameObject("/K"): ArrayObject([self.document]),
                    NameObject("/ParentTree"): DictionaryObject({NameObject("/Nums"): self.parents}),
                    NameObject("/ParentTreeNextKey"): NumberObject(self.next_key),
                }
            )
        )
        self.document.get_object()[NameObject("/P")] = tree
        root[NameObject("/StructTreeRoot")] = tree
        root[NameObject("/Lang")] = TextStringObject("en-GB")
        root[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
        root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
        root[NameObject("/PageMode")] = NameObject("/UseOutlines")
        self.writer.metadata = {"/Title": self.title}
        written = io.BytesIO()
        self.writer.write(written)
        return written.getvalue()


def _plain(page: PageObject) -> PageObject:
    """A page from somewhere else: what is drawn on it, turned upright; no links, forms or actions."""
    page.transfer_rotation_to_content()
    for name in ("/Annots", "/AA", "/StructParents", "/Tabs"):
        page.pop(name, None)
    return page


def _go_to(page: IndirectObject) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Action"),
            NameObject("/S"): NameObject("/GoTo"),
            NameObject("/D"): ArrayObject([page, NameObject("/Fit")]),
        }
    )


def _drawing(number: int, stamps: Stamps, *, at: tuple[float, float], scale: float) -> bytes:
    """The stamp and the page's number as an artefact: no reading voice reads them out on every page."""
    digits = str(number)
    left = stamps.right - stamps.digit_width * len(digits)
    placed = [
        f"q 1 0 0 1 {left + place * stamps.digit_width:.2f} {stamps.bottom:.2f} cm /Stamp{int(digit) + 1} Do Q"
        for place, digit in enumerate(digits)
    ]
    moved = f"{scale:.5f} 0 0 {scale:.5f} {at[0]:.2f} {at[1]:.2f} cm"
    lines = ["Q", "/Artifact <</Type /Pagination>> BDC", f"q {moved}", "/Stamp0 Do", *placed, "Q", "EMC"]
    return "\n".join(lines).encode()
