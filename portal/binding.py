"""Binds finished PDFs into one volume: tags, language, title and links carried over. The only file that joins PDFs."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    ObjectStreamMode,
    OutlineItem,
    Page,
    PasswordError,
    Pdf,
    PdfError,
    Rectangle,
    String,
)

# A link in one leaf to the first page of another: <a href="{{ LEAF }}key">.
LEAF = "https://portal.invalid/leaf/"
_A4_WIDTH, _A4_HEIGHT = 595.28, 841.89
_UNREADABLE = "The file cannot be read as a PDF."
_EMPTY = "The file is empty, or asks for a password. Save it as a PDF without one."


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
    """Raises NotAPdf for what could not be bound, also for one that asks for a password or has no page."""
    try:
        with Pdf.open(io.BytesIO(content)) as pdf:
            number = 0 if pdf.is_encrypted else len(pdf.pages)
            for page in pdf.pages:
                page.as_form_xobject()
    except PasswordError as error:
        raise NotAPdf(_EMPTY) from error
    except (PdfError, ValueError, TypeError, RuntimeError) as error:
        raise NotAPdf(_UNREADABLE) from error
    if not number:
        raise NotAPdf(_EMPTY)
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
        self.pdf = Pdf.new()
        self.title = title
        self.sources: list[Pdf] = []  # qpdf reads their streams only when the volume is written
        self.first_pages: dict[str, Object] = {}
        self.bookmarks: list[OutlineItem] = []
        self.links: list[tuple[Object, str]] = []
        self.next_key = 0
        self.parents: list[Object | int] = []
        self.cells: dict[str, Object] = {}  # header cells by the name under which other cells know them
        self.document = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))

    def add(self, leaf: Leaf) -> None:
        source = self._open(leaf.content)
        first = len(self.pdf.pages)
        if leaf.tagged:
            self.pdf.pages.extend(source.pages)
            self._carry_tags(source, self.pdf.pages[first:])
        else:
            for page in source.pages:
                self._add_plain(page)
        self.first_pages[leaf.key] = self.pdf.pages[first].obj
        self._bookmark(leaf, first)
        if first == 0:
            self.pdf.Root.Metadata = self.pdf.copy_foreign(source.Root.Metadata)

    def _open(self, content: bytes) -> Pdf:
        source = Pdf.open(io.BytesIO(content))
        self.sources.append(source)
        return source

    def _add_plain(self, page: Page) -> None:
        """A page from somewhere else: what is drawn on it, turned upright; no links, forms or actions."""
        form = self.pdf.copy_foreign(page.as_form_xobject())
        left, bottom, right, top = (float(edge) for edge in page.trimbox)
        unit = float(page.obj.get("/UserUnit", 1))
        sides = (abs(right - left) * unit, abs(top - bottom) * unit)
        width, height = sides if int(page.obj.get("/Rotate", 0)) % 180 == 0 else sides[::-1]
        bare = self.pdf.add_blank_page(page_size=(width, height))
        bare.obj.Resources = Dictionary(XObject=Dictionary(Page=form))
        drawn = bare.calc_form_xobject_placement(form, Name.Page, Rectangle(0, 0, width, height))
        bare.obj.Contents = self.pdf.make_stream(drawn)

    def _bookmark(self, leaf: Leaf, page: int) -> None:
        if not leaf.group:
            self.bookmarks.append(OutlineItem(leaf.title, page))
            return
        group = next((each for each in self.bookmarks if each.title == leaf.group), None)
        if group is None:
            group = OutlineItem(leaf.group, page)
            self.bookmarks.append(group)
        group.children.append(OutlineItem(leaf.title, page))

    def _carry_tags(self, source: Pdf, pages: Sequence[Page]) -> None:
        """Hangs the leaf's structure below ours; the numbers by which its pages find their tags move up."""
        offset = self.next_key
        tree = self.pdf.copy_foreign(source.Root.StructTreeRoot)
        numbers = list(tree.ParentTree.Nums)
        for key, value in zip(numbers[::2], numbers[1::2], strict=True):
            self.parents += [int(key) + offset, value]
            self.next_key = max(self.next_key, int(key) + offset + 1)
        for top in tree.K:
            top.S, top.P = Name.Part, self.document
            self.document.K.append(top)
            self._name_cells(top, f"{len(self.sources)}-")
        for page in pages:
            if "/StructParents" in page.obj:
                page.obj.StructParents = int(page.obj.StructParents) + offset
            for link in page.obj.get("/Annots", ()):
                self._carry_link(link, offset)

    def _name_cells(self, top: Object, prefix: str) -> None:
        """Table cells name their headers, and each leaf begins to count anew: every name gets the leaf's prefix."""
        for element in _below(top):
            if "/ID" in element:
                element.ID = String(prefix + str(element.ID))
                self.cells[str(element.ID)] = element
            headers = element.A.get("/Headers") if isinstance(element.get("/A"), Dictionary) else None
            if headers:
                element.A.Headers = Array([String(prefix + str(name)) for name in headers])

    def _carry_link(self, link: Object, offset: int) -> None:
        if "/StructParent" in link:
            link.StructParent = int(link.StructParent) + offset
        address = str(link.A.get("/URI", "")) if "/A" in link else ""
        if address.startswith(LEAF):
            self.links.append((link, address.removeprefix(LEAF)))

    def stamp(self, stamps: Stamps) -> None:
        source = self._open(stamps.content)
        forms = [self.pdf.copy_foreign(page.as_form_xobject()) for page in source.pages]
        drawn = {f"/Stamp{number}": form for number, form in enumerate(forms)}
        dressed: set[tuple[int, int]] = set()
        opening = self.pdf.make_stream(b"q")
        for number, page in enumerate(self.pdf.pages, start=1):
            resources = page.obj.Resources  # the pages of one leaf share them
            if not resources.is_indirect or resources.objgen not in dressed:
                dressed.add(resources.objgen)
                resources.XObject = Dictionary({**dict(resources.get("/XObject", Dictionary()).items()), **drawn})
            given = page.obj.get("/Contents", Array())
            old = list(given) if isinstance(given, Array) else [given]
            closing = self.pdf.make_stream(_drawing(number, stamps, page.mediabox))
            page.obj.Contents = Array([opening, *old, closing])

    def finish(self) -> bytes:
        for link, key in self.links:
            link.A = Dictionary(Type=Name.Action, S=Name.GoTo, D=Array([self.first_pages[key], Name.Fit]))
            link.Contents = String("Go to this paper")
        with self.pdf.open_outline() as outline:
            outline.root.extend(self.bookmarks)
        root = self.pdf.Root
        root.StructTreeRoot = self._tree()
        root.Lang, root.PageMode = String("en-GB"), Name.UseOutlines
        root.MarkInfo, root.ViewerPreferences = Dictionary(Marked=True), Dictionary(DisplayDocTitle=True)
        self.pdf.docinfo = self.pdf.make_indirect(Dictionary(Title=String(self.title)))
        written = io.BytesIO()
        self.pdf.save(
            written,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
            fix_metadata_version=False,
        )
        return written.getvalue()

    def _tree(self) -> Object:
        tree = Dictionary(
            Type=Name.StructTreeRoot,
            K=Array([self.document]),
            ParentTree=Dictionary(Nums=Array(self.parents)),
            ParentTreeNextKey=self.next_key,
        )
        if self.cells:
            named = sorted((name.encode(), cell) for name, cell in self.cells.items())
            limits = [String(named[0][0].decode()), String(named[-1][0].decode())]
            pairs = [each for name, cell in named for each in (String(name.decode()), cell)]
            leaf = self.pdf.make_indirect(Dictionary(Limits=Array(limits), Names=Array(pairs)))
            tree.IDTree = Dictionary(Kids=Array([leaf]))
        self.document.P = self.pdf.make_indirect(tree)
        return self.document.P


def _below(top: Object) -> Iterator[Object]:
    """The structure element and all that hang from it."""
    waiting = [top]
    while waiting:
        element = waiting.pop()
        yield element
        kids = element.get("/K", ())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                waiting.append(kid)


def _drawing(number: int, stamps: Stamps, box: Array) -> bytes:
    """The stamp and the page's number as an artefact: no reading voice reads them out on every page."""
    left, bottom, right, top = (float(edge) for edge in box)
    scale = min((right - left) / _A4_WIDTH, (top - bottom) / _A4_HEIGHT)
    digits = str(number)
    first = stamps.right - stamps.digit_width * len(digits)
    placed = [
        f"q 1 0 0 1 {first + place * stamps.digit_width:.2f} {stamps.bottom:.2f} cm /Stamp{int(digit) + 1} Do Q"
        for place, digit in enumerate(digits)
    ]
    moved = f"{scale:.5f} 0 0 {scale:.5f} {left:.2f} {bottom:.2f} cm"
    lines = ["Q", "/Artifact <</Type /Pagination>> BDC", f"q {moved}", "/Stamp0 Do", *placed, "Q", "EMC"]
    return "\n".join(lines).encode()
