"""Loads a file of people: all of it or nothing, in batches, with the consents, posts and skills that it tells of."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
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
from talent.models import PeopleImport, Person, PersonSkill, Pool, PoolMembership, PostHeld, Skill
from talent.people_cells import PostRow
from talent.people_file import Known, PersonRow, Reader
from talent.pooling import TALENT_DATABASE, talent_database

BATCH = 2000
NOON = dt.time(12)
# What goes from a row to the person as it stands.
AS_TOLD = (
    "full_name",
    "email",
    "phone",
    "postcode",
    "born_on",
    "headline",
    "summary",
    "readiness",
    "days_a_month",
    "background",
    "travel_minutes",
    "cv_text",
)
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
    """Reads `path` twice: once to find every fault (BadFile names them all), once to load. Nothing is half loaded."""
    digest = _digest(path)
    _refuse_second_time(digest)
    talent_database()
    pools = Pool.objects.in_bulk()
    known = _known(pools.values(), at)
    count = _checked(path, known, progress)
    source = PeopleImport.objects.create(file_name=path.name[-200:], sha256=digest, people=count, by=by, at=at)
    writer = _Writer(source, pools, default_pool=known.pools[TALENT_DATABASE])
    rows = iter(progress(Reader(known).rows(path), "Loading", count))
    while batch := list(islice(rows, BATCH)):
        writer.write(batch)
    # The planner has not seen these rows yet, and the search for duplicates joins them with one another.
    take_statistics()
    writer.done.duplicates = duplicates.propose(at=at)
    return writer.done


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


def _checked(path: Path, known: Known, progress: Progress) -> int:
    """How many rows there are, all of them good. Raises BadFile."""
    reader = Reader(known)
    count = sum(1 for _ in progress(reader.rows(path), "Checking", None))
    if not count and not reader.faults:
        reader.faults.append(Fault(1, "", "the file holds no people"))
    rows_file.refuse(reader.faults)
    return count


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
        pairs = list(zip(Person.objects.bulk_create(map(self._person, new)), new, strict=True))
        posts = [_post(person, post) for person, row in pairs for post in row.posts]
        skills = [self._skill(person, skill) for person, row in pairs for skill in row.skills]
        consents = [self._consent(person, row, pool) for person, row in pairs for pool in self._pools_of(row)]
        places = Person.works_in.through
        PostHeld.objects.bulk_create(posts)
        PersonSkill.objects.bulk_create(skills)
        places.objects.bulk_create(places(person=person, region_id=pk) for person, row in pairs for pk in row.works_in)
        PoolMembership.objects.bulk_create(consents)
        findable = {consent.person_id for consent in consents if consent.expires_on > self.today}
        self.done.read += len(rows)
        self.done.people += len(pairs)
        self.done.posts += len(posts)
        self.done.skills += len(skills)
        self.done.consents += len(consents)
        self.done.unfindable += len(pairs) - len(findable)

    def _person(self, row: PersonRow) -> Person:
        said = {name: getattr(row, name) for name in AS_TOLD}
        return Person(
            **said,
            sort_name=folded(row.full_name)[:200],  # bulk_create asks no save()
            reference=row.reference or None,
            region_id=row.region,
            sectors=list(row.sectors),
            roles_sought=list(row.roles_sought),
            readiness_on=self.today if row.readiness else None,
            imported_in=self.source,
            created_at=self.source.at,
        )

    def _skill(self, person: Person, skill: int) -> PersonSkill:
        told = f"Told in {self.source.file_name}."
        return PersonSkill(
            person=person, skill_id=skill, source=PersonSkill.Source.IMPORTED, evidence=told, added_at=self.source.at
        )

    def _pools_of(self, row: PersonRow) -> Sequence[int]:
        if row.consent_given_on is None:
            return ()
        return row.consent_pool or (self.default_pool,)

    def _consent(self, person: Person, row: PersonRow, pool: int) -> PoolMembership:
        assert row.consent_given_on is not None  # noqa: S101 - _pools_of gives none without it
        term = relativedelta(months=self.pools[pool].consent_months)
        return PoolMembership(
            person=person,
            pool_id=pool,
            consented_at=timezone.make_aware(dt.datetime.combine(row.consent_given_on, NOON)),
            expires_on=row.consent_expires_on or row.consent_given_on + term,
            wording=row.consent_wording,
            may_be_shared=row.consent_share,
        )


def _post(person: Person, post: PostRow) -> PostHeld:
    return PostHeld(person=person, **{each.name: getattr(post, each.name) for each in fields(post)})
