"""The decision register's hash chain: how a row is sealed to the one before it, and how a broken one is found."""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from appointments.models import AgendaItem, Decision
from portal.models import User

# What stands before the first row.
GENESIS = "0" * 64
# Any number that no other lock of ours uses: one decision at a time joins the chain.
CHAIN_LOCK = 7_320_418


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place at which the register is not what was written."""

    number: int
    what: str


def seal_of_reason(salt: str, reason: str) -> str:
    return _sha256(f"{salt}\0{reason}")


def seal(*, number: int, previous: str, facts: dict[str, Any], reason_digest: str) -> str:
    """The digest of one row: over its place, the row before, its facts, and its reason's salted hash."""
    written = json.dumps(
        {"number": number, "previous": previous, "facts": facts, "reason": reason_digest},
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return _sha256(written)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def hold() -> None:
    """Waits until nobody else decides or corrects, and keeps them waiting until the transaction ends.

    Before anything that a decision locks once it holds this (seats, tenures, appointments, people): whoever did it the
    other way round would wait for a decision that waits for them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def append(
    item: AgendaItem, *, outcome: str, facts: dict[str, Any], by: User, at: dt.datetime, reason: str
) -> Decision:
    """Adds one decision at the chain's end. Call inside the act's transaction: the lock is held until it ends."""
    hold()
    last = Decision.objects.order_by("-number").first()
    number, previous = (last.number + 1, last.digest) if last else (1, GENESIS)
    salt = secrets.token_hex(32)
    reason_digest = seal_of_reason(salt, reason)
    return Decision.objects.create(
        number=number,
        item=item,
        meeting=item.meeting,
        outcome=outcome,
        facts=facts,
        by=by,
        at=at,
        reason=reason,
        reason_salt=salt,
        reason_digest=reason_digest,
        previous_digest=previous,
        digest=seal(number=number, previous=previous, facts=facts, reason_digest=reason_digest),
    )


def head() -> str:
    """The digest of the last decision: whoever holds it can prove that nothing before it was changed or lost."""
    return Decision.objects.order_by("-number").values_list("digest", flat=True).first() or GENESIS


def first_fault(rows: Iterable[Decision], *, printed: str = "") -> Fault | None:
    """Walks `rows` (by number) from the start; `printed` is a head hash from some minutes, which must be met.

    A register whose end was cut off is whole in itself: only a head that was printed before tells.
    """
    number, previous, met = 0, GENESIS, printed in ("", GENESIS)
    for row in rows:
        if fault := _fault_of(row, number + 1, previous):
            return fault
        number, previous = row.number, row.digest
        met = met or row.digest == printed
    if not met:
        return Fault(number + 1, "the printed head is not in the register: rows after this are missing or replaced")
    return None


def _fault_of(row: Decision, number: int, previous: str) -> Fault | None:
    if row.number != number:
        return Fault(number, "missing")
    if row.previous_digest != previous:
        return Fault(number, "does not follow from the row before it")
    sealed = seal(number=number, previous=previous, facts=row.facts, reason_digest=row.reason_digest)
    if row.digest != sealed:
        return Fault(number, "its facts are not those that were sealed")
    if columns_of(row) != {key: row.facts.get(key) for key in columns_of(row)}:
        return Fault(number, "its columns disagree with its facts")
    # An erased reason is empty, and its salt is gone with it.
    if row.reason and seal_of_reason(row.reason_salt, row.reason) != row.reason_digest:
        return Fault(number, "its reason is not the one that was sealed")
    return None


def columns_of(row: Decision) -> dict[str, Any]:
    """The columns that stand in the facts as well, in the facts' own form."""
    return {
        "item": row.item_id,
        "meeting": row.meeting_id,
        "outcome": row.outcome,
        "by": row.by_id,
        "at": row.at.astimezone(dt.UTC).isoformat(),
    }
