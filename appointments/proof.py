"""Whether a PDF was issued, to whom and when: by the hash of its bytes. A pure reading."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from appointments.models import MinutesIssued, PackIssued
from portal.words import date_time


@dataclass(frozen=True, slots=True)
class Proof:
    """One paper that was issued with exactly these bytes."""

    what: str
    at: dt.datetime
    pages: int | None = None  # of a pack
    opened_at: tuple[dt.datetime, ...] = ()


def sha256_of(chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def proofs_of(sha256: str) -> list[Proof]:
    """The pack or the minutes with this hash, in the order of issue; nothing if none was issued."""
    packs = PackIssued.objects.filter(sha256=sha256).select_related("member", "meeting__committee")
    found = [
        Proof(str(pack), pack.at, pack.pages, tuple(reading.at for reading in pack.readings.all()))
        for pack in packs.prefetch_related("readings")
    ]
    minutes = MinutesIssued.objects.filter(sha256=sha256).select_related("meeting__committee")
    found += [Proof(str(each), each.at) for each in minutes]
    return sorted(found, key=lambda proof: proof.at)


def in_words(proof: Proof) -> str:
    """One line for a terminal."""
    opened = f", opened {len(proof.opened_at)} times" if proof.pages else ""
    return f"{proof.what}: issued on {date_time(proof.at)}{opened}"
