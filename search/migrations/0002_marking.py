from django.db import migrations

from portal.ledger import write_once
from search.triggers import NEW, OLD, laid, of_person

MARK = """
CREATE FUNCTION search_mark(ids bigint[], hiding boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_pending (index_id, person_id, hides, marked_at, attempts, last_error)
    SELECT i.id, p.id, hiding, clock_timestamp(), 0, ''
    FROM search_index i CROSS JOIN (SELECT DISTINCT unnest(ids) AS id) p WHERE p.id IS NOT NULL;
    IF FOUND THEN
        PERFORM pg_notify('search_pending', '');
    END IF;
END $$
"""

# Columns of a person that a document is made of; where one of the latter changes, an index must not show the old entry.
SHOWN = "full_name headline summary readiness days_a_month background sectors roles_sought travel_minutes cv_text".split()
HIDING = "region_id merged_into_id".split()


def _differ(columns):
    former, changed = (", ".join(f"{side}.{name}" for name in columns) for side in ("former", "changed"))
    return f"({former}) IS DISTINCT FROM ({changed})"


# name: (event, (person, whether it hides) of each row that the statement changed)
SOURCES = {
    "person_insert": (f"INSERT ON talent_person {NEW}", "SELECT id, false FROM changed"),
    "person_update": (
        f"UPDATE ON talent_person {OLD} NEW TABLE AS changed",
        f"""SELECT changed.id, {_differ(HIDING)} FROM changed JOIN former USING (id)
            WHERE {_differ(SHOWN + HIDING)}""",
    ),
    "person_delete": (f"DELETE ON talent_person {OLD}", "SELECT id, true FROM former"),
    "consent_insert": (f"INSERT ON talent_poolmembership {NEW}", "SELECT person_id, false FROM changed"),
    "consent_update": (
        f"UPDATE ON talent_poolmembership {OLD} NEW TABLE AS changed",
        "SELECT person_id, true FROM changed UNION ALL SELECT person_id, true FROM former",
    ),
    "consent_delete": (f"DELETE ON talent_poolmembership {OLD}", "SELECT person_id, true FROM former"),
    "cohort_update": (
        f"UPDATE ON programmes_cohort {OLD} NEW TABLE AS changed",
        """SELECT p.person_id, false FROM changed JOIN former USING (id)
           JOIN talent_participation p ON p.cohort_id = changed.id WHERE changed.scheme_id <> former.scheme_id""",
    ),
}
for _name, _table in (
    ("post", "talent_postheld"),
    ("works_in", "talent_person_works_in"),
    ("participation", "talent_participation"),
):
    SOURCES |= of_person(_name, _table)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("talent", "0010_profile_for_search"),
        ("programmes", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE search_version", "DROP SEQUENCE search_version"),
        migrations.RunSQL([(MARK, None)], [("DROP FUNCTION search_mark(bigint[], boolean)", None)]),
        migrations.RunSQL(
            "INSERT INTO search_index (engine, name, shape, is_live, made_at, failures, last_error) "
            "VALUES ('postgresql', 'postgresql', 'postgresql-1-1', true, now(), 0, '')",
            "DELETE FROM search_index",
        ),
        write_once("search_searchmade"),
        *(laid(name, event, query) for name, (event, query) in SOURCES.items()),
        migrations.RunSQL("SELECT search_mark(array_agg(id), false) FROM talent_person", migrations.RunSQL.noop),
    ]
