from django.db import migrations

from portal.ledger import refuse_truncate


class Migration(migrations.Migration):
    """Ledgers of every floor, so it stands on the roof and runs when all of them are there."""

    dependencies = [
        ("search", "0006_phrases"),
        ("portal", "0005_charts_in_pages"),
        ("programmes", "0014_learning_networks"),
        ("talent", "0020_conflict_policy"),
        ("appointments", "0023_drift_policy"),
    ]

    operations = [refuse_truncate()]
