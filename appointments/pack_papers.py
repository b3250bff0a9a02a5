"""What a member's pack is made of, and how it becomes one PDF: facts, html, pdf.

The pack is a function of the rows alone: no clock is in it. What is hidden from the member leaves no gap: items, times,
pages and contents are counted over what is in their own pack.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile
from django.template.loader import render_to_string

from appointments.candidate import candidate_paper
from appointments.composition import composition_of
from appointments.models import AgendaItem, Appendix, CommitteeSeat, Meeting, RenderedPaper
from appointments.pack_front import Behind, Pages, appendix_key, front_html, item_key
from appointments.proposal_paper import proposal_paper
from appointments.running import RunningOrder, running_order
from portal.binding import Leaf, Stamps, bind, page_count
from portal.pdf import RENDERER, html_to_pdf, html_to_stamps, htmls_to_pdfs
from talent.models import Application

# Raise it when binding itself changes, so that packs are made anew.
BINDING = 3
# 9 point digits of the typeface in papers/pack_stamps.html are 0.556 em wide.
DIGIT_WIDTH, DIGITS_RIGHT, DIGITS_BOTTOM = 5.005, 538.6, 28.4
FRONT, PAPERS, APPENDICES = "Cover, contents and agenda", "Papers", "Appendices"
# How many lines of the agenda go on its first page: only where the search for the front's length begins.
LINES_A_PAGE = 15

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Paper:
    """One generated paper before it is set."""

    key: str
    title: str
    html: str

    @property
    def digest(self) -> str:
        return _sha256(RENDERER, self.title, self.html)


@dataclass(frozen=True, slots=True)
class PackFacts:
    """Everything that goes into one member's pack, read but not yet set."""

    meeting: Meeting
    seat: CommitteeSeat
    order: RunningOrder
    papers: tuple[Paper, ...]  # one for each line of the order
    appendices: Behind

    @property
    def title(self) -> str:
        return f"Pack of {self.seat.user}: {self.meeting}"

    @property
    def behind(self) -> list[Appendix]:
        """The appendices as they are bound: after the last paper, in the order of their items."""
        return [each for line in self.order.lines for each in self.appendices.get(line.item.pk, ())]

    def front(self, pages: Pages) -> str:
        """The html of cover and agenda; `pages` says on which page the paper or appendix of each key begins."""
        return front_html(self.meeting, self.seat, self.order, self.appendices, pages)

    def stamps(self) -> str:
        return render_to_string("papers/pack_stamps.html", {"member": self.seat.user, "meeting": self.meeting})

    def fingerprint(self) -> str:
        """The same for the same pack. Nothing has to be set for it: page numbers follow from what is hashed here."""
        bound = [paper.digest for paper in self.papers] + [each.sha256 for each in self.behind]
        return _sha256(RENDERER, str(BINDING), self.title, self.front({}), self.stamps(), *bound)


def pack_facts(meeting: Meeting, seat: CommitteeSeat, items: Iterable[AgendaItem]) -> PackFacts:
    """`items` are those that the holder of the seat may read."""
    order = running_order(meeting, items)
    papers = tuple(_paper_of(line.item) for line in order.lines)
    found: dict[int, list[Appendix]] = {line.item.pk: [] for line in order.lines}
    for each in Appendix.objects.standing().filter(item__in=list(found)).order_by("pk"):
        found[each.item_id].append(each)
    return PackFacts(meeting, seat, order, papers, {pk: tuple(rows) for pk, rows in found.items()})


def pack_pdf(pack: PackFacts, *, at: dt.datetime, told: Told) -> bytes:
    """Sets what is not kept yet, numbers the pages, and binds."""
    kept = _kept(pack.papers, at=at, told=told)
    leaves = [
        Leaf(paper.key, f"{line.number}. {line.item.title}", _content(kept[paper.digest].file), PAPERS)
        for line, paper in zip(pack.order.lines, pack.papers, strict=True)
    ]
    lengths = [(paper.key, kept[paper.digest].pages) for paper in pack.papers]
    for each in pack.behind:
        leaves.append(Leaf(appendix_key(each), each.title, _content(each.file), APPENDICES, tagged=False))
        lengths.append((appendix_key(each), each.pages))
    front = Leaf("front", FRONT, _front(pack, lengths))
    drawn = Stamps(html_to_stamps(pack.stamps()), DIGIT_WIDTH, DIGITS_RIGHT, DIGITS_BOTTOM)
    return bind([front, *leaves], title=pack.title, stamps=drawn)


def _paper_of(item: AgendaItem) -> Paper:
    proposal = item.proposal
    facts = {
        "item": item,
        "paper": candidate_paper(item.application) if item.application else None,
        "cohort": [candidate_paper(application) for application in _cohort(item)],
        "proposal": proposal_paper(proposal) if proposal else None,
        "board": composition_of(proposal.seat.board, item.meeting.day) if proposal else None,
    }
    html = render_to_string("papers/pack_item.html", facts)
    return Paper(item_key(item), item.title, html)


def _cohort(item: AgendaItem) -> Iterable[Application]:
    """The applications that the item decides together, in the order of their names."""
    if item.kind != AgendaItem.Kind.SCHEME_COHORT:
        return ()
    places = item.places.select_related(
        "application__person", "application__intake__scheme", "application__region", "application__question_set"
    )
    return [place.application for place in places]


def _kept(papers: Iterable[Paper], *, at: dt.datetime, told: Told) -> dict[str, RenderedPaper]:
    """Each paper's file by its digest; those that are not there yet are set now, and kept one by one."""
    wanted = {paper.digest: paper for paper in papers}
    found = {row.digest: row for row in RenderedPaper.objects.filter(digest__in=list(wanted))}
    missing = [digest for digest in wanted if digest not in found]
    told(len(found), len(wanted))
    contents = htmls_to_pdfs([(wanted[digest].html, wanted[digest].title) for digest in missing])
    for digest, content in zip(missing, contents, strict=True):
        file = ContentFile(content, name=f"{digest}.pdf")
        defaults = {"file": file, "pages": page_count(content), "made_at": at}
        found[digest], _ = RenderedPaper.objects.get_or_create(digest=digest, defaults=defaults)
        told(len(found), len(wanted))
    return found


def _front(pack: PackFacts, lengths: list[tuple[str, int]]) -> bytes:
    """The first pages. Their own number decides on which page the papers begin, so they are set until it is met."""
    assumed = 2 + len(lengths) // LINES_A_PAGE
    for _ in range(5):
        content = html_to_pdf(pack.front(_first_pages(lengths, after=assumed)), title=pack.title)
        needed = page_count(content)
        if needed == assumed:
            break
        assumed = needed
    return content


def _first_pages(lengths: Iterable[tuple[str, int]], *, after: int) -> dict[str, int]:
    pages, next_page = {}, after + 1
    for key, length in lengths:
        pages[key], next_page = next_page, next_page + length
    return pages


def _content(file: FieldFile) -> bytes:
    with file.open("rb") as opened:
        content: bytes = opened.read()
    return content


def _sha256(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
