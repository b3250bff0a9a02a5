from django.db import migrations

from portal.ledger import write_once


class Migration(migrations.Migration):
    """The words in which an award was announced are about the two who won it: either may have them erased."""

    dependencies = [("talent", "0024_conflict_words")]
    operations = [write_once("talent_awardannouncement", erasable=("reason", "citation"), anew=True)]
