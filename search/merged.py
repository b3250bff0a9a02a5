"""Posts that stand at records merged into another: they are searched with the one that is kept."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from talent.models import PostHeld

# Every record that was merged into one of these, or into one that was.
RECORDS = """
WITH RECURSIVE record (kept, id) AS (
    SELECT merged_into_id, id FROM talent_person WHERE merged_into_id = ANY (%s)
    UNION SELECT record.kept, p.id FROM record JOIN talent_person p ON p.merged_into_id = record.id
)
SELECT id, kept FROM record
"""


def posts_of_merged(person_ids: Iterable[int]) -> dict[int, list[PostHeld]]:
    """Kept record -> the posts of those that were merged into it."""
    with connection.cursor() as cursor:
        cursor.execute(RECORDS, [list(person_ids)])
        kept = dict(cursor.fetchall())
    found: dict[int, list[PostHeld]] = defaultdict(list)
    for post in PostHeld.objects.filter(person__in=kept) if kept else ():
        found[kept[post.person_id]].append(post)
    return found
