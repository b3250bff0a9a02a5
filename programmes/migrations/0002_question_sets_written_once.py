from django.db import migrations

from portal.ledger import write_once


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]
    operations = [write_once("programmes_questionset")]
