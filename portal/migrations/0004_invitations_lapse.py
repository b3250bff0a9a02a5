import django.db.models.deletion
from django.db import migrations, models

# Under what each was sent is no longer known: the sender's own administrator's membership there, or the talent team's.
FILL = """
UPDATE portal_invitation SET invited_as_id = (
    SELECT m.id FROM portal_membership m
    WHERE m.user_id = portal_invitation.invited_by_id AND m.is_administrator
    AND (m.organisation_id = portal_invitation.organisation_id OR m.role = 'talent_team')
    ORDER BY m.organisation_id = portal_invitation.organisation_id DESC, m.ended_at IS NULL DESC, m.started_at LIMIT 1
)
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_access_events")]
    operations = [
        migrations.AddField(
            model_name="invitation",
            name="invited_as",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="portal.membership",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
