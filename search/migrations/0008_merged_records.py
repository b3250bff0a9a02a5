from django.db import migrations

from search.triggers import OLD, laid

MARK = """
CREATE OR REPLACE FUNCTION search_mark(ids bigint[], hiding boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_pending (index_id, person_id, hides, marked_at, attempts, last_error)
    SELECT i.id, p.id, hiding AND {hidden}, clock_timestamp(), 0, ''
    FROM search_index i CROSS JOIN ({people}) p WHERE p.id IS NOT NULL;
    IF FOUND THEN
        PERFORM pg_notify('search_pending', '');
    END IF;
END $$
"""
ALONE = "SELECT DISTINCT unnest(ids) AS id"
# What a merged record says is searched with the one that is kept, which is not hidden while it waits.
WITH_KEPT = """
        WITH RECURSIVE person (id) AS (
            SELECT unnest(ids)
            UNION SELECT p.merged_into_id FROM person JOIN talent_person p USING (id) WHERE p.merged_into_id IS NOT NULL
        ) SELECT id FROM person
"""
# A merge that is undone: the record that was kept loses what the other brought.
UNDONE = """
    SELECT former.merged_into_id, false FROM changed JOIN former USING (id)
    WHERE former.merged_into_id IS DISTINCT FROM changed.merged_into_id AND former.merged_into_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0007_refuse_truncate"), ("talent", "0012_skills")]
    operations = [
        migrations.RunSQL(
            [(MARK.format(people=WITH_KEPT, hidden="p.id = ANY (ids)"), None)],
            [(MARK.format(people=ALONE, hidden="true"), None)],
        ),
        laid("person_unmerge", f"UPDATE ON talent_person {OLD} NEW TABLE AS changed", UNDONE),
        migrations.RunSQL(
            "SELECT search_mark(array_agg(id), false) FROM talent_person WHERE merged_into_id IS NOT NULL",
            migrations.RunSQL.noop,
        ),
    ]
