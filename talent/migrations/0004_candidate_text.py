from django.db import migrations

# Only what was typed in plain text questions: no declaration (political activity is the panel's), choice or file.
WRITE = """
CREATE FUNCTION talent_write_candidate_text(ids bigint[]) RETURNS void LANGUAGE sql AS $$
    WITH chosen AS (
        SELECT a.id, a.reference, a.person_id, q.content
        FROM talent_application a JOIN programmes_questionset q ON q.id = a.question_set_id
        WHERE a.id = ANY (ids) AND a.submitted_at IS NOT NULL
    ), texts AS (
        SELECT
            c.id,
            concat_ws(' ', c.reference, p.full_name, p.sort_name, p.email) AS names,
            concat_ws(E'\\n', nullif(p.headline, ''), nullif(p.summary, ''), (
                SELECT string_agg(concat_ws(', ', h.title, h.employer, nullif(h.description, '')), E'\\n' ORDER BY h.started_on DESC, h.id)
                FROM talent_postheld h WHERE h.person_id = p.id
            )) AS profile,
            coalesce((
                SELECT string_agg(typed.value #>> '{}', E'\\n' ORDER BY s.place, q.place, typed.place)
                FROM jsonb_array_elements(c.content -> 'sections') WITH ORDINALITY AS s (value, place)
                JOIN talent_sectionanswer sa ON sa.application_id = c.id AND sa.section_key = s.value ->> 'key'
                CROSS JOIN jsonb_array_elements(s.value -> 'questions') WITH ORDINALITY AS q (value, place)
                CROSS JOIN jsonb_path_query(
                    sa.values -> (q.value ->> 'key'), 'strict $.** ? (@.type() == "string" && @ != "")'
                ) WITH ORDINALITY AS typed (value, place)
                WHERE q.value ->> 'kind' IN ('short_text', 'long_text', 'entries')
            ), '') AS answers
        FROM chosen c JOIN talent_person p ON p.id = c.person_id
    )
    INSERT INTO talent_candidatetext (application_id, body, words)
    SELECT
        id,
        concat_ws(E'\\n', nullif(profile, ''), nullif(answers, '')),
        setweight(to_tsvector('english', names), 'A')
            || setweight(to_tsvector('english', left(profile, 200000)), 'B')
            || to_tsvector('english', left(answers, 400000))
    FROM texts
    ON CONFLICT (application_id) DO UPDATE SET body = excluded.body, words = excluded.words
$$
"""

# Each query finds the submitted applications whose words the statement may have changed.
SOURCES = {
    "application_insert": (
        "AFTER INSERT ON talent_application REFERENCING NEW TABLE AS changed",
        "SELECT id FROM changed WHERE submitted_at IS NOT NULL",
    ),
    "application_update": (
        "AFTER UPDATE ON talent_application REFERENCING OLD TABLE AS former NEW TABLE AS changed",
        """SELECT id FROM changed JOIN former USING (id)
           WHERE changed.submitted_at IS NOT NULL AND
                 (former.submitted_at IS NULL OR former.person_id <> changed.person_id
                  OR former.question_set_id <> changed.question_set_id)""",
    ),
    "answer_insert": (
        "AFTER INSERT ON talent_sectionanswer REFERENCING NEW TABLE AS changed",
        "SELECT a.id FROM changed JOIN talent_application a ON a.id = changed.application_id WHERE a.submitted_at IS NOT NULL",
    ),
    "answer_update": (
        "AFTER UPDATE ON talent_sectionanswer REFERENCING NEW TABLE AS changed",
        "SELECT a.id FROM changed JOIN talent_application a ON a.id = changed.application_id WHERE a.submitted_at IS NOT NULL",
    ),
    # When an application itself goes, its text may be gone before its answers: only what stands is written again.
    "answer_delete": (
        "AFTER DELETE ON talent_sectionanswer REFERENCING OLD TABLE AS changed",
        "SELECT t.application_id FROM changed JOIN talent_candidatetext t USING (application_id)",
    ),
    "person_update": (
        "AFTER UPDATE ON talent_person REFERENCING OLD TABLE AS former NEW TABLE AS changed",
        """SELECT a.id FROM changed JOIN former USING (id) JOIN talent_application a ON a.person_id = changed.id
           WHERE a.submitted_at IS NOT NULL AND
                 (former.full_name, former.sort_name, former.email, former.headline, former.summary)
                 IS DISTINCT FROM (changed.full_name, changed.sort_name, changed.email, changed.headline, changed.summary)""",
    ),
    "post_insert": (
        "AFTER INSERT ON talent_postheld REFERENCING NEW TABLE AS changed",
        "SELECT a.id FROM changed JOIN talent_application a USING (person_id) WHERE a.submitted_at IS NOT NULL",
    ),
    "post_update": (
        "AFTER UPDATE ON talent_postheld REFERENCING NEW TABLE AS changed",
        "SELECT a.id FROM changed JOIN talent_application a USING (person_id) WHERE a.submitted_at IS NOT NULL",
    ),
    "post_delete": (
        "AFTER DELETE ON talent_postheld REFERENCING OLD TABLE AS changed",
        "SELECT a.id FROM changed JOIN talent_application a USING (person_id) WHERE a.submitted_at IS NOT NULL",
    ),
}


def _laid(name, event, query):
    function = f"""
CREATE FUNCTION talent_text_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM talent_write_candidate_text(ids) FROM (SELECT array_agg(DISTINCT id) AS ids FROM ({query}) AS hit (id)) AS hits
    WHERE ids IS NOT NULL;
    RETURN NULL;
END $$
"""
    table = event.split(" ON ")[1].split()[0]
    return migrations.RunSQL(
        sql=[
            (function, None),
            (f"CREATE TRIGGER talent_text_{name} {event} FOR EACH STATEMENT EXECUTE FUNCTION talent_text_{name}()", None),
        ],
        reverse_sql=[
            (f"DROP TRIGGER talent_text_{name} ON {table}", None),
            (f"DROP FUNCTION talent_text_{name}()", None),
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("talent", "0003_reviewing_and_finding"), ("programmes", "0001_initial")]
    operations = [
        migrations.RunSQL(
            sql=[(WRITE, None)],
            reverse_sql=[("DROP FUNCTION talent_write_candidate_text(bigint[])", None)],
        ),
        *(_laid(name, event, query) for name, (event, query) in SOURCES.items()),
        migrations.RunSQL(
            sql=[
                (
                    "SELECT talent_write_candidate_text(array_agg(id)) FROM talent_application "
                    "WHERE submitted_at IS NOT NULL",
                    None,
                )
            ],
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
