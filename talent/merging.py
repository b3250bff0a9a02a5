"""Acts on two records that may be one person's: merge, undo, keep apart. A merge points one at the other, no more.

Nothing is copied and no history moves: what stands at the merged record is read beside the kept one's, and comes back
whole when the merge is undone. Consent is not carried over: nobody is found through a record that was merged.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack

from django.db import transaction

from portal.access import access_of
from portal.models import User
from talent.access import Refused
from talent.models import DuplicatePair, MergeEvent, Person

State, Kind = DuplicatePair.State, MergeEvent.Kind
Around = Callable[[Person, Person, User, dt.datetime, str], AbstractContextManager[None]]

_AROUND: list[Around] = []


def around_merges(manager: Around) -> Around:
    """Registers what another floor does before and after two records (kept, other) become one person's."""
    _AROUND.append(manager)
    return manager


@transaction.atomic
def merge(pair: DuplicatePair, *, keep: Person, by: User, at: dt.datetime, reason: str) -> Person:
    """Points the other record at `keep`; returns it. Raises Refused."""
    row = _locked(pair, by)
    if row.state == State.MERGED:
        raise Refused("These records are merged already.")
    if keep.pk not in (row.first_id, row.second_id):
        raise Refused("Keep one of the two records.")
    with ExitStack() as stack:
        # Before the people are locked: what other floors lock, they lock before people too.
        for manager in _AROUND:
            asked = (row.first, row.second) if keep.pk == row.first_id else (row.second, row.first)
            stack.enter_context(manager(*asked, by, at, reason.strip()))
        first, second = _locked_people(row)
        kept, other = (first, second) if keep.pk == first.pk else (second, first)
        _refuse_unmergeable(kept, other)
        other.merged_into = kept
        other.save(update_fields=["merged_into"])
    _decide(row, State.MERGED, Kind.MERGED, kept=kept, by=by, at=at, reason=reason)
    return other


def _refuse_unmergeable(kept: Person, other: Person) -> None:
    for person in (kept, other):
        if person.merged_into_id is not None:
            raise Refused(f"The record {person.pk} of {person} was merged into another meanwhile.")
    if other.user_id is not None and kept.user_id is None:
        raise Refused(f"{other} signs in with the record {other.pk}: keep that one.")


@transaction.atomic
def undo(pair: DuplicatePair, *, by: User, at: dt.datetime, reason: str) -> None:
    """Takes a merge back: the record stands by itself again, in whatever pools its consents still hold."""
    row = _locked(pair, by)
    if row.state != State.MERGED:
        raise Refused("These records are not merged.")
    if not reason.strip():
        raise Refused("Say why the merge is undone.")
    for person in _locked_people(row):
        if person.merged_into_id in (row.first_id, row.second_id):
            person.merged_into = None
            person.save(update_fields=["merged_into"])
    _decide(row, State.APART, Kind.UNDONE, by=by, at=at, reason=reason)


@transaction.atomic
def keep_apart(pair: DuplicatePair, *, by: User, at: dt.datetime, reason: str) -> None:
    """Two people after all: the pair is not proposed again."""
    row = _locked(pair, by)
    if row.state != State.WAITING:
        raise Refused("This pair is decided already.")
    _decide(row, State.APART, Kind.APART, by=by, at=at, reason=reason)


@transaction.atomic
def reopen(pair: DuplicatePair, *, by: User, at: dt.datetime, reason: str) -> None:
    """A pair that was kept apart is compared again."""
    row = _locked(pair, by)
    if row.state != State.APART:
        raise Refused("Only a pair that was kept apart can be opened again.")
    _decide(row, State.WAITING, Kind.REOPENED, by=by, at=at, reason=reason)


def records_of(person: Person) -> list[Person]:
    """Every record that is this person's: the kept one first, then those merged into it, and into those."""
    found, asked = [person], [person.pk]
    while asked:
        merged = list(Person.objects.filter(merged_into__in=asked).order_by("pk"))
        found += merged
        asked = [each.pk for each in merged]
    return found


def kept_of(records: Iterable[int]) -> Mapping[int, int]:
    """For each of these records, and for each other of the same people, the one that stands for it. One query."""
    into = dict(Person.objects.same_as(*records).values_list("pk", "merged_into"))
    return {pk: _top(pk, into) for pk in into}


def _top(record: int, into: Mapping[int, int | None]) -> int:
    while (above := into[record]) is not None:
        record = above
    return record


def kept_record(person: Person) -> Person:
    """The record that stands for `person` today."""
    while person.merged_into is not None:
        person = person.merged_into
    return person


def _locked(pair: DuplicatePair, by: User) -> DuplicatePair:
    """The pair, locked; only the talent team's, and never a pair that one is part of oneself."""
    if not access_of(by).is_talent_team:
        raise Refused("Only the talent team decides about duplicates.")
    row = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
    if Person.objects.filter(pk__in=(row.first_id, row.second_id), user=by).exists():
        raise Refused("One of these records is your own: a colleague decides.")
    return row


def _locked_people(pair: DuplicatePair) -> tuple[Person, Person]:
    """Both, locked in the order of their numbers, so that two merges of one record wait for each other."""
    rows = Person.objects.select_for_update().filter(pk__in=(pair.first_id, pair.second_id)).order_by("pk")
    first, second = rows
    return first, second


def _decide(
    pair: DuplicatePair, state: str, kind: str, *, by: User, at: dt.datetime, reason: str, kept: Person | None = None
) -> None:
    pair.state = state
    pair.save(update_fields=["state"])
    MergeEvent.objects.create(pair=pair, kind=kind, kept=kept, by=by, at=at, reason=reason.strip())
