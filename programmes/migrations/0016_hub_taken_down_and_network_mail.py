from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0015_award'),
    ]

    operations = [
        migrations.AddField(
            model_name='networkmember',
            name='wants_mail',
            field=models.BooleanField(default=True),
        ),
        migrations.AlterField(
            model_name='submission',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'With an editor'), ('returned', 'To be changed'), ('published', 'Published'), ('refused', 'Not published'), ('asked_down', 'Published, asked to be taken down'), ('taken_down', 'Taken down')], default='draft', max_length=10),
        ),
        migrations.AlterField(
            model_name='submissionevent',
            name='kind',
            field=models.CharField(choices=[('submitted', 'Sent to an editor'), ('withdrawn', 'Taken back'), ('returned', 'Returned with what to change'), ('published', 'Published'), ('refused', 'Not published'), ('asked_down', 'Asked to be taken down'), ('taken_down', 'Taken down'), ('kept', 'Kept, after the trust had asked'), ('comment', 'Comment')], max_length=10),
        ),
    ]
