"""A member's pack for a meeting, one volume: cover, contents, agenda, the papers of the items they may read.

Everything starts from the items that the member has declared about and may read. What is hidden from them leaves no
gap: items, pages and contents are numbered over what is in their own pack.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string

from appointments.candidate import candidate_paper
from appointments.models import AgendaItem, Appendix, CommitteeSeat, Meeting, PackIssued, PackRead, RenderedPaper
from portal import outbox
from portal.binding import LEAF, Leaf, Stamps, bind, page_count
from portal.models import User
from portal.pdf import RENDERER, html_to_pdf, html_to_stamps, htmls_to_pdfs

MAKE_PACK = "appointments.make_pack"
# Raise it when binding itself changes, so that packs are made anew.
BINDING = 1
# 9 point digits of the typeface in papers/pack_stamps.html are 0.556 em wide.
DIGIT_WIDTH, DIGITS_RIGHT, DIGITS_BOTTOM = 5.005, 538.6, 30.0
APPENDICES = "Appendices"


class PackRefused(Exception):
    """There is no pack to be had; `str()` is fit for the screen."""


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
class Line:
    """One line of the contents and the agenda."""

    number: int
    title: str
    note: str
    key: str
    page: int
    appendices: tuple[tuple[str, str, int], ...]  # title, key, page


@dataclass(frozen=True, slots=True)
class Bound:
    content: bytes
    fingerprint: str
    pages: int


def items_for(meeting: Meeting, member: User) -> list[AgendaItem]:
    """What a member's pack holds: items they declared about, read by nobody with a conflict."""
    return list(
        AgendaItem.objects.visible_to(member)
        .filter(meeting=meeting, declarations__member=member)
        .distinct()
        .select_related(
            "application__person",
            "application__intake__scheme",
            "application__region",
            "application__question_set",
        )
        .order_by("position", "pk")
    )


def order_pack(meeting: Meeting, *, member: User, at: dt.datetime) -> None:
    """Asks the worker for a member's pack. Raises PackRefused for somebody who has none to get."""
    if not meeting.seats(at).filter(user=member).exists():
        raise PackRefused("Packs are for the members who sit on the committee.")
    if not items_for(meeting, member):
        raise PackRefused("There is nothing to read yet. Declare your interests first.")
    key = f"pack:{meeting.pk}:{member.pk}:{at.timestamp():.3f}"
    outbox.enqueue(MAKE_PACK, {"meeting": meeting.pk, "member": member.pk}, at=at, key=key)


def issue_pack(
    meeting: Meeting, *, member: User, at: dt.datetime, told: Callable[[int, int], None] = lambda done, of: None
) -> PackIssued:
    """The member's pack as of now: the one they have if nothing in it changed, otherwise a new one in the ledger."""
    seat = meeting.seats(at).filter(user=member).first()
    items = items_for(meeting, member)
    if seat is None or not items:
        raise PackRefused("There is nothing to bind.")
    bound = bind_pack(meeting, seat, items, at=at, told=told)
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        last = PackIssued.objects.filter(meeting=meeting, member=member).first()
        if last is not None and last.fingerprint == bound.fingerprint:
            return last
        pack = PackIssued(meeting=meeting, member=member, at=at, by=None, items=[item.pk for item in items])
        pack.fingerprint, pack.pages = bound.fingerprint, bound.pages
        pack.sha256 = hashlib.sha256(bound.content).hexdigest()
        pack.file.save(f"{pack.sha256}.pdf", ContentFile(bound.content), save=False)
        pack.save()
    return pack


def bind_pack(
    meeting: Meeting,
    seat: CommitteeSeat,
    items: list[AgendaItem],
    *,
    at: dt.datetime,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Bound:
    """Sets what is not kept yet, numbers the pages, and binds. A function of the rows alone: no clock in the volume."""
    papers = [_paper_of(item) for item in items]
    kept = _kept(papers, at=at, told=told)
    appendices = _appendices(items)
    behind = [each for rows in appendices.values() for each in rows]
    lengths = [kept[paper.digest].pages for paper in papers]
    front, lines = _front(meeting, seat, items, lengths, appendices)
    stamps = render_to_string("papers/pack_stamps.html", {"member": seat.user, "meeting": meeting})
    title = f"Pack of {seat.user}: {meeting}"
    digests = [paper.digest for paper in papers] + [each.sha256 for each in behind]
    fingerprint = _sha256(RENDERER, str(BINDING), title, front, stamps, *digests)
    leaves = [Leaf("front", "Cover, contents and agenda", html_to_pdf(front, title=title))]
    for line, paper in zip(lines, papers, strict=True):
        leaves.append(Leaf(paper.key, f"{line.number}. {line.title}", _content(kept[paper.digest].file), "Papers"))
    for each in behind:
        leaves.append(Leaf(f"appendix-{each.pk}", each.title, _content(each.file), APPENDICES, tagged=False))
    drawn = Stamps(html_to_stamps(stamps), DIGIT_WIDTH, DIGITS_RIGHT, DIGITS_BOTTOM)
    content = bind(leaves, title=title, stamps=drawn)
    return Bound(content, fingerprint, page_count(content))


def _paper_of(item: AgendaItem) -> Paper:
    paper = candidate_paper(item.application) if item.application else None
    html = render_to_string("papers/pack_item.html", {"item": item, "paper": paper})
    return Paper(f"item-{item.pk}", item.title, html)


def _kept(papers: list[Paper], *, at: dt.datetime, told: Callable[[int, int], None]) -> dict[str, RenderedPaper]:
    """Each paper's file by its digest; those that are not there yet are set now, and kept one by one."""
    found = {row.digest: row for row in RenderedPaper.objects.filter(digest__in=[p.digest for p in papers])}
    missing = list({p.digest: p for p in papers if p.digest not in found}.values())
    told(len(papers) - len(missing), len(papers))
    for number, content in enumerate(htmls_to_pdfs([(p.html, p.title) for p in missing])):
        digest = missing[number].digest
        row, _ = RenderedPaper.objects.get_or_create(
            digest=digest,
            defaults={
                "file": ContentFile(content, name=f"{digest}.pdf"),
                "pages": page_count(content),
                "made_at": at,
            },
        )
        found[digest] = row
        told(len(papers) - len(missing) + number + 1, len(papers))
    return found


def _appendices(items: Iterable[AgendaItem]) -> dict[int, list[Appendix]]:
    rows: dict[int, list[Appendix]] = {item.pk: [] for item in items}
    for each in Appendix.objects.standing().filter(item__in=list(rows)).order_by("item__position", "pk"):
        rows[each.item_id].append(each)
    return rows


def _front(
    meeting: Meeting,
    seat: CommitteeSeat,
    items: list[AgendaItem],
    lengths: list[int],
    appendices: dict[int, list[Appendix]],
) -> tuple[str, list[Line]]:
    """The first pages' html. Their own number decides on which page the papers begin, so it is set until it is met."""
    assumed = 2
    for _ in range(5):
        lines = _lines(items, lengths, appendices, first=assumed + 1)
        facts = {"meeting": meeting, "seat": seat, "lines": lines, "leaf": LEAF}
        html = render_to_string("papers/pack_front.html", facts)
        needed = page_count(html_to_pdf(html, title="Pack"))
        if needed == assumed:
            break
        assumed = needed
    return html, lines


def _lines(
    items: list[AgendaItem],
    lengths: list[int],
    appendices: dict[int, list[Appendix]],
    *,
    first: int,
) -> list[Line]:
    behind = first + sum(lengths)
    lines = []
    for number, (item, length) in enumerate(zip(items, lengths, strict=True), start=1):
        extra = []
        for each in appendices[item.pk]:
            extra.append((each.title, f"appendix-{each.pk}", behind))
            behind += each.pages
        lines.append(Line(number, item.title, item.note, f"item-{item.pk}", first, tuple(extra)))
        first += length
    return lines


def may_open(pack: PackIssued, member: User) -> bool:
    """Whether the member may still read every item in it: a conflict found since closes the whole volume."""
    return set(pack.items) <= {item.pk for item in items_for(pack.meeting, member)}


def record_reading(pack: PackIssued, *, by: User, at: dt.datetime) -> PackRead:
    return PackRead.objects.create(pack=pack, by=by, at=at)


def _content(file: object) -> bytes:
    with file.open("rb") as opened:
        return opened.read()


def _sha256(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
