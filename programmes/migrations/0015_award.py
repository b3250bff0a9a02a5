import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0014_learning_networks'),
    ]

    operations = [
        migrations.AlterField(
            model_name='scheme',
            name='outcome',
            field=models.CharField(choices=[('placement', 'A placement at a host trust'), ('cohort', 'A place in a cohort'), ('pool', 'A place in a talent pool'), ('prize', 'A prize'), ('seat', 'A seat on a board')], default='cohort', max_length=20),
        ),
        migrations.CreateModel(
            name='Prize',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='pounds')),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('source', models.CharField(help_text='Where it is laid down.', max_length=200)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prizes', to='programmes.scheme')),
            ],
            options={
                'ordering': ['scheme', '-from_on'],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'from_on'), name='prize_from_once_a_scheme'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='prize_ends_after_it_begins')],
            },
        ),
    ]
