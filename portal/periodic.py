"""Jobs that come round by the clock: the worker asks, and each slot of time gets one, however many workers ask."""

import datetime as dt
from dataclasses import dataclass

from portal import outbox


@dataclass(frozen=True, slots=True)
class Round:
    """A kind of job and how often it runs."""

    kind: str
    minutes: int


_ROUNDS: list[Round] = []
# The slot this process asked for last: each enqueue wakes the workers, so it must not ask at every turn.
_asked: dict[str, int] = {}


def every(minutes: int, kind: str) -> None:
    """Has a job of `kind` (registered with outbox.job, empty payload) run every so many minutes."""
    _ROUNDS.append(Round(kind, minutes))


def enqueue_due(*, at: dt.datetime) -> None:
    """Enqueues each round's job for the slot that `at` falls in; the slot's key keeps it to one."""
    for each in _ROUNDS:
        slot = int(at.timestamp()) // (each.minutes * 60)
        if _asked.get(each.kind) != slot:
            outbox.enqueue(each.kind, {}, at=at, key=f"{each.kind}:{slot}")
            _asked[each.kind] = slot
