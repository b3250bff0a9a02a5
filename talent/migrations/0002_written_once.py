from django.db import migrations

from portal.ledger import write_once


class Migration(migrations.Migration):
    dependencies = [("talent", "0001_initial")]
    operations = [
        write_once("talent_applicationevent"),
        write_once("talent_deadlineextension"),
        write_once("talent_feedback", erasable=("reason", "strengths", "to_develop", "next_steps")),
        write_once("talent_vaultread"),
        write_once("talent_placementevent"),
    ]
