from django.db import migrations

from portal.ledger import write_once


class Migration(migrations.Migration):
    dependencies = [("appointments", "0001_initial")]
    operations = [
        write_once("appointments_decision", erasable=("reason", "reason_salt")),
        write_once("appointments_declaration"),
    ]
