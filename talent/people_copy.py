"""Writes batches of people read from a file by COPY: each table in one stream, ids drawn beforehand."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.utils import timezone

from portal.names import folded
from talent.models import PeopleImport, Person, PersonSkill, PoolMembership, PostHeld
from talent.people_file import PersonRow

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
POST = ("title", "employer", "started_on", "ended_on", "board_level", "description")
PERSON = (
    "id",
    *AS_TOLD,
    "sort_name",
    "reference",
    "region_id",
    "sectors",
    "roles_sought",
    "readiness_on",
    "imported_in_id",
    "mail_opt_out",
    "created_at",
)
Row = tuple[Any, ...]


def next_ids(model: type[models.Model], number: int) -> list[int]:
    """So many ids of a table's own sequence."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, number])
        return [pk for (pk,) in cursor.fetchall()]


def copy(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """One COPY. Triggers see it as one statement; foreign keys are checked when the transaction ends."""
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    # Table and columns are the code's own.
    statement = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row(row)


def copy_people(source: PeopleImport, pairs: Sequence[tuple[int, PersonRow]]) -> None:
    today = timezone.localdate(source.at)
    copy(Person, PERSON, (_person(pk, row, source, today) for pk, row in pairs))
    copy(PostHeld, ("person_id", *POST), ((pk, *_post(post)) for pk, row in pairs for post in row.posts))
    told = (PersonSkill.Source.IMPORTED.value, f"Told in {source.file_name}.", source.at)
    skills = ((pk, skill, *told) for pk, row in pairs for skill in row.skills)
    copy(PersonSkill, ("person_id", "skill_id", "source", "evidence", "added_at"), skills)
    places = ((pk, region) for pk, row in pairs for region in row.works_in)
    copy(Person.works_in.through, ("person_id", "region_id"), places)


CONSENT = ("pool_id", "person_id", "consented_at", "expires_on", "wording", "may_be_shared")


def copy_consents(rows: Iterable[Row]) -> None:
    copy(PoolMembership, CONSENT, rows)


def _person(pk: int, row: PersonRow, source: PeopleImport, today: dt.date) -> Row:
    return (
        pk,
        *(getattr(row, name) for name in AS_TOLD),
        folded(row.full_name)[:200],
        row.reference or None,
        row.region,
        list(row.sectors),
        list(row.roles_sought),
        today if row.readiness else None,
        source.pk,
        False,
        source.at,
    )


def _post(post: Any) -> Row:
    return tuple(getattr(post, name) for name in POST)
