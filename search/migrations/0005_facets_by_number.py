import django.contrib.postgres.fields
from django.db import migrations, models

# A tsvector is never smaller when compressed; only the attempt takes time.
PLAIN = "ALTER TABLE search_entry ALTER COLUMN words SET STORAGE EXTERNAL"
# From one number for facet and value to the values of each facet; the region becomes a word of the index.
CONVERT = """
UPDATE search_entry e SET
    facets = (
        SELECT array_agg(coalesce(',' || held || ',', '') ORDER BY number) FROM generate_series(0, 11) AS number
        CROSS JOIN LATERAL (
            SELECT string_agg((code & 16777215)::text, ',') AS held FROM unnest(e.codes) AS code WHERE code >> 24 = number
        ) AS facet
    ),
    words = words || coalesce(format('%L', ':' || region_id)::tsvector, '')
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0004_skills")]
    operations = [
        migrations.AddField(
            model_name="entry",
            name="facets",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
        migrations.RunSQL(PLAIN, "ALTER TABLE search_entry ALTER COLUMN words SET STORAGE EXTENDED"),
        migrations.RunSQL(CONVERT, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="entry", name="codes"),
    ]
