from django.db import migrations

from portal.ledger import write_once


class Migration(migrations.Migration):
    """What was said in a talk about growth can be erased at the person's wish; that it was held stays."""

    dependencies = [("appointments", "0023_drift_policy")]
    operations = [
        write_once("appointments_growthconversation", erasable=("reason", "wishes", "needs"), anew=True),
    ]
