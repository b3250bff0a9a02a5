import modelcluster.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0016_hub_taken_down_and_network_mail'),
    ]

    operations = [
        migrations.AddField(
            model_name='programmepage',
            name='collaboratives',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, help_text='The page lists their masterclasses and waves.', related_name='programme_pages', to='programmes.collaborative'),
        ),
        migrations.AddField(
            model_name='programmepage',
            name='networks',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, help_text='The page leads to them and lists their meetings.', related_name='programme_pages', to='programmes.learningnetwork'),
        ),
    ]
