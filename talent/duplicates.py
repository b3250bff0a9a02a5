"""Finding records that may be one person's: same address, or same name with birthday or post. None is merged here."""

import datetime as dt

from django.db import connection

# More records than this with one mark (an office's shared address) are each compared with the oldest only.
MOST_COMPARED = 8

_PAIRS = """
WITH live AS MATERIALIZED (
    SELECT id, sort_name, lower(email) AS email, born_on FROM talent_person WHERE merged_into_id IS NULL
), marks AS (
    SELECT id, 'email' AS reason, email AS mark FROM live WHERE email <> ''
    UNION ALL
    SELECT id, 'birthday', sort_name || '|' || born_on FROM live WHERE born_on IS NOT NULL
    UNION ALL
    SELECT DISTINCT live.id, 'post', sort_name || '|' || lower(title) || '|' || lower(employer)
    FROM live JOIN talent_postheld post ON post.person_id = live.id
), counted AS (
    SELECT id, reason, mark, count(*) OVER same AS people, min(id) OVER same AS oldest
    FROM marks WINDOW same AS (PARTITION BY reason, mark)
), shared AS MATERIALIZED (SELECT * FROM counted WHERE people > 1)
INSERT INTO talent_duplicatepair (first_id, second_id, reasons, state, found_at)
SELECT a.id, b.id, array_agg(DISTINCT a.reason), 'waiting', %(at)s
FROM shared a JOIN shared b ON a.reason = b.reason AND a.mark = b.mark AND a.id < b.id
WHERE a.people <= %(most)s OR a.id = a.oldest
GROUP BY a.id, b.id
ON CONFLICT (first_id, second_id) DO NOTHING
"""


def propose(*, at: dt.datetime) -> int:
    """Proposes each pair that was never proposed before; how many. What staff kept apart stays apart."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, {"at": at, "most": MOST_COMPARED})
        return int(cursor.rowcount)
