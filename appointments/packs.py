"""A member's pack for a meeting: asked for, made and issued, opened.

Everything starts from the items that the member has declared about and may read (appointments/pack_papers.py).
"""

import datetime as dt
import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from appointments.models import AgendaItem, Meeting, PackIssued, PackRead
from appointments.pack_orders import enqueue_pack
from appointments.pack_papers import Told, pack_facts, pack_pdf
from portal.binding import page_count
from portal.models import User


class PackRefused(Exception):
    """There is no pack to be had; `str()` is fit for the screen."""


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
            "meeting",
            "proposal__seat__board",
            "proposal__person",
            "proposal__tenure",
        )
        .order_by("position", "pk")
    )


def order_pack(meeting: Meeting, *, member: User, at: dt.datetime) -> None:
    """Asks the worker for a member's pack, once however often it is called. Raises PackRefused if there is none."""
    if not meeting.seats(at).filter(user=member).exists():
        raise PackRefused("Packs are for the members who sit on the committee.")
    if not items_for(meeting, member):
        raise PackRefused("There is nothing to read yet. Declare your interests first.")
    enqueue_pack(meeting, member=member, at=at)


def issue_pack(meeting: Meeting, *, member: User, at: dt.datetime, told: Told = lambda done, of: None) -> PackIssued:
    """The member's pack as of now: the one they have if nothing in it changed, otherwise a new one in the ledger."""
    seat = meeting.seats(at).filter(user=member).first()
    items = items_for(meeting, member)
    if seat is None or not items:
        raise PackRefused("There is nothing to bind.")
    facts = pack_facts(meeting, seat, items)
    fingerprint = facts.fingerprint()
    if issued := _last(meeting, member, fingerprint):
        return issued
    content = pack_pdf(facts, at=at, told=told)
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        if issued := _last(meeting, member, fingerprint):  # by another worker meanwhile
            return issued
        pack = PackIssued(meeting=meeting, member=member, at=at, by=None, items=[item.pk for item in items])
        pack.fingerprint, pack.pages = fingerprint, page_count(content)
        pack.sha256 = hashlib.sha256(content).hexdigest()
        pack.file.save(f"{pack.sha256}.pdf", ContentFile(content), save=False)
        pack.save()
    return pack


def _last(meeting: Meeting, member: User, fingerprint: str) -> PackIssued | None:
    """The member's last pack, if it is the one with this fingerprint."""
    last = PackIssued.objects.filter(meeting=meeting, member=member).first()
    return last if last is not None and last.fingerprint == fingerprint else None


def may_open(pack: PackIssued, member: User) -> bool:
    """Whether the member may still read every item in it: a conflict found since closes the whole volume."""
    return set(pack.items) <= {item.pk for item in items_for(pack.meeting, member)}


def is_stale(pack: PackIssued, *, at: dt.datetime) -> bool:
    """Whether the pack would come out differently now. It reads every paper of the member's: some queries for each."""
    seat = pack.meeting.seats(at).filter(user=pack.member).first()
    items = items_for(pack.meeting, pack.member)
    return seat is not None and pack_facts(pack.meeting, seat, items).fingerprint() != pack.fingerprint


def record_reading(pack: PackIssued, *, by: User, at: dt.datetime) -> PackRead:
    return PackRead.objects.create(pack=pack, by=by, at=at)
