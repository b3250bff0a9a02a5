"""A trust sends a file as its resource, not only a link to one."""

from django.db import migrations, models

import portal.storage


class Migration(migrations.Migration):
    dependencies = [("programmes", "0018_how_often_and_a_target")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="file",
            field=models.FileField(blank=True, storage=portal.storage.private_storage, upload_to="hub/files/"),
        ),
        migrations.AddField(
            model_name="submission",
            name="file_type",
            field=models.CharField(blank=True, default="", max_length=100),
            preserve_default=False,
        ),
    ]
