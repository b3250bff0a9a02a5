import django.db.models.deletion
from django.db import migrations, models

# The host's own membership first, then one in force, then the oldest: what the mentor most likely acts through.
FILL = """
UPDATE talent_placement SET mentor_as_id = (
    SELECT m.id FROM portal_membership m WHERE m.user_id = talent_placement.mentor_id
    ORDER BY m.organisation_id = talent_placement.host_id DESC, m.ended_at IS NULL DESC, m.started_at LIMIT 1
) WHERE mentor_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("talent", "0007_campaign_states"), ("portal", "0003_access_events")]
    operations = [
        migrations.AddField(
            model_name="placement",
            name="mentor_as",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mentored",
                to="portal.membership",
            ),
        ),
        # The foreign key is checked now, so that the column may go in the same transaction.
        migrations.RunSQL(
            sql=[(FILL, None), ("SET CONSTRAINTS ALL IMMEDIATE", None), ("SET CONSTRAINTS ALL DEFERRED", None)],
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.RemoveField(model_name="placement", name="mentor"),
    ]
