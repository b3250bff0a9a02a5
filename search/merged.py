"""What stands at records merged into another: it is searched, and read as evidence, with the one that is kept."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection

from talent.models import Person, PostHeld

# Every record that was merged into one of these, or into one that was.
RECORDS = """
WITH RECURSIVE record (kept, id) AS (
    SELECT merged_into_id, id FROM talent_person WHERE merged_into_id = ANY (%s)
    UNION SELECT record.kept, p.id FROM record JOIN talent_person p ON p.merged_into_id = record.id
)
SELECT id, kept FROM record
"""


def merged_records(person_ids: Iterable[int]) -> dict[int, int]:
    """Each record that was merged, also through another, -> the one of `person_ids` that is kept. One query."""
    with connection.cursor() as cursor:
        cursor.execute(RECORDS, [list(person_ids)])
        return dict(cursor.fetchall())


def with_merged(people: Iterable[Person]) -> list[Person]:
    """`people`, fetched with `all_posts`, with the posts of merged records among them; `all_records` has the numbers.

    One query, and one more where a record was merged.
    """
    by_id: dict[int, Any] = {person.pk: person for person in people}
    kept = merged_records(by_id)
    records = {pk: [pk] for pk in by_id}
    for record, pk in sorted(kept.items()):
        records[pk].append(record)
    posts: dict[int, list[PostHeld]] = defaultdict(list)
    for post in PostHeld.objects.filter(person__in=kept) if kept else ():
        posts[kept[post.person_id]].append(post)
    for pk, person in by_id.items():
        person.all_records = tuple(records[pk])
        if posts[pk]:
            every = [*person.all_posts, *posts[pk]]
            person.all_posts = sorted(every, key=lambda post: (-post.started_on.toordinal(), post.pk))
    return list(by_id.values())
