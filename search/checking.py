"""Comparing what an index holds with the database, person by person."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from search import syncing
from search.documents import documents, indexed
from search.engines.registry import engine
from search.fingerprint import fingerprint
from search.models import Index, Pending
from search.rebuilding import batches

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Differences:
    """People whom the index lacks, holds too many of, or holds otherwise than the database has them."""

    missing: tuple[int, ...] = ()
    too_many: tuple[int, ...] = ()
    outdated: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.too_many or self.outdated)

    @property
    def people(self) -> list[int]:
        return sorted({*self.missing, *self.too_many, *self.outdated})


def compare(index: Index, *, at: dt.datetime, tell: Tell = lambda done: None) -> Differences:
    """The differences that nothing in Pending accounts for."""
    held = dict(engine(index.engine).versions(index.name))
    should: dict[int, str] = {}
    for people in batches():
        should |= _fingerprints(people, at)
        tell(len(people))
    waiting = set(Pending.objects.filter(index=index).values_list("person_id", flat=True))

    def settled(people: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(set(people) - waiting))

    return Differences(
        missing=settled(should.keys() - held.keys()),
        too_many=settled(held.keys() - should.keys()),
        outdated=settled(person for person in should.keys() & held.keys() if should[person] != held[person]),
    )


def _fingerprints(people: list[int], at: dt.datetime) -> dict[int, str]:
    found = documents(people, day=timezone.localdate(at))
    return {person: fingerprint(document, indexed(document)) for person, document in found.items()}


def repair(index: Index, differences: Differences, *, at: dt.datetime) -> None:
    """Puts the people that differ into the index anew."""
    for people in _parts(differences.people, syncing.BATCH):
        with transaction.atomic():
            syncing.take_turn(index, wait=True)
            syncing.write(index, people, at=at)


def _parts(people: list[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(people), size):
        yield people[start : start + size]
