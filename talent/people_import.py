"""Loads a file of people: all of it or nothing, in batches, with the consents, posts and skills that it tells of."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from portal import rows_file
from portal.models import Region, User
from portal.names import folded
from portal.planner import take_statistics
from portal.rows_file import BadFile, Fault
from talent import duplicates
from talent.models import PeopleImport, Person, Pool, Skill
from talent.people_copy import Row, copy_consents, copy_people, next_ids
from talent.people_file import Known, PersonRow, Reader, number_of_rows
from talent.pooling import TALENT_DATABASE, talent_database

BATCH = 5000
NOON = dt.time(12)
Progress = Callable[[Iterable[PersonRow], str, int | None], Iterable[PersonRow]]


def without_a_bar(rows: Iterable[PersonRow], what: str, total: int | None) -> Iterable[PersonRow]:
    return rows


@dataclass(slots=True)
class Loaded:
    """What a file brought."""

    read: int = 0
    people: int = 0
    posts: int = 0
    skills: int = 0
    consents: int = 0
    unfindable: int = 0  # no consent, or one that has run out
    duplicates: int = 0

    def __str__(self) -> str:
        return (
            f"{self.read} read, {self.people} new people, {self.read - self.people} on record already and left alone.\n"
            f"{self.posts} posts, {self.skills} skills, {self.consents} consents; {self.unfindable} people are in "
            f"no pool today and found by nobody.\n{self.duplicates} pairs wait to be compared as possible duplicates."
        )


@transaction.atomic
def load(path: Path, *, by: User | None, at: dt.datetime, progress: Progress = without_a_bar) -> Loaded:
    """Reads and writes in one go, all of it or nothing: whatever is wrong is named in one BadFile, and all rolled back.

    After the first fault nothing is written any more; the rest is read for its faults.
    """
    digest = _digest(path)
    _refuse_second_time(digest)
    talent_database()
    pools = Pool.objects.in_bulk()
    known = _known(pools.values(), at)
    count = number_of_rows(path)
    source = PeopleImport.objects.create(file_name=path.name[-200:], sha256=digest, people=count, by=by, at=at)
    writer = _Writer(source, pools, default_pool=known.pools[TALENT_DATABASE])
    reader = Reader(known)
    rows = iter(progress(reader.rows(path), "Loading", count))
    while batch := list(islice(rows, BATCH)):
        if not reader.faults:
            writer.write(batch)
    _refuse(reader, count)
    # The planner has not seen these rows yet, and the search for duplicates joins them with one another.
    take_statistics()
    writer.done.duplicates = duplicates.propose(at=at)
    return writer.done


def _refuse(reader: Reader, count: int) -> None:
    if not count and not reader.faults:
        reader.faults.append(Fault(1, "", "the file holds no people"))
    rows_file.refuse(reader.faults)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_second_time(digest: str) -> None:
    before = PeopleImport.objects.filter(sha256=digest).first()
    if before:
        raise BadFile([Fault(1, "", f"this very file was loaded on {timezone.localdate(before.at):%-d %B %Y}")])


def _known(pools: Iterable[Pool], at: dt.datetime) -> Known:
    regions = Region.objects.values_list("pk", "code", "name")
    skills = Skill.objects.offered().values_list("pk", "code", "name")
    return Known(
        regions={folded(word): pk for pk, *names in regions for word in names},
        skills={folded(word): pk for pk, *names in skills for word in names},
        pools={folded(word): pool.pk for pool in pools for word in (pool.slug, pool.name)},
        today=timezone.localdate(at),
    )


class _Writer:
    """Writes batches of rows, each table in one statement a batch, and counts."""

    def __init__(self, source: PeopleImport, pools: dict[int, Pool], *, default_pool: int) -> None:
        self.source, self.pools, self.default_pool = source, pools, default_pool
        self.today = timezone.localdate(source.at)
        self.done = Loaded()

    def write(self, rows: Sequence[PersonRow]) -> None:
        given = [row.reference for row in rows if row.reference]
        there = set(Person.objects.filter(reference__in=given).values_list("reference", flat=True))
        new = [row for row in rows if row.reference not in there]
        pairs = list(zip(next_ids(Person, len(new)), new, strict=True))
        consents = [self._consent(pk, row, pool) for pk, row in pairs for pool in self._pools_of(row)]
        copy_people(self.source, pairs)
        copy_consents(consents)
        findable = {person for _, person, _, expires_on, *_ in consents if expires_on > self.today}
        self.done.read += len(rows)
        self.done.people += len(pairs)
        self.done.posts += sum(len(row.posts) for row in new)
        self.done.skills += sum(len(row.skills) for row in new)
        self.done.consents += len(consents)
        self.done.unfindable += len(pairs) - len(findable)

    def _pools_of(self, row: PersonRow) -> Sequence[int]:
        if row.consent_given_on is None:
            return ()
        return row.consent_pool or (self.default_pool,)

    def _consent(self, person: int, row: PersonRow, pool: int) -> Row:
        """In the order of people_copy.CONSENT."""
        assert row.consent_given_on is not None  # noqa: S101 - _pools_of gives none without it
        term = relativedelta(months=self.pools[pool].consent_months)
        consented_at = timezone.make_aware(dt.datetime.combine(row.consent_given_on, NOON))
        expires_on = row.consent_expires_on or row.consent_given_on + term
        return pool, person, consented_at, expires_on, row.consent_wording, row.consent_share
